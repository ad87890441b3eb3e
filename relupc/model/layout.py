"""A term in, its text out: one line, or lines of 80 columns as `io_lib:format("~tp")` lays them out.

The longest layout is tried first: the rest of a tagged tuple stands right of its tag. If that goes
too far right somewhere, the rest is indented by 4, and if that is still too far, by 1 (io_lib_pretty).
"""

from __future__ import annotations

import sys
from typing import TypeAlias

from relupc.model.order import term_order
from relupc.model.spelling import spell_atom, spell_simple
from relupc.model.term import Atom, Bin, Int, List, Map, Str, Term, Tuple
from relupc.model.value import NamedTuple, dataclass, field

__all__ = ["flat", "spell_atom", "to_text"]

WIDTH = 80
_FULL = WIDTH  # the column after which nothing more fits a line
_new = tuple.__new__  # `_Piece(...)` takes twice as long, and there is one for each instruction
_BESIDE, _BY_FOUR, _BY_ONE = -1, 4, 1  # where the rest of a tagged tuple goes


class _Piece(NamedTuple):
    """An element or a pair of a map: its text on one line, None if that is too long to be of use."""

    text: str | None
    simple: bool
    term: Term
    pair: tuple[_Piece, _Piece] | None = None


_Pieces: TypeAlias = tuple[list[_Piece], _Piece | None]  # with the tail of an improper list


