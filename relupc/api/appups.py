"""One appup file -> the values that rules look at."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from relupc.api.asked import asked_otp
from relupc.api.found import Found
from relupc.model.appup import Appup, Entry
from relupc.model.codes import A001
from relupc.model.diagnostic import Direction, Problems, Subject
from relupc.model.lint import EntryPlan, Mirror, OwnApp, Packaged
from relupc.model.otp import OLDEST_OTP
from relupc.model.outcome import Options
from relupc.model.source import Source, Span
from relupc.model.term import Term, is_known
from relupc.plan.entry import Used, plan_entry, planned_entry
from relupc.plan.select import no_list
from relupc.read.appup import appup_from
from relupc.read.file import Unreadable, read_source
from relupc.read.own_app import own_app
from relupc.read.targets import app_of_appup
from relupc.read.text import read_alone

DIRECTIONS: tuple[Direction, Direction] = ("up", "down")


def appup_values(path: str, options: Options, found: Found) -> None:
    """Read an appup by itself and add what it holds to `found`."""
    otp = asked_otp(options, found.problems) or OLDEST_OTP
    found.files.append(path)
    source = read_source(path, texts=options.texts)
    if isinstance(source, Unreadable):
        found.problems.add(source.diagnostic)
        return
    name = app_of_appup(path)
    own = own_app(path, name, otp, options.texts)
    if path.endswith(".src"):
        term = _script_term(source, name, own, otp, options, found)
    else:
        term = _term(source, name, otp, found.problems)
    appup = appup_from(term, name, path, found.problems) if term else None
    if appup:
        add_appup(appup, own, otp, found)


def _term(source: Source, name: str, otp: int, problems: Problems) -> Term | None:
    """The term of a built appup, and a finding where it has more than one."""
    read = read_alone(source, otp)
    if isinstance(read, Unreadable):
        problems.add(read.diagnostic)
        return None
    term, rest = read
    if rest:
        problems.add(
            A001.at(
                rest,
                "this stands behind the full stop that ends the appup",
                help="remove it; if it belongs to the appup, take away the full stop",
                notes=("`release_handler:upgrade_app/2` fails; `systools:make_relup/4` reads the first term only",),
                subject=Subject(name),
            )
        )
    return term


def _script_term(
    source: Source, name: str, own: OwnApp | None, otp: int, options: Options, found: Found
) -> Term | None:
    """The value of an .appup.src, with notes for what is not worked out, and a comparison with what is built."""
    from relupc.read.built import built_differs  # noqa: PLC0415 - a built appup needs none of it
    from relupc.read.script import read_script  # noqa: PLC0415

    script = read_script(source, otp, own.vsn if own else None)
    if isinstance(script, Unreadable):
        found.problems.add(script.diagnostic)
        return None
    found.problems.found += [note.with_otp(None, Subject(name)) for note in script.notes]
    if not script.plain:
        found.scripts.add(source.path)
    found.problems.found += built_differs(source, name, otp, options.texts)
    return script.term


def compare_built(path: str, options: Options, found: Found) -> None:
    """Only say where what was built of an .appup.src differs from it."""
    from relupc.read.built import built_differs  # noqa: PLC0415 - see above

    source = read_source(path, texts=options.texts)
    if isinstance(source, Source):
        otp = asked_otp(options, found.problems) or OLDEST_OTP
        found.problems.found += built_differs(source, app_of_appup(path), otp, options.texts)


def add_appup(appup: Appup, own: OwnApp | None, otp: int, found: Found, planned: Collection[Span] = ()) -> None:
    """Add an appup, its entries, and what goes with them.

    `planned` are the keys of entries that whole upgrades were planned with: to look at one of them alone tells no more
    of what OTP refuses.
    """
    up, down = (
        [
            plan
            for entry in (appup.up if way == "up" else appup.down).items
            if (plan := plan_entry(appup, entry, way, own, otp, _heard(entry, planned, found)))
        ]
        for way in DIRECTIONS
    )
    for way, entries in zip(DIRECTIONS, (appup.up, appup.down), strict=True):
        if entries.tail is not None and is_known(entries.tail):
            found.problems.add(no_list(entries.tail, appup, Subject(appup.app or None, direction=way)))
    _add(appup, own, up, down, found)


def add_planned(appup: Appup, own: OwnApp | None, otp: int, found: Found, used: Mapping[Span, Used]) -> None:
    """Add an appup with nothing but the entries that whole upgrades were planned with, by their keys."""
    up, down = (
        [planned_entry(appup, e, used[e.key.span], own, otp) for e in entries if e.key.span and e.key.span in used]
        for entries in (appup.up.items, appup.down.items)
    )
    _add(appup, own, up, down, found)


def _add(appup: Appup, own: OwnApp | None, up: list[EntryPlan], down: list[EntryPlan], found: Found) -> None:
    found.values += [appup, *up, *down, *_mirrors(up, down)]
    if own:
        found.values.append(Packaged(appup, own, (*up, *down)))


def _heard(entry: Entry, planned: Collection[Span], found: Found) -> Problems:
    """Where what is wrong with an entry goes."""
    return Problems() if entry.key.span in planned else found.problems


def _mirrors(up: list[EntryPlan], down: list[EntryPlan]) -> list[Mirror]:
    """The pairs of entries with one key; of several with that key the first counts."""
    back = {plan.entry.key: plan for plan in reversed(down)}
    first = {plan.entry.key: plan for plan in reversed(up)}
    return [Mirror(plan, back[key]) for key, plan in first.items() if key in back][::-1]
