"""A text in, a term out, if it is regular; else the offset where it stopped being so.

This is the fast way through what nearly all files consist of. It refuses what it does not know, and every
mistake: the grammar then reads the same text again. The tests prove that both give the same terms and spans.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from relupc.model.source import Source, Span
from relupc.model.spelling import RESERVED, RESERVED_27
from relupc.model.term import Atom, Bin, Float, Int, List, Str, Term, Tuple
from relupc.model.value import replace
from relupc.read.file import MAX_ATOM, MAX_DEPTH

# No set here goes from one character up to the last of Unicode: to compile that takes longer than to read a file.
# Possessive repeats keep this linear. None may hold a part that gives back: Python before 3.11.5 gets that wrong.
_BAD = r"\ud800-\udfff\ufffe\uffff"
_ESCAPE = r"\\[!-/:-\]_-wyz{-~]"  # all of ASCII that is no digit, no `x`, no `^` and no blank
_KINDS = (
    r"([a-z][a-zA-Z0-9_@]*+)(?![^\x00-\x7f])",
    r"(,)",
    r"([\]}])",
    r"([\[{])",
    rf'"((?:[^"\\{_BAD}]|{_ESCAPE})*+)"',
    rf"'((?:[^'\\{_BAD}]|{_ESCAPE})*+)'",
    r"(-?[0-9]{1,18}+)(?![0-9_#]|\.[0-9])",
    rf'<<"((?:[\x00-!#-\[\]-\xff]|{_ESCAPE})*+)">>',
    r"(-?[0-9]{1,9}+\.[0-9]{1,18}+(?:[eE][+-]?[0-9]{1,2})?)(?![0-9_#eE])",
    r"(\.)(?=[\x00-\x20\x80-\xa0%]|\Z)",
    r"([A-Z_][a-zA-Z0-9_@]*+)(?![^\x00-\x7f])",
)
_ATOM, _COMMA, _CLOSE, _OPEN, _STRING, _QUOTED, _INTEGER, _BINARY, _FLOAT, _DOT, _NAME = range(1, len(_KINDS) + 1)
_BLANK = rf"(?:[\x00-\x20\x80-\xa0]++|%[^\n{_BAD}]*+)*+"
_TOKEN = re.compile(f"{_BLANK}(?:{'|'.join(_KINDS)})")
_SKIPPED = re.compile(_BLANK)
_ESCAPES = re.compile(r"\\(.)")
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "v": "\v", "b": "\b", "f": "\f", "e": "\x1b", "s": " ", "d": "\x7f"}
_CLOSES = {"[": "]", "{": "}"}
Values: TypeAlias = Mapping[str, Term]
NO_VALUES: Values = MappingProxyType({})


def read_regular(source: Source, start: int, otp: int, variables: Values = NO_VALUES) -> tuple[Term, int] | int:
    """The first term from `start` and the offset after its full stop, or where the first thing not known is.

    `variables` are the values that a script has for its variables; one without a place gets that of the variable.
    """
    reserved = RESERVED_27 if otp >= 27 else RESERVED
    text, pos, token = source.text, start, _TOKEN.match
    stack: list[tuple[list[Term], int]] = []
    items: list[Term] = []
    opened = -1
    wanted = True  # a term, not a comma
    while found := token(text, pos):
        kind, before, pos = found.lastindex, pos, found.end()
        if kind == _COMMA:
            if wanted or opened < 0:
                return before
            wanted = True
        elif kind == _CLOSE:
            closed = text[pos - 1]
            if opened < 0 or _CLOSES[text[opened]] != closed or (wanted and items):
                return before
            span = Span(source, opened, pos)
            whole = Tuple(tuple(items), span) if closed == "}" else List(tuple(items), None, span)
            items, opened = stack.pop()
            items.append(whole)
            wanted = False
        elif not wanted:
            return (items[0], pos) if kind == _DOT and opened < 0 else before
        elif kind == _OPEN:
            if len(stack) == MAX_DEPTH:
                return before
            stack.append((items, opened))
            items, opened = [], pos - 1
        else:
            term = _leaf(kind or _DOT, found, source, reserved, variables)
            if term is None:
                return before
            items.append(term)
            wanted = False
    return pos


def only_blank(source: Source, start: int) -> bool:
    """Whether nothing but white space and comments follows."""
    return after_blank(source, start) == len(source.text)


def after_blank(source: Source, start: int) -> int:
    """Where something else than white space and comments begins, at the latest the end of the text."""
    blank = _SKIPPED.match(source.text, start)
    return blank.end() if blank else start


def _leaf(kind: int, found: re.Match[str], source: Source, reserved: frozenset[str], variables: Values) -> Term | None:
    """The term of one token; None for a word that is no atom and has no value, and for what is too long to be one."""
    word, (start, end) = found[kind], found.span(kind)
    if kind == _ATOM:
        if word in reserved or end - start > MAX_ATOM:
            return None
        return Atom(word, Span(source, start, end))
    if kind == _INTEGER:
        return Int(int(word), Span(source, start, end))
    if kind == _FLOAT:
        return Float(float(word), Span(source, start, end))
    if kind == _DOT:
        return None
    if kind == _NAME:
        value = variables.get(word)
        return value if value is None or value.span else replace(value, span=Span(source, start, end))
    if "\\" in word:
        word = _ESCAPES.sub(_unescape, word)
    if kind == _STRING:
        span = Span(source, start - 1, end + 1)
        return Str(word, span) if word else List((), None, span)
    if kind == _QUOTED:
        return None if len(word) > MAX_ATOM else Atom(word, Span(source, start - 1, end + 1))
    return Bin(word.encode("latin-1"), 0, Span(source, start - 3, end + 3))


def _unescape(found: re.Match[str]) -> str:
    return _NAMED.get(found[1], found[1])
