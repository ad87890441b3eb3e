"""Python values in, Erlang text out, spelled in one of the many ways that Erlang allows.

A `str` is a string, `bytes` a binary, `tuple` a tuple, `list` a list, `dict` a map, numbers are numbers;
`Atom` and `Raw` stand for what Python has no value for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import Any, TypeAlias

Value: TypeAlias = Any  # nested str, bytes, int, float, tuple, list, dict, Atom and Raw

PLAIN_ATOM = re.compile(r"[a-z][a-zA-Z0-9_@]*")
RESERVED = {
    "after", "and", "andalso", "band", "begin", "bnot", "bor", "bsl", "bsr", "bxor", "case", "catch", "cond", "div",
    "end", "fun", "if", "let", "not", "of", "or", "orelse", "receive", "rem", "try", "when", "xor", "maybe", "else",
}  # fmt: skip
ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", "\b": "\\b", "\x1b": "\\e", "\x7f": "\\d"}
FILLERS = (" ", "\n", "  ", "\t", "\n    ", " % a comment, with ] and '\n", "\r\n", "%%\n", '\n\n% \\" .\n')


@dataclass(frozen=True, slots=True)
class Atom:
    name: str


@dataclass(frozen=True, slots=True)
class Raw:
    """Erlang text as it stands: `fun lists:map/2`, `[a|b]`, `<<1:4>>`."""

    text: str


def atoms(names: list[str] | tuple[str, ...]) -> list[Value]:
    return [Atom(name) for name in names]


def spell(value: Value, rnd: Random, odd: float = 0.0) -> str:
    """The text of a value. `odd` is how often something is written in an unusual way."""
    match value:
        case Atom(name):
            return _atom(name, rnd, odd)
        case Raw(text):
            return text
        case str():
            return _string(value, rnd, odd)
        case bytes():
            return "<<" + ",".join(map(str, value)) + ">>" if rnd.random() < odd else _binary(value)
        case tuple():
            return _bracketed("{", value, "}", rnd, odd)
        case list():
            return _bracketed("[", value, "]", rnd, odd)
        case dict():
            pairs = [f"{spell(k, rnd, odd)} => {spell(v, rnd, odd)}" for k, v in value.items()]
            return "#{" + ", ".join(pairs) + "}"
        case int():
            return _integer(value, rnd, odd)
        case _:
            digits, e, exponent = repr(value).partition("e")
            return digits + ".0" * ("." not in digits) + e + exponent


def spell_file(value: Value, rnd: Random, odd: float = 0.0) -> bytes:
    """The bytes of a file that holds a value as its first term."""
    text = spell(value, rnd, odd) + ("\n " * (rnd.random() < odd)) + "."
    text += (
        rnd.choice(["\n", " ", "", "%", "\n{second, term}.\n", "\nnonsense ) 'open"]) if rnd.random() < odd else "\n"
    )
    if rnd.random() < odd:
        text = rnd.choice(["% made up\n", "\n\n\n", "%% coding: utf-8\n", "%% -*- coding:UTF-8 -*-\n"]) + text
    if rnd.random() < odd / 2 and _fits_latin_1(text):
        return b"%% coding: latin-1\n" + text.encode("latin-1")
    if rnd.random() < odd / 2:
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return text.encode()


def _fits_latin_1(text: str) -> bool:
    return all(ord(char) < 256 for char in text)


def _bracketed(start: str, items: tuple[Value, ...] | list[Value], end: str, rnd: Random, odd: float) -> str:
    comma = ", " if odd else ","
    inner = comma.join(spell(item, rnd, odd) for item in items)
    if rnd.random() < odd:
        return start + rnd.choice(FILLERS) + inner + rnd.choice(FILLERS) + end
    return start + inner + end


def _atom(name: str, rnd: Random, odd: float) -> str:
    if PLAIN_ATOM.fullmatch(name) and name not in RESERVED and rnd.random() >= odd:
        return name
    return "'" + _escaped(name, "'", rnd, odd) + "'"


def _string(text: str, rnd: Random, odd: float) -> str:
    if rnd.random() < odd:
        half = len(text) // 2
        return rnd.choice(
            [
                "[" + ",".join(str(ord(c)) for c in text) + "]",
                f'"{_escaped(text[:half], chr(34), rnd, odd)}" "{_escaped(text[half:], chr(34), rnd, odd)}"',
                "[" + ",".join("$" + c if c.isalnum() else f"16#{ord(c):x}" for c in text) + "]",
            ]
        )
    return '"' + _escaped(text, '"', rnd, odd) + '"'


def _escaped(text: str, quote: str, rnd: Random, odd: float) -> str:
    return "".join(_character(char, quote, rnd, odd) for char in text)


def _character(char: str, quote: str, rnd: Random, odd: float) -> str:
    if char == quote:
        return "\\" + char
    if char in ESCAPES:
        return ESCAPES[char]
    if rnd.random() < odd / 4:
        return rnd.choice([f"\\x{{{ord(char):x}}}", f"\\{ord(char):03o}" if ord(char) < 256 else char])
    return char


def _binary(value: bytes) -> str:
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return "<<" + ",".join(map(str, value)) + ">>"
    escaped = _escaped(text, '"', Random(0), 0.0)
    return f'<<"{escaped}">>' if text.isascii() else f'<<"{escaped}"/utf8>>'


def _integer(value: int, rnd: Random, odd: float) -> str:
    if rnd.random() >= odd:
        return str(value)
    sign, digits = ("-" if value < 0 else ""), abs(value)
    return sign + rnd.choice([f"16#{digits:X}", f"2#{digits:b}", f"{digits:_}", f"8#{digits:o}"])
