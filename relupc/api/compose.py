"""Two appups or relups, A to B and B to C -> the text of the one from A to C."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from relupc.hops.appup import composed_script
from relupc.hops.entries import hops, is_for_middle
from relupc.hops.hop import Hop
from relupc.hops.relup import composed_relup
from relupc.model.appup import Appup, Entries
from relupc.model.bound import bounded
from relupc.model.codes import A801, T003, T007, T008
from relupc.model.diagnostic import CompileError, ConfigError, Diagnostic, Direction, InputError, Problems
from relupc.model.lint import EntryPlan
from relupc.model.otp import OLDEST_OTP
from relupc.model.outcome import Failure
from relupc.model.term import List, Term, Tuple, tup
from relupc.model.value import dataclass
from relupc.plan.entry import plan_entry
from relupc.plan.relup import verify_relup
from relupc.read.appup import appup_from
from relupc.read.file import Unreadable, read_source
from relupc.read.own_app import own_app
from relupc.read.relup import relup_from
from relupc.read.script import read_script
from relupc.read.targets import app_of_appup
from relupc.read.text import read_first
from relupc.write import file_text


@dataclass(frozen=True, slots=True)
class _File:
    """An appup or a relup, read: its entries are in their longest forms."""

    whole: Appup
    entries: tuple[EntryPlan, ...]
    is_relup: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """How it ended: the text, None if there is none; what was said; and the files that were read."""

    text: str | None
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[str, ...]


def compose(first: str | os.PathLike[str], second: str | os.PathLike[str]) -> str:
    """The text of the appup or relup from A to C, from the files of A to B and of B to C.

    Raises CompileError (they cannot be composed), InputError (a file that cannot be read), ConfigError (two files of
    different kinds).
    """
    found = composed(os.fspath(first), os.fspath(second))
    if found.text is None:
        kinds = {"arguments": ConfigError, "files": InputError}
        raise kinds.get(failure_of(found.diagnostics) or "", CompileError)(list(found.diagnostics))
    return found.text


def failure_of(diagnostics: Iterable[Diagnostic]) -> Failure | None:
    """Why two files could not even be read, if so."""
    codes = {d.code for d in diagnostics if d.severity == "error"}
    if T008 in codes:
        return "arguments"
    return "files" if codes & {T003, T007} else None


def composed(first: str, second: str) -> Composed:
    """As `compose`, with all that a report needs; nothing is raised."""
    problems = Problems()
    files = [_read(path, problems) for path in (first, second)]
    one, two = files
    text = _text(one, two, problems) if one and two and not problems.fatal else None
    found = tuple(bounded(dict.fromkeys(problems.found)))
    return Composed(text if not problems.fatal else None, found, tuple(dict.fromkeys((first, second))))


def _text(one: _File, two: _File, problems: Problems) -> str | None:
    if one.is_relup != two.is_relup:
        odd = two.whole.path
        kinds = ("an appup", "a relup") if two.is_relup else ("a relup", "an appup")
        label = f"{kinds[1]}, and the other file is {kinds[0]}"
        problems.add(T008.at(None, label, path=odd, help="name two appups, or two relups"))
        return None
    found = hops(one.entries, two.entries, (one.whole, two.whole), problems)
    entries: dict[Direction, list[Term]] = {"up": [], "down": []}
    alone: dict[Direction, list[Term]] = {"up": [], "down": []}
    for hop in found:
        script = (composed_relup if one.is_relup else composed_script)(hop, problems)
        if script is not None:
            entries[hop.direction].append(_entry(hop, script, is_relup=one.is_relup))
            if not one.is_relup and is_for_middle(hop):
                alone[hop.direction] = [_of_middle(hop)]
    if not found and not problems.fatal:
        problems.add(
            A801.at(None, "there is no entry to compose", path=one.whole.path, help="name A-B first, then B-C")
        )
    up, down = (List((*alone[way], *entries[way])) for way in ("up", "down"))
    return file_text(tup(two.whole.vsn, up, down), OLDEST_OTP)


def _entry(hop: Hop, script: Sequence[Term], *, is_relup: bool) -> Term:
    """`{A, Script}`, or for a relup `{A, Description, Script}`; the description is that of the later version."""
    key = (hop.first if hop.direction == "up" else hop.second).entry.key
    later = (hop.second if hop.direction == "up" else hop.first).entry.term
    description = (later.items[1],) if is_relup and later else ()
    return tup(key, *description, List(tuple(script)))


def _of_middle(hop: Hop) -> Term:
    """The second file's entry for B alone, which comes first: else a node on B would go the way from A."""
    ours, theirs = (hop.first, hop.second) if hop.direction == "up" else (hop.second, hop.first)
    return tup(ours.appup.vsn, theirs.entry.script)


def _read(path: str, problems: Problems) -> _File | None:
    source = read_source(path)
    if isinstance(source, Unreadable):
        problems.add(source.diagnostic)
        return None
    own = own_app(path, app_of_appup(path), OLDEST_OTP)
    read = read_script(source, OLDEST_OTP, own.vsn if own else None) if path.endswith(".src") else None
    term = read_first(source, OLDEST_OTP) if read is None else read if isinstance(read, Unreadable) else read.term
    if isinstance(term, Unreadable):
        problems.add(term.diagnostic)
        return None
    return _relup(term, path, problems) if _is_relup(term, path) else _appup(term, path, problems)


def _is_relup(term: Term, path: str) -> bool:
    """Whether the entries are those of a relup: triples. Without any the name decides."""
    match term:
        case Tuple((_, List(up), List(down))) if up or down:
            return all(isinstance(item, Tuple) and len(item.items) == 3 for item in (*up, *down))
    return os.path.basename(path) == "relup" or path.endswith(".relup")


def _relup(term: Term, path: str, problems: Problems) -> _File | None:
    relup = relup_from(term, path, problems)
    if relup is None or problems.fatal:
        return None
    verify_relup(relup, problems)
    empty = appup_from(term, "", path, problems)
    return _File(relup.entries[0].appup if relup.entries else empty, relup.entries, True) if empty else None


def _appup(term: Term, path: str, problems: Problems) -> _File | None:
    name = app_of_appup(path)
    appup = appup_from(term, name, path, problems)
    if appup is None:
        return None
    own = own_app(path, name, OLDEST_OTP)
    ways: tuple[tuple[Direction, Entries], ...] = (("up", appup.up), ("down", appup.down))
    entries = [
        plan
        for way, found in ways
        for entry in found.items
        if (plan := plan_entry(appup, entry, way, own, OLDEST_OTP, problems))
    ]
    return _File(appup, tuple(entries), False)
