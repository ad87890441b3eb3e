"""Two appups, or two relups -> the pairs of entries that follow each other: A to B, then B to C."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relupc.hops.hop import Hop
from relupc.model.appup import Appup
from relupc.model.codes import A801
from relupc.model.diagnostic import Direction, Problems, Subject
from relupc.model.layout import flat
from relupc.model.lint import EntryPlan, spelled_version
from relupc.model.term import Bin, Term, as_string


def hops(
    first: Sequence[EntryPlan], second: Sequence[EntryPlan], both: tuple[Appup, Appup], problems: Problems
) -> list[Hop]:
    """Each way from or to A by way of B; `both` are the two files. Where the files do not meet, that is reported.

    Without a way up there is an error; without a way down, which not everybody needs, a warning.
    """
    middle, end = (as_string(appup.vsn) for appup in both)
    if middle is None or end is None:
        unclear = both[0] if middle is None else both[1]
        label = "its version is not a string that is known here"
        problems.add(A801.at(unclear.vsn.span, label, path=unclear.path, help="name the appup that the build made"))
        return []
    if both[0].app != both[1].app:
        label = f"an appup of {both[1].app}, and the other one is of {both[0].app}"
        problems.add(A801.at(both[1].vsn.span, label, path=both[1].path, help="name two appups of one application"))
        return []
    return [hop for way in _WAYS for hop in _one_way(way, first, second, middle, both, problems)]


_WAYS: tuple[Direction, ...] = ("up", "down")


def _one_way(
    way: Direction,
    first: Sequence[EntryPlan],
    second: Sequence[EntryPlan],
    middle: str,
    both: tuple[Appup, Appup],
    problems: Problems,
) -> Iterator[Hop]:
    ours = [entry for entry in first if entry.direction == way]
    theirs = _taken([entry for entry in second if entry.direction == way], middle)
    if ours and theirs:
        for entry in ours:
            yield Hop(way, entry, theirs) if way == "up" else Hop(way, theirs, entry)
    elif ours or theirs or way == "up":
        _no_meeting(way, not ours, middle, both, problems)


def is_for_middle(hop: Hop) -> bool:
    """Whether the pattern of an entry of A-B is one for B too, or may be: OTP would take it on a node that runs B."""
    ours = hop.first if hop.direction == "up" else hop.second
    middle = as_string(ours.appup.vsn)
    return middle is not None and isinstance(ours.entry.key, Bin) and _is_for(ours.entry.key, middle) is not False


def _taken(entries: Sequence[EntryPlan], vsn: str) -> EntryPlan | None:
    """The entry that OTP takes for a version: the first that is for it. None if that is not sure."""
    for entry in entries:
        match = _is_for(entry.entry.key, vsn)
        if match is not False:
            return entry if match else None
    return None


def _is_for(key: Term, vsn: str) -> bool | None:
    """Whether an entry is one for a version; None where relupc cannot read its pattern."""
    if isinstance(key, Bin) and not key.unused:
        from relupc.model.pattern import matches  # noqa: PLC0415 - many appups have no pattern

        found = matches(key.data, vsn)
        return found if isinstance(found, bool) else None
    return as_string(key) == vsn


def _no_meeting(way: Direction, is_first: bool, middle: str, both: tuple[Appup, Appup], problems: Problems) -> None:
    appup = both[0] if is_first else both[1]
    entries = appup.up if way == "up" else appup.down
    if way == "up":
        label = "it leads from nowhere" if is_first else f"no entry here is for {middle}, where the other file leads"
        advice = "name A-B first, then B-C"
    else:
        label = f"no entry here leads back to {middle}"
        label = f"the other file leads back to {middle}, and none here leads on" if is_first else label
        add = "an entry for each older version" if is_first else f"an entry for {middle}"
        advice = f"add {add}, or go without a way down"
    keys = ", ".join(spelled_version(entry.key) or flat(entry.key) for entry in entries.items[:4])
    problems.add(
        A801.at(
            entries.span or appup.vsn.span,
            label,
            path=appup.path,
            help=advice,
            notes=(f"entries: {keys}",) if keys else (),
            subject=Subject(appup.app or None, direction=way),
            severity="error" if way == "up" else "warning",
        )
    )
