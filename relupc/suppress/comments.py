"""Diagnostics and the texts that they are about in, the same with those marked that a comment silences out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from relupc.model.bound import bounded
from relupc.model.codes import T010, T011, T012
from relupc.model.diagnostic import Code, Diagnostic, Fix
from relupc.model.selection import ALWAYS
from relupc.model.source import Source, Span
from relupc.model.value import dataclass, replace
from relupc.suppress.ignores import Ignore, Item, Place, ignores_in

_Index: TypeAlias = dict[tuple[str, str | None], list[tuple[int, Diagnostic]]]
_Hits: TypeAlias = dict[tuple[Code, str | None, tuple[Place, ...]], frozenset[int]]
_LONGEST_NAME = 300
_NEVER = ALWAYS | {T010.code, T011.code, T012.code}  # no comment silences these


@dataclass(frozen=True, slots=True)
class Looked:
    """What rules have looked at in one text.

    `codes` are those whose rules had what they need for the text as a whole; `parts` are its entries, each
    with the codes whose rules had what they need for it.
    """

    source: Source
    codes: frozenset[str] = frozenset()
    parts: tuple[tuple[Span, frozenset[str]], ...] = ()


def by_comments(diagnostics: Sequence[Diagnostic], looked: Iterable[Looked]) -> list[Diagnostic]:
    """The diagnostics, those marked that ignore comments silence, and what is wrong with the comments (T010, T011)."""
    texts = {one.source.path: one for one in looked}
    sources = {d.span.source.path: d.span.source for d in diagnostics if d.span}
    by_file: dict[str | None, list[Diagnostic]] = {}
    for d in diagnostics:
        by_file.setdefault(d.file, []).append(d)
    silenced: set[int] = set()
    more: list[Diagnostic] = []
    for path, source in (sources | {path: one.source for path, one in texts.items()}).items():
        ignores, problems = ignores_in(source)
        if not ignores and not problems:
            continue
        index = _by_subject(by_file.get(path, ()))
        known: _Hits = {}
        hits = {item: _silenced(item, ignore.covers, index, known) for ignore in ignores for item in ignore.items}
        silenced.update(*known.values())
        if path in texts:
            more += problems
            more += (d for ignore in ignores for d in _unused(ignore, hits, texts[path]))
    return [replace(d, suppressed="comment") if id(d) in silenced else d for d in diagnostics] + bounded(more)


def _by_subject(diagnostics: Iterable[Diagnostic]) -> _Index:
    """The diagnostics of a text by code, and by code and plain name, in order; those without a place are at -1."""
    index: _Index = {}
    for d in diagnostics:
        for name in (None, *dict.fromkeys(_names(d))):
            index.setdefault((d.code.code, name), []).append((d.span.start if d.span else -1, d))
    for found in index.values():
        found.sort(key=_start)
    return index


def _start(pair: tuple[int, Diagnostic]) -> int:
    return pair[0]


def _silenced(item: Item, covers: tuple[Place, ...], index: _Index, hits: _Hits) -> frozenset[int]:
    """The diagnostics that an item silences, by their identities; `hits` are those of items before it."""
    subject = None if item.subject is None else _plain(item.subject)
    key = (item.code, subject, covers)
    if key not in hits:
        found = [] if item.code.code in _NEVER else index.get((item.code.code, subject), [])
        ends = [[bisect_left(found, offset, key=_start) for offset in place] for place in covers]
        hits[key] = frozenset(id(d) for first, after in ends for _, d in found[first:after])
    return hits[key]


def _names(diagnostic: Diagnostic) -> Iterator[str]:
    """The module and the application that it is about, however they are spelled, and what is marked."""
    span = diagnostic.span
    marked = span.text if span and span.end - span.start <= _LONGEST_NAME else None
    yield from (_plain(name) for name in (diagnostic.subject.module, diagnostic.subject.app, marked) if name)


def _plain(name: str) -> str:
    """A name without the quotes of Erlang and the prefix of Elixir."""
    name = name.strip()
    if len(name) > 1 and name[0] == name[-1] == "'":
        name = name[1:-1]
    return name.removeprefix("Elixir.")


def _unused(ignore: Ignore, hits: Mapping[Item, frozenset[int]], looked: Looked) -> Iterator[Diagnostic]:
    """The items of a comment that silence nothing, though their rules have looked at all that it covers."""
    unused = [item for item in ignore.items if not hits[item] and _was_looked_for(item, ignore, looked)]
    all_of_it = len(unused) == len(ignore.pieces)
    for item in unused:
        never = item.code.code in _NEVER
        what = item.span.text
        edit = _without_comment(ignore) if all_of_it else _without_piece(ignore, item)
        advice = "delete the comment" if all_of_it else f"delete `{what}`"
        yield T010.at(
            ignore.span if len(ignore.pieces) == 1 else item.span,
            f"no comment can silence {what}" if never else f"{what} does not occur here",
            help=advice,
            fix=Fix(advice, ((edit, ""),), safe=True),
        )


def _was_looked_for(item: Item, ignore: Ignore, looked: Looked) -> bool:
    code = item.code.code
    if code in _NEVER or code in looked.codes or not ignore.covers:
        return True
    touched = [codes for place in ignore.covers for codes in _touched(place, looked)]
    return bool(touched) and all(code in codes for codes in touched)


def _touched(place: Place, looked: Looked) -> Iterator[frozenset[str]]:
    """The codes that were looked for in each entry that a stretch has something in common with."""
    for span, codes in looked.parts[bisect_right(looked.parts, place.start, key=lambda part: part[0].end) :]:
        if span.start >= place.end:
            return
        yield codes


def _without_comment(ignore: Ignore) -> Span:
    """The comment with the blanks before it, or with its line if it has one of its own; the line's end stays."""
    source, start, end = ignore.whole
    text = source.text
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    if before.strip():
        return Span(source, line + len(before.rstrip()), end - text.endswith("\r", start, end))
    return Span(source, line, min(end + 1, len(text)))


def _without_piece(ignore: Ignore, item: Item) -> Span:
    """One code of several, with a comma."""
    number = ignore.pieces.index(item.span)
    if number + 1 < len(ignore.pieces):
        return Span(item.span.source, item.span.start, ignore.pieces[number + 1].start)
    return Span(item.span.source, ignore.pieces[number - 1].end, item.span.end)
