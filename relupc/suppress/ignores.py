"""A text in, its ignore comments out: which codes each is about, and what it covers.

    %% relupc: ignore[A306(shop_cart), downgrade-not-mirrored] a reason
    %% relupc: ignore-file[A004] a reason

After code a comment covers the instruction or entry that begins on its line, and what is marked on that line; on a
line of its own it covers the next one. `ignore-file` covers the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from relupc.model.codes import T011
from relupc.model.diagnostic import Code, Diagnostic
from relupc.model.guess import MAX_GUESSES
from relupc.model.selection import code_called, nearest_word
from relupc.model.source import Source, Span
from relupc.model.value import NamedTuple, dataclass
from relupc.suppress import MARK
from relupc.suppress.lexing import Comment, Layout, layout_of

_VERBS = ("ignore", "ignore-file")
_IGNORE = re.compile(r"(?<!%)%++[ \t]*+relupc:[ \t]*+(?P<verb>[A-Za-z-]*+)[ \t]*+(?P<list>\[(?P<items>[^\]\n]*+)\])?")
_ITEM = re.compile(r"(?P<word>[A-Za-z][A-Za-z0-9-]*+)\s*+(?:\((?P<subject>[^()]*+)\))?")
_PIECE = re.compile(r"[^,(]++(?:\([^)]*+\))?[^,]*+")


class Place(NamedTuple):
    """A stretch of the text; the whole file begins at -1, where findings without a place are."""

    start: int
    end: int


class Item(NamedTuple):
    """A code of an ignore comment, the module or application that it is narrowed to, and where both stand."""

    code: Code
    subject: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Ignore:
    """An ignore comment: `span` is `relupc: ignore[...]`, `whole` all of it; `covers` are the stretches that it is for.

    `pieces` are what stands between the commas, codes or not.
    """

    span: Span
    whole: Span
    items: tuple[Item, ...]
    pieces: tuple[Span, ...]
    covers: tuple[Place, ...]


def ignores_in(source: Source) -> tuple[list[Ignore], list[Diagnostic]]:
    """The ignore comments of a text, and what is wrong with them (T011)."""
    found: list[Ignore] = []
    problems: list[Diagnostic] = []
    if MARK not in source.text:
        return found, problems
    layout = layout_of(source.text)
    starts = [part.start for part in layout.parts]
    for comment in layout.comments:
        said = _IGNORE.search(source.text, comment.start, comment.end)
        if said is None:
            continue
        if said["verb"] not in _VERBS:
            problems += _unknown_verb(source, said)
            continue
        span = Span(source, source.text.index(MARK, said.start()), said.end())
        pieces = tuple(_pieces(source, said))
        items = tuple(item for piece in pieces if (item := _item(piece, problems)))
        if not pieces:
            advice = f"name what it is for: `{said['verb']}[CODE]`"
            problems.append(T011.at(span, "it names no code", help=advice))
        whole = Span(source, said.start(), comment.end)
        covers = (
            (Place(-1, len(source.text) + 1),)
            if said["verb"] == "ignore-file"
            else _covers(comment, layout, starts, source)
        )
        found.append(Ignore(span, whole, items, pieces, covers))
    return found, problems


def _unknown_verb(source: Source, said: re.Match[str]) -> Iterator[Diagnostic]:
    """A word that was probably meant to be `ignore`; any other is someone else's."""
    import difflib  # noqa: PLC0415 - only for a mistake

    near = difflib.get_close_matches(said["verb"][:40].lower(), _VERBS, n=1, cutoff=0.75)
    if near:
        span = Span(source, said.start("verb"), said.end("verb"))
        yield T011.at(span, f"`{said['verb'][:40]}` means nothing", help=f"did you mean `{near[0]}`?")


def _pieces(source: Source, said: re.Match[str]) -> Iterator[Span]:
    """What stands between the commas, without blanks around it."""
    if said["items"] is None:
        return
    for piece in _PIECE.finditer(said["items"]):
        text = piece.group()
        if text.strip():
            start = said.start("items") + piece.start() + len(text) - len(text.lstrip())
            yield Span(source, start, start + len(text.strip()))


def _item(piece: Span, problems: list[Diagnostic]) -> Item | None:
    """A code or a name, with or without a subject; anything else is reported."""
    said = _ITEM.fullmatch(piece.text)
    code = code_called(said["word"]) if said else None
    if said and code:
        return Item(code, said["subject"], piece)
    near = nearest_word(said["word"]) if said and len(said["word"]) < 60 and len(problems) < MAX_GUESSES else None
    advice = f"did you mean `{near}`?" if near and near not in ("all", "default") else "write a code or its name"
    problems.append(T011.at(piece, f"`{piece.text[:60]}` is no code and no name", help=advice))
    return None


def _covers(comment: Comment, layout: Layout, starts: list[int], source: Source) -> tuple[Place, ...]:
    """What a comment stands for: parts that begin on its line or after it, and the line."""
    if not comment.alone:
        line = source.text.rfind("\n", 0, comment.start) + 1
        parts = layout.parts[bisect_left(starts, line) : bisect_left(starts, comment.start)]
        return (Place(line, comment.start), *(Place(*part) for part in parts))
    if comment.next == len(source.text):
        return ()
    line = source.text.rfind("\n", 0, comment.next) + 1
    end = source.text.find("\n", comment.next)
    end = len(source.text) if end < 0 else end
    number = bisect_left(starts, comment.end)
    following = [Place(*part) for part in layout.parts[number : number + 1]]
    if following and following[0].start < end:
        return tuple(following)
    return (Place(line, end), *following)
