"""Changes to a text that keep its comments and its layout: what a Fix is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from relupc.model.lazy import regex
from relupc.model.source import Source, Span
from relupc.model.term import List, Term, Tuple

Edit: TypeAlias = tuple[Span, str]
_REST_OF_LINE = regex(r"[ \t]*+(?:%[^\r\n]*+)?(?=\r?\n)")
_BLANK = regex(r"(?:[\x00-\x20\x80-\xa0]|%[^\n]*+)*+")


def replaced(term: Term, text: str) -> tuple[Edit, ...]:
    """Write `text` in place of a term; nothing for a term without a place."""
    return ((term.span, text),) if term.span else ()


def removed(whole: List | Tuple, item: Term) -> tuple[Edit, ...]:
    """Take one element out of a list or tuple, with its comma, and with its line if that is left empty."""
    index = next((i for i, other in enumerate(whole.items) if other is item), None)
    if index is None or item.span is None:
        return ()
    source, start, end = item.span
    if index + 1 == len(whole.items):
        before = whole.items[index - 1].span if index else None
        if before and "%" not in source.text[before.end : start]:
            return ((Span(source, before.end, end), ""),)
        comma = _comma(source, before.end) if before else None
        return (*([(comma, "")] if comma else []), (_with_line(item.span), ""))
    comma = _comma(source, end)
    if comma is None:
        return ()
    if source.text[end : comma.start].strip():
        return ((item.span, ""), (comma, ""))
    return ((_with_line(Span(source, start, comma.end)), ""),)


def appended(whole: List, text: str) -> tuple[Edit, ...]:
    """Put an element at the end of a list, below the last one if the list has a line for each."""
    if whole.span is None or whole.tail is not None:
        return ()
    if not whole.items:
        return ((whole.span, f"[{text}]"),)
    last, first = whole.items[-1].span, whole.items[0].span
    if last is None or first is None:
        return ()
    source = last.source
    several = len(whole.items) == 1 or first.line != last.line
    column = source.line_col(first.start)[1]
    gap = f"\n{' ' * (column - 1)}" if several else " "
    return ((Span(source, last.end, last.end), f",{gap}{text}"),)


def prepended(whole: List, text: str) -> tuple[Edit, ...]:
    """Put an element in front of a list, above the first one."""
    first = whole.items[0].span if whole.items else None
    if first is None:
        return appended(whole, text)
    gap = "\n" + " " * (first.source.line_col(first.start)[1] - 1)
    return ((Span(first.source, first.start, first.start), f"{text},{gap}"),)


def inserted(whole: List, index: int, lines: Sequence[str]) -> tuple[Edit, ...]:
    """Put elements in front of the one at `index` of a list: lines with the commas between them, and with comments.

    They stand below what is in front of them and its comment. Nothing for a list that has no place, or a tail.
    """
    if whole.span is None or whole.tail is not None:
        return ()
    source, opening = whole.span.source, whole.span.start + 1
    first = whole.items[0].span.start if whole.items and whole.items[0].span else opening
    gap = "\n" + " " * (source.line_col(first)[1] - 1)
    text = gap.join(lines)
    if not whole.items:
        return ((_at(source, opening), text),)
    if index == 0:
        blank = _REST_OF_LINE.match(source.text, opening)
        return ((_at(source, blank.end()), f"{gap}{text},") if blank else (_at(source, first), f"{text},{gap}"),)
    before = whole.items[index - 1].span
    end = before.end if before else opening
    comma = _comma(source, end) if index < len(whole.items) else None
    if comma:
        return ((_at(source, _end_of_line(source, comma.end)), f"{gap}{text},"),)
    line_end = _end_of_line(source, end)
    if line_end == end:
        return ((_at(source, end), f",{gap}{text}"),)
    return (_at(source, end), ","), (_at(source, line_end), gap + text)


def _at(source: Source, place: int) -> Span:
    return Span(source, place, place)


def _end_of_line(source: Source, place: int) -> int:
    """The end of the line if nothing but a comment stands on the rest of it."""
    rest = _REST_OF_LINE.match(source.text, place)
    return rest.end() if rest else place


def moved(whole: List, index: int, behind: int) -> tuple[Edit, ...]:
    """Take the element at `index` out of a list and put it behind a later one, with its text as it is."""
    item, other = whole.items[index], whole.items[behind]
    gone = removed(List((item, whole.items[index + 1])), item)
    if not gone or item.span is None or other.span is None:
        return ()
    source, end = other.span.source, other.span.end
    before = source.text[source.text.rfind("\n", 0, other.span.start) + 1 : other.span.start]
    gap = "\n" + (" " * len(before) if before.strip() else before)
    comma = _comma(source, end)
    if comma is None:
        return (*gone, (Span(source, end, end), f",{gap}{item.span.text}"))
    at = _end_of_line(source, comma.end)
    return (*gone, (Span(source, at, at), f"{gap}{item.span.text},"))


def _comma(source: Source, pos: int) -> Span | None:
    """The comma that follows, behind white space and comments."""
    found = _BLANK.match(source.text, pos)
    at = found.end() if found else pos
    return Span(source, at, at + 1) if source.text[at : at + 1] == "," else None


def _with_line(span: Span) -> Span:
    """The span, widened to whole lines if nothing else stands on them, else by the blanks behind it."""
    text, start, stop = span.source.text, span.start, span.end
    while text[start - 1 : start] in (" ", "\t"):
        start -= 1
    while text[stop : stop + 1] in (" ", "\t"):
        stop += 1
    end = stop + (text[stop : stop + 1] == "\r")
    if text[end : end + 1] == "\n" and (start == 0 or text[start - 1] == "\n"):
        return Span(span.source, start, end + 1)
    return Span(span.source, span.start, stop) if text[stop : stop + 1] != "\n" else span