class _TooFarRightError(Exception):
    """A trial of a way to indent has failed."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """What is known about the terms of one call, for all its trials."""

    otp: int
    atoms: dict[str, str] = field(default_factory=dict)
    maps: dict[int, tuple[Term, ...]] = field(default_factory=dict)  # keys and values in order, by the id of the map
    pieces: dict[int, _Pieces] = field(default_factory=dict)  # by the id of the compound term


@dataclass(frozen=True, slots=True)
class _Page:
    """One layout: how tagged tuples are indented, and what has been written."""

    texts: _Texts
    indent: int
    trial: bool
    out: list[str] = field(default_factory=list)
    skewed: list[Term] = field(default_factory=list)  # tails that a trial puts elsewhere than the final layout


def to_text(term: Term, *, column: int = 1, otp: int = 25) -> str:
    """What `~tp` prints for a term that starts in `column`, counted from 1; pairs of a map in the order of their keys.

    The order of a map's pairs is that of OTP 25 for up to 32 keys; other versions and sizes have no fixed one.
    """
    texts = _Texts(otp)
    piece = _piece(texts, term)
    if piece.text is not None and (piece.simple or len(piece.text) < WIDTH - column):
        return piece.text
    for indent in (_BESIDE, _BY_FOUR):
        page = _Page(texts, indent, trial=True)
        try:
            _break(page, term, column, column - 1, 0)
        except _TooFarRightError:
            continue
        if page.skewed:
            break
        return "".join(page.out)
    else:
        indent = _BY_ONE
    page = _Page(texts, indent, trial=False)
    _break(page, term, column, column - 1, 0)
    return "".join(page.out)


def flat(term: Term, *, otp: int = 25) -> str:
    """The text of a term on one line, however long."""
    text = _line(_Texts(otp), term, sys.maxsize)
    assert text is not None, "without a limit there is a text"
    return text


def _spell(texts: _Texts, term: Term) -> str | None:
    """The text of a simple term; None for a compound one."""
    return _atom(texts, term.name) if isinstance(term, Atom) else spell_simple(term, texts.otp)


def _atom(texts: _Texts, name: str) -> str:
    text = texts.atoms.get(name)
    if text is None:
        text = texts.atoms[name] = spell_atom(name, otp=texts.otp)
    return text


def _line(texts: _Texts, term: Term, room: int) -> str | None:
    """The text of a term on one line; None if it is longer than `room`, found out without looking at all.

    A simple one may be longer. A relup consists of tuples and lists of atoms, for which no more is called than must be.
    """
    if type(term) is Tuple:
        start, end = "{", "}"
    elif type(term) is List and term.tail is None and (not term.items or type(term.items[0]) is not Int):
        start, end = "[", "]"
    else:
        return None if _longer(term, room) else _spell(texts, term) or _other_line(texts, term, room)
    if len(term.items) > room:
        return None
    known = texts.atoms
    parts: list[str] = []
    for item in term.items:
        text = known.get(item.name) or _atom(texts, item.name) if type(item) is Atom else _line(texts, item, room - 2)
        if text is None:
            return None
        parts.append(text)
    line = f"{start}{','.join(parts)}{end}"
    return line if len(line) <= room else None


def _other_line(texts: _Texts, term: Term, room: int) -> str | None:
    """As `_line`, for the compound terms that are rare."""
    if isinstance(term, Bin):
        return f"<<{','.join(_bytes(term))}>>"
    items, tail = _elements(texts, term)
    parts: list[str] = []
    for item in items if tail is None else (*items, tail):
        text = _line(texts, item, room - 2)
        if text is None:
            return None
        parts.append(text)
    if isinstance(term, Map):
        pairs = map(" => ".join, zip(parts[::2], parts[1::2], strict=True))
        line = f"#{{{','.join(pairs)}}}"
    else:
        line = f"[{','.join(parts)}]" if tail is None else f"[{','.join(parts[:-1])}|{parts[-1]}]"
    return line if len(line) <= room else None


def _longer(term: Term, room: int) -> bool:
    """Whether a term that is no tuple is surely longer than `room` characters, told from its size alone."""
    if isinstance(term, List):
        return len(term.items) > room
    if isinstance(term, Str):
        return len(term.value) > room
    if isinstance(term, Bin):
        return len(term.data) > 4 * room  # a character of UTF-8 has up to 4 bytes
    if isinstance(term, Map):
        return len(term.pairs) > room
    return isinstance(term, Int) and term.value.bit_length() > 4 * max(room, 1)


def _elements(texts: _Texts, term: Term) -> tuple[tuple[Term, ...], Term | None]:
    """What stands between the brackets, of a map keys and values in turn, and the tail of an improper list."""
    match term:
        case Tuple(items):
            return items, None
        case List(items, tail):
            return items, tail
        case Str(value):
            return tuple(Int(ord(char)) for char in value), None
    assert isinstance(term, Map), "only compound terms have elements"
    known = texts.maps.get(id(term))
    if known is None:
        pairs = sorted(term.pairs, key=lambda pair: term_order(pair[0])) if len(term.pairs) > 1 else term.pairs
        known = texts.maps[id(term)] = tuple(item for pair in pairs for item in pair)
    return known, None


def _bytes(term: Bin) -> list[str]:
    """The bytes of a bit string; the last part, if it has fewer than 8 bits, as `value:bits`."""
    if term.unused == 0:
        return list(map(str, term.data))
    return [*map(str, term.data[:-1]), f"{term.data[-1] >> term.unused}:{8 - term.unused}"]


def _piece(texts: _Texts, term: Term) -> _Piece:
    """A term with its text, if it may fit a line."""
    text = None if type(term) is Tuple and term.items else _spell(texts, term)
    if text is not None:
        return _new(_Piece, (text, True, term, None))
    return _new(_Piece, (_line(texts, term, WIDTH), False, term, None))


def _pieces(texts: _Texts, term: Term) -> _Pieces:
    """The elements of a compound term, a pair of a map being one, and the tail."""
    known = texts.pieces.get(id(term))
    if known is None:
        items, tail = _elements(texts, term)
        pieces = [_piece(texts, item) for item in items]
        if isinstance(term, Map):
            pieces = [_pair(key, value) for key, value in zip(pieces[::2], pieces[1::2], strict=True)]
        known = texts.pieces[id(term)] = pieces, None if tail is None else _piece(texts, tail)
    return known


def _pair(key: _Piece, value: _Piece) -> _Piece:
    text = None if key.text is None or value.text is None else f"{key.text} => {value.text}"
    return _Piece(text, key.simple and value.simple, key.term, (key, value))


def _break(page: _Page, term: Term, col: int, ind: int, ld: int) -> None:
    """Write a compound term that does not fit, from `col`; `ld` more brackets will follow on its last line."""
    write = page.out.append
    if isinstance(term, Bin):
        write(_broken_bytes(term, WIDTH - col - 2 - ld, ind + 2))
        return
    pieces, tail = _pieces(page.texts, term)
    start, closing = (1, "]") if isinstance(term, List | Str) else (2 if isinstance(term, Map) else 1, "}")
    write({"]": "[", "}": "#{" if start == 2 else "{"}[closing])
    cur = None  # the column after the last element on this line; None: nothing was written yet
    if isinstance(term, Tuple) and len(pieces) > 1 and isinstance(term.items[0], Atom):
        start, cur = _tag(page, pieces[0].text or "", col)
        pieces = pieces[1:]
    col, ind, last = col + start, ind + start, len(pieces) - 1
    between = ",\n" + " " * ind
    for i, piece in enumerate(pieces):
        after = ld + 1 if i == last else 0
        if cur is not None:
            if piece.simple and piece.text is not None and len(piece.text) + 1 + (i < last) < WIDTH - cur - after:
                write(f",{piece.text}")
                cur += len(piece.text) + 1
                continue
            write(between)
        cur = _place(page, piece, col, ind, after)
    if tail is not None:
        _place(page, tail, _tail(page, tail, col, ind, (cur or 0, ld + 1)), ind, ld + 1)
    write(closing)


def _tag(page: _Page, tag: str, col: int) -> tuple[int, int | None]:
    """Write the tag of a tuple; how far from `col` the rest is indented, and the column reached, None right there."""
    page.out.append(tag)
    beside, indent = len(tag) + 2, page.indent
    in_place = indent < 0 or beside <= indent
    if page.trial and (col + beside >= WIDTH // 2 if in_place else col + indent > WIDTH // 2):
        raise _TooFarRightError
    if not in_place:
        return indent, col + beside
    page.out.append(",")
    return beside, None


def _place(page: _Page, piece: _Piece, col: int, ind: int, ld: int) -> int:
    """Write an element or a pair of a map; the column after it, where a simple one may follow."""
    if piece.text is not None and len(piece.text) < WIDTH - col - ld:
        page.out.append(piece.text)
        return col + len(piece.text) if piece.simple else _FULL
    for part in piece.pair or (piece,):
        if piece.pair is not None and part is piece.pair[1]:
            step = max(page.indent, 0) or 4
            col, ind = col + step, ind + step
            page.out.append(" =>\n" + " " * ind)
        if part.text is not None and (part.simple or len(part.text) < WIDTH - col - ld):
            page.out.append(part.text)
        else:
            _break(page, part.term, col, ind, ld)
    return _FULL


def _tail(page: _Page, tail: _Piece, col: int, ind: int, end: tuple[int, int]) -> int:
    """Begin the tail of an improper list; the column for it. `end`: the column reached, and the brackets to follow."""
    cur, ld = end
    page.out.append("|")
    if tail.simple and tail.text is not None and len(tail.text) + 1 < WIDTH - cur - ld:
        return cur + 1
    page.out.append("\n" + " " * ind)
    if not page.trial or cur == col:
        return col
    page.skewed.append(tail.term)
    return cur


def _broken_bytes(term: Bin, room: int, ind: int) -> str:
    """The bytes of a bit string over several lines of `room` characters."""
    room = max(8, room)
    left, lines, line = room, [], ""
    *firsts, final = _bytes(term)
    for part in [*(f"{byte}," for byte in firsts), final]:
        if len(part) > left:
            lines.append(line)
            left, line = room, ""
        line += part
        left -= len(part)
    return "<<" + ("\n" + " " * ind).join([*lines, line]) + ">>"
