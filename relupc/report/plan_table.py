"""Timelines in, a headline, a summary and a table of the steps for each out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from relupc.model.spelling import MOST, listed, module_name
from relupc.model.timeline import Cause, Event, Planned, Timeline
from relupc.report import Style
from relupc.report.plan_words import because, restarts, said, stretch, stretches, what
from relupc.report.printable import printable
from relupc.report.table import table

MANY = 100  # steps; of more, neighbours of one kind share a line
LONGEST_BLOCK = 8  # steps that repeat as a whole
MAX_REASONS = 10


def plan_table(planned: Planned, style: Style, *, verbose: bool = False) -> str:
    """A block for each timeline, with an empty line between. A verbose one is as wide and as long as it needs to be."""
    return "\n\n".join(_block(timeline, style, verbose=verbose) for timeline in planned.timelines) + "\n"


def summaries(planned: Planned) -> str:
    """Only what stands above the tables."""
    return "\n\n".join("\n".join(summary(timeline)) for timeline in planned.timelines) + "\n"


def summary(timeline: Timeline, *, verbose: bool = False) -> Iterator[str]:
    """The lines above a picture: which way, what it comes to and why, what stands still, where there is no way back."""
    yield printable(f"{timeline.headline}, {restarts(timeline)}")
    yield f"verdict: {timeline.verdict.name}"
    reasons = timeline.verdict.reasons
    shown = reasons if verbose else reasons[:MAX_REASONS]
    yield from (f"  {printable(said(reason))}" for reason in shown)
    if len(shown) < len(reasons):
        yield f"  and {len(reasons) - len(shown)} more reasons (-v)"
    still = stretches(timeline.suspensions, len(timeline.suspensions) if verbose else MOST)
    if still:
        yield printable(f"suspended: {listed(still, len(still) if verbose else MOST)}")


def _block(timeline: Timeline, style: Style, *, verbose: bool) -> str:
    rows = list(_rows(timeline, verbose=verbose))
    head = ["#", "", "instruction", "what", "because of"]
    limit = 0 if verbose else style.width
    shown = table(head, rows, limit, numbers=(0,)) if rows else "no steps"
    return "\n".join([*summary(timeline, verbose=verbose), "", shown])


def _rows(timeline: Timeline, *, verbose: bool) -> Iterator[list[str]]:
    for group in groups(timeline, verbose=verbose):
        first, most = group[0], len(group[0].modules) if verbose else MOST
        yield [numbers(group), mark(first), called(group), about(group, most), because(causes(group), max(most, MOST))]


def groups(timeline: Timeline, *, verbose: bool = False) -> Iterator[tuple[Event, ...]]:
    """The steps of each line: one, or of a long plan neighbours that do the same in one application."""
    events = timeline.events
    if verbose or len(events) <= MANY:
        yield from ((event,) for event in events)
        return
    for _, alike in groupby(_blocks(events), key=_shape):
        blocks = list(alike)
        if len(blocks) > 1 and len(blocks[0]) > 1:
            yield tuple(event for block in blocks for event in block)
        else:
            yield from (tuple(group) for _, group in groupby(chain.from_iterable(blocks), key=_kind))


def _blocks(events: Iterable[Event]) -> Iterator[tuple[Event, ...]]:
    """Each step by itself, but all from where processes are suspended to where they are resumed together."""
    block: list[Event] = []
    for event in events:
        block.append(event)
        if not event.still:
            yield tuple(block)
            block = []
    if block:
        yield tuple(block)


def _shape(block: tuple[Event, ...]) -> tuple[str, ...]:
    """What neighbouring blocks must have in common to share a line; a step by itself shares one by its kind."""
    names = tuple(event.name for event in block[:LONGEST_BLOCK])
    if len(block) == 1:
        return ()
    return (block[0].app, *names) if len(block) <= LONGEST_BLOCK else (str(block[0].n),)


def numbers(group: Sequence[Event]) -> str:
    """`8`, or `8-20`."""
    return stretch(group[0].n, group[-1].n)


def called(group: Sequence[Event]) -> str:
    """What the steps of a line are called: `load`, or `suspend, load, resume`."""
    return ", ".join(dict.fromkeys(event.name for event in group))


def about(group: Sequence[Event], most: int = MOST) -> str:
    """What the steps of a line are about."""
    if len(group) == 1:
        return what(group[0], most)
    if group[0].name == group[-1].name:
        return listed(what(event, most) for event in group)
    return listed(module_name(module) for event in group for module in event.modules)


def causes(group: Sequence[Event]) -> tuple[Cause, ...]:
    """What caused the steps of a line."""
    return tuple(dict.fromkeys(cause for event in group for cause in event.because))


def mark(event: Event) -> str:
    """`+` where processes are suspended or resumed, `|` while they stand still."""
    return "+" if event.name in ("suspend", "resume") else "|" if event.still else ""


def _kind(event: Event) -> tuple[str, str, str, int]:
    """What neighbours must have in common to share a line; only those that are about one module each do."""
    alone = 0 if event.name in ("load", "remove", "purge") else event.n
    return event.name, event.app, mark(event), alone
