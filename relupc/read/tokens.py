"""A text in, the tokens of one form out: everything up to the full stop, as erl_scan finds it, or a Flaw.

The terminals of grammar/term.lark say what a token is. Erlang scans the whole form before it parses, so
a flaw here counts even if a syntax error stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from relupc.model.codes import T007
from relupc.model.source import Source, Span
from relupc.model.term import Term
from relupc.model.value import NamedTuple, dataclass
from relupc.read import literals
from relupc.read.file import MAX_DEPTH
from relupc.read.flaws import flaw
from relupc.read.literals import Flaw, Odd, Place

MAX_IRREGULAR = 4 * 1024 * 1024  # characters of a form that has to be read with the grammar
MAX_NAME = 255

_WORDS = ("CATCH", "FUN", "PREFIX", "INFIX", "RESERVED", "RESERVED_27")
_OPENING = {"OPEN_LIST", "OPEN_BRACE", "OPEN_BINARY", "OPEN_PAREN"}
_CLOSING = {"CLOSE_LIST", "CLOSE_BRACE", "CLOSE_BINARY", "CLOSE_PAREN"}
_LITERALS: dict[str, Callable[[Place], tuple[Term | Odd, int]]] = {
    "INTEGER": literals.integer,
    "FLOAT": literals.real,
    "BASED_FLOAT_28": literals.based_real,
    "CHAR": literals.char,
    "STRING": literals.string,
    "TRIPLE_27": literals.triple,
    "SIGIL_27": literals.sigil,
    "VERBATIM_27": literals.sigil,
    "TRIPLE_SIGIL_27": literals.sigil,
}


class Block(NamedTuple):
    """What a script has between a keyword and its `end`, and a comprehension; see blocks.py.

    `title` is how to call it, `mark` where to point, `names` are the variables in it. `body` are the expressions of
    `begin ... end`, at most `depth` deep; it is None for what relupc does not run.
    """

    title: str
    mark: Span
    names: frozenset[str]
    body: tuple[Any, ...] | None
    span: Span
    depth: int


class Token(NamedTuple):
    """A terminal of the grammar; for a literal also the term it stands for, for a variable the block in its place."""

    type: str
    value: Term | Odd | Block | str
    span: Span


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The terminals of the grammar that an OTP release has."""

    otp: int
    pattern: re.Pattern[str]
    words: tuple[tuple[str, re.Pattern[str]], ...]


def lexicon(terminals: Iterable[Any], otp: int) -> Lexicon:
    """One pattern of lark's terminals; `_27` at the end of a name means that OTP 27 is the first to have it."""
    known = [t for t in terminals if _since(t.name) <= otp]
    known.sort(key=lambda t: (-t.priority, -t.pattern.max_width, -len(t.pattern.value), t.name))
    pattern = "|".join(f"(?P<{t.name}>{t.pattern.to_regexp()})" for t in known)
    words = tuple((t.name, re.compile(t.pattern.to_regexp())) for t in known if t.name in _WORDS)
    return Lexicon(otp, re.compile(pattern), words)


def _since(name: str) -> int:
    number = name.rpartition("_")[2]
    return int(number) if number.isdigit() else 0


def scan(source: Source, start: int, lex: Lexicon, regular: int, most: int = MAX_IRREGULAR) -> list[Token]:
    """The tokens from `start` up to the full stop, which is the last one, or up to the end of the text.

    `regular` is the offset where fast.py stopped: where to point if the form is too long. After `most` tokens it stops.
    Raises Flaw: erl_scan would refuse this, or it is too deep or too long for relupc (T007).
    """
    text, pos, depth = source.text, start, 0
    tokens: list[Token] = []
    words: dict[str, str] = {}
    while pos < len(text) and len(tokens) < most:
        found = lex.pattern.match(text, pos)
        if found is None or (lex.otp >= 27 and found[0] == "~"):
            raise flaw(source, pos)
        kind = str(found.lastgroup)
        if kind in ("WHITE", "COMMENT"):
            pos = found.end()
            continue
        token = _token(kind, Place(source, pos, found.end(), lex.otp), lex, words)
        pos = token.span.end
        tokens.append(token)
        if kind == "DOT":
            break
        depth += (kind in _OPENING) - (kind in _CLOSING)
        if depth > MAX_DEPTH:
            raise Flaw(token.span.start, pos, f"nested more than {MAX_DEPTH} deep", code=T007)
        if pos - start > MAX_IRREGULAR:
            raise _too_long(regular)
    return tokens


def _too_long(start: int) -> Flaw:
    label = f"more than {MAX_IRREGULAR} characters that hold something unusual or a mistake from here on"
    return Flaw(start, start + 1, label, "split the file, or write it plainly", T007)


def _token(kind: str, place: Place, lex: Lexicon, words: dict[str, str]) -> Token:
    if kind == "ATOM":
        text = place.text
        if text not in words:
            words[text] = next((name for name, word in lex.words if word.fullmatch(text)), kind)
        if words[text] != kind:
            return Token(words[text], text, place.span)
        term, end = literals.atom(place)
        return Token(kind, term, Span(place.source, place.start, end))
    if kind in _LITERALS:
        value, end = _LITERALS[kind](place)
        return Token(kind, value, Span(place.source, place.start, end))
    if kind == "VARIABLE" and place.end - place.start > MAX_NAME:
        raise Flaw(place.start, place.end, "a variable of more than 255 characters")
    return Token(kind, place.text, place.span)
