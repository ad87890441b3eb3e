"""A text in, a term out, if it is regular; else the offset where it stopped being so.

This is the fast way through what nearly all files consist of. It refuses what it does not know, and every
mistake: the grammar then reads the same text again. The tests prove that both give the same terms and spans.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from sys import intern
from types import MappingProxyType
from typing import TypeAlias

from relupc.model.source import Source, Span
from relupc.model.spelling import RESERVED, RESERVED_27
from relupc.model.term import Atom, Bin, Float, Int, List, Str, Term, new_atom, new_list, new_tuple
from relupc.model.value import replace
from relupc.read.file import MAX_ATOM, MAX_DEPTH

# No set here goes from one character up to the last of Unicode: to compile that takes longer than to read a file.
# Possessive repeats keep this linear. None may hold a part that gives back: Python before 3.11.5 gets that wrong.
_BAD = r"\ud800-\udfff\ufffe\uffff"
_ESCAPE = r"\\[!-/:-\]_-wyz{-~]"  # all of ASCII that is no digit, no `x`, no `^` and no blank
_WORD = rf"[a-z][a-zA-Z0-9_@]{{0,{MAX_ATOM - 1}}}+"
_NO_MORE = r"(?![a-zA-Z0-9_@]|[^\x00-\x7f])"
# One group for each kind of token. A comma right behind a term belongs to its match, a bracket right in front of an
# atom too: that saves every second match.
_KINDS = (
    rf"({_WORD}){_NO_MORE},?",
    rf"[\[{{]({_WORD}){_NO_MORE},?",
    r"([\]}]),?",
    r"([\[{])",
    r"(,)",
    rf'"((?:[^"\\{_BAD}]|{_ESCAPE})*+)",?',
    rf"'((?:[^'\\{_BAD}]|{_ESCAPE})*+)',?",
    r"(-?[0-9]{1,18}+)(?![0-9_#]|\.[0-9]),?",
    rf'<<"((?:[\x00-!#-\[\]-\xff]|{_ESCAPE})*+)">>,?',
    r"(-?[0-9]{1,9}+\.[0-9]{1,18}+(?:[eE][+-]?[0-9]{1,2})?)(?![0-9_#eE]),?",
    r"(\.)(?=[\x00-\x20\x80-\xa0%]|\Z)",
    r"([A-Z_][a-zA-Z0-9_@]*+)(?![^\x00-\x7f]),?",
    r"((?s:.)|\Z)",
)
_ATOM, _TAG, _CLOSE, _OPEN, _COMMA, _STRING, _QUOTED, _INTEGER, _BINARY, _FLOAT, _DOT, _NAME, _OTHER = range(
    1, len(_KINDS) + 1
)
_BLANK = rf"(?:[\x00-\x20\x80-\xa0]++|%[^\n{_BAD}]*+)*+"
_TOKEN = re.compile(f"{_BLANK}(?:{'|'.join(_KINDS)})")
_SKIPPED = re.compile(_BLANK)
_ESCAPES = re.compile(r"\\(.)")
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "v": "\v", "b": "\b", "f": "\f", "e": "\x1b", "s": " ", "d": "\x7f"}
_CLOSES = {"[": "]", "{": "}"}
Values: TypeAlias = Mapping[str, Term]
NO_VALUES: Values = MappingProxyType({})
_new = tuple.__new__  # `Span(...)` takes three times as long, and there is one for each term


def read_regular(source: Source, start: int, otp: int, variables: Values = NO_VALUES) -> tuple[Term, int] | int:
    """The first term from `start` and the offset after its full stop, or where the first thing not known is.

    `variables` are the values that a script has for its variables; one without a place gets that of the variable.
    """
    text, end, reserved = source.text, start, _reserved(otp)
    stack: list[tuple[list[Term], int]] = []
    items, opened, wanted = list[Term](), -1, True  # wanted: a term, not a comma
    for found in _TOKEN.finditer(text, start):
        kind, before, end = found.lastindex or _OTHER, end, found.end()
        if kind == _CLOSE:
            closed = found[_CLOSE]
            if opened < 0 or _CLOSES[text[opened]] != closed or (wanted and items):
                return before
            span = _new(Span, (source, opened, found.end(_CLOSE)))
            whole = new_tuple(tuple(items), span) if closed == "}" else new_list(tuple(items), None, span)
            items, opened = stack.pop()
            items.append(whole)
        elif not wanted:
            if kind != _COMMA or opened < 0:
                return (items[0], end) if kind == _DOT and opened < 0 else before
            wanted = True
            continue
        elif kind <= _TAG and len(stack) < MAX_DEPTH and (name := intern(found[kind])) not in reserved:
            if kind == _TAG:
                stack.append((items, opened))
                items, opened = [], found.start(_TAG) - 1
            items.append(new_atom(name, _new(Span, (source, *found.span(kind)))))
        elif kind == _OPEN and len(stack) < MAX_DEPTH:
            stack.append((items, opened))
            items, opened = [], end - 1
            continue
        elif (term := _leaf(found, source, variables)) is not None:
            items.append(term)
        else:
            return before
        wanted = text[end - 1] == ","
        if wanted and opened < 0:
            return end - 1
    return end


def _reserved(otp: int) -> frozenset[str]:
    return RESERVED_27 if otp >= 27 else RESERVED


def only_blank(source: Source, start: int) -> bool:
    """Whether nothing but white space and comments follows."""
    return after_blank(source, start) == len(source.text)


def after_blank(source: Source, start: int) -> int:
    """Where something else than white space and comments begins, at the latest the end of the text."""
    blank = _SKIPPED.match(source.text, start)
    return blank.end() if blank else start


def _leaf(found: re.Match[str], source: Source, variables: Values) -> Term | None:
    """The term of one token; None for a word without a value, for what is too long, and for what is none."""
    kind = found.lastindex or _OTHER
    word, (start, end) = found[kind], found.span(kind)
    if kind == _STRING:
        span = Span(source, start - 1, end + 1)
        word = _unescaped(word)
        return Str(word, span) if word else List((), None, span)
    if kind == _INTEGER:
        return Int(int(word), Span(source, start, end))
    if kind == _QUOTED:
        word = _unescaped(word)
        return None if len(word) > MAX_ATOM else Atom(word, Span(source, start - 1, end + 1))
    if kind == _BINARY:
        return Bin(_unescaped(word).encode("latin-1"), 0, Span(source, start - 3, end + 3))
    if kind == _FLOAT:
        return Float(float(word), Span(source, start, end))
    if kind == _NAME:
        value = variables.get(word)
        return value if value is None or value.span else replace(value, span=Span(source, start, end))
    return None


def _unescaped(word: str) -> str:
    return _ESCAPES.sub(_unescape, word) if "\\" in word else word


def _unescape(found: re.Match[str]) -> str:
    return _NAMED.get(found[1], found[1])
