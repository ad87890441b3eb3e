"""A token -> the term that it stands for."""

from __future__ import annotations

import re
from math import isfinite

from relupc.analyse.erl.tokens import Token
from relupc.analyse.values import UNKNOWN
from relupc.model.term import Atom, Float, Int, Term, string

_ESCAPE = re.compile(r"\\(x\{[0-9a-fA-F]{1,6}\}|x[0-9a-fA-F]{2}|\^.|[0-7]{1,3}|.)", re.DOTALL)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "s": " ", "b": "\b", "d": "\x7f", "e": "\x1b", "f": "\f", "v": "\v"}
MAX_DIGITS = 1000


def constant(token: Token) -> Term | None:
    """The term of a token; unknown for what is too big or too odd to matter, None for what is no constant."""
    kind, text, _ = token
    match kind:
        case "atom":
            return Atom(text)
        case "quoted":
            return Atom(_unescaped(text[1:-1]))
        case "int" if "#" not in text and len(text) < MAX_DIGITS:
            return Int(int(text.replace("_", "")))
        case "int" if len(text) < MAX_DIGITS:
            base, _, digits = text.partition("#")
            return _based(digits.replace("_", ""), base)
        case "float" if len(text) < MAX_DIGITS:
            value = float(text.replace("_", ""))
            return Float(value) if isfinite(value) else UNKNOWN
        case "char":
            return Int(ord(_unescaped(text[1:])[0]))
        case "string" if text.startswith('"'):
            return string(_unescaped(text[1:-1]))
        case "int" | "float" | "string" | "triple" | "opaque":
            return UNKNOWN
    return None


def _based(digits: str, base: str) -> Term:
    try:
        return Int(int(digits, int(base)))
    except ValueError:
        return UNKNOWN


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    what = found[1]
    if what[0] == "x" and len(what) > 1:
        return _chr(int(what.strip("x{}"), 16))
    if what[0] == "^" and len(what) > 1:
        return _chr(ord(what[1]) & 31)
    if what[0] in "01234567":
        return _chr(int(what, 8))
    return _NAMED.get(what, what)


def _chr(code: int) -> str:
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "?"
