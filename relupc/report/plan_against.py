"""Differences of plans in, a text for a review out: what is new, what is gone, what has moved; and their document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from relupc.model.difference import Difference
from relupc.model.spelling import MOST, listed, module_name
from relupc.model.timeline import Event, Timeline
from relupc.report import Style
from relupc.report.plan_json import step, verdict
from relupc.report.plan_words import because, restarts, said, what
from relupc.report.printable import printable
from relupc.report.table import table

MOST_ROWS = 100


def plan_differences(found: Sequence[Difference], style: Style, *, verbose: bool = False) -> str:
    """A block for each way, with an empty line between. A verbose one is as wide and as long as it needs to be."""
    return "\n\n".join("\n".join(_block(one, style, verbose=verbose)) for one in found) + "\n"


def differences_document(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """The differences as the document of a plan has them."""
    return [_document(one) for one in found]


def _block(one: Difference, style: Style, *, verbose: bool) -> Iterator[str]:
    if one.before is None or one.after is None:
        only = one.after or one.before
        assert only is not None, "a difference is about some plan"
        yield printable(f"{only.headline}: only in {'this plan' if one.after else 'the other plan'}")
        return
    before, after = one.before, one.after
    yield printable(_name(before, after))
    if not one.is_one:
        yield "the same"
        return
    yield from _facts(before, after)
    for word, modules in zip(("no longer suspended", "now suspended"), one.suspended, strict=True):
        if modules:
            yield printable(f"{word}: {listed(map(module_name, modules), len(modules) if verbose else MOST)}")
    rows = list(_rows(one))
    if rows:
        shown = rows if verbose else rows[:MOST_ROWS]
        head = ["", "before", "now", "instruction", "what", "because of"]
        yield ""
        yield table(head, shown, 0 if verbose else style.width, numbers=(1, 2))
        if len(shown) < len(rows):
            yield f"and {len(rows) - len(shown)} more (-v)"


def _name(before: Timeline, after: Timeline) -> str:
    """The way; the version that it leads to may have changed."""
    release = after.release or before.release
    same = (before.old, before.new) == (after.old, after.new)
    was = "" if same else f"   (before: {before.old} -> {before.new})"
    return f"{release} {after.old} -> {after.new}   {after.direction}{was}".strip()


def _facts(before: Timeline, after: Timeline) -> Iterator[str]:
    yield _change("steps", str(before.total), str(after.total))
    yield _change("verdict", before.verdict.name, after.verdict.name)
    if restarts(before) != restarts(after):
        yield _change("restarts", restarts(before), restarts(after))
    for sign, one, other in (("-", before, after), ("+", after, before)):
        known = {reason.bare for reason in other.verdict.reasons}
        shown = (said(reason._replace(step=0)) for reason in one.verdict.reasons if reason.bare not in known)
        yield from (f"  {sign} {printable(text)}" for text in shown)


def _change(what_: str, before: str, after: str) -> str:
    return f"{what_}: {before}" if before == after else f"{what_}: {before} -> {after}"


def _rows(one: Difference) -> Iterator[list[str]]:
    """What is gone, what is new and what has moved, each with its numbers in both plans."""
    for event in one.removed:
        yield ["-", str(event.n), "", *_cells(event)]
    for event in one.added:
        yield ["+", "", str(event.n), *_cells(event)]
    for moved in one.moved:
        yield ["~", str(moved.before.n), str(moved.after.n), *_cells(moved.after)]


def _cells(event: Event) -> list[str]:
    return [event.name, what(event), because(event.because)]


def _document(one: Difference) -> dict[str, Any]:
    gone, new = one.suspended
    some = one.after or one.before
    assert some is not None, "a difference is about some plan"
    return {
        "direction": some.direction,
        "before": _side(one.before),
        "after": _side(one.after),
        "same": not one.is_one,
        "no_longer_suspended": list(gone),
        "now_suspended": list(new),
        "removed": [step(event) for event in one.removed],
        "added": [step(event) for event in one.added],
        "moved": [{"before": moved.before.n, "step": step(moved.after)} for moved in one.moved],
    }


def _side(timeline: Timeline | None) -> dict[str, Any] | None:
    if timeline is None:
        return None
    facts = {"from": timeline.old, "to": timeline.new, "total": timeline.total}
    return {**facts, "verdict": verdict(timeline.verdict)}
