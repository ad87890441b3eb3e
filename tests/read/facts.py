"""For tests: what relupc.read finds in the files of fixtures/read, a line for each thing; several files in one text."""

from __future__ import annotations

import re
from pathlib import Path

from relupc.model.appup import Entries
from relupc.model.diagnostic import Problems
from relupc.model.layout import flat
from relupc.model.source import Source
from relupc.model.term import Term, string
from relupc.read.app import AppFault, read_app
from relupc.read.appup import read_appup
from relupc.read.file import Unreadable
from relupc.read.rel import read_rel
from relupc.read.text import read_first
from tests.builds import app
from tests.cases import Case, told

_FILE = re.compile(r"^=== (.+)\n", re.MULTILINE)


def lay_down(text: str, folder: Path) -> list[str]:
    """Write the files of a text in which a line `=== PATH` stands in front of each; their paths.

    `PATH/` is an empty folder, `PATH -> TARGET` a symbolic link.
    """
    _, *parts = _FILE.split(text)
    names = parts[::2]
    for name, content in zip(names, parts[1::2], strict=True):
        path, _, target = name.partition(" -> ")
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if target:
            place.symlink_to(target)
        elif path.endswith("/"):
            place.mkdir(exist_ok=True)
        else:
            place.write_text(content, "utf-8")
    return names


def term_of(case: Case) -> Term:
    found = read_first(Source("given", case.given))
    assert not isinstance(found, Unreadable), case.title
    return found


def rel_facts(case: Case) -> str:
    problems = Problems()
    rel = read_rel(term_of(case), problems)
    if rel is None:
        return "\n".join(map(told, problems.found))
    assert problems.found == []
    head = f"{flat(string(rel.name))} {flat(string(rel.vsn))}, erts {flat(string(rel.erts))}"
    included = [None if a.included is None else [atom.name for atom in a.included] for a in rel.apps]
    apps = [f"{a.name} {a.vsn} {a.type} {names}" for a, names in zip(rel.apps, included, strict=True)]
    return "\n".join([head, *apps])


def otp_of_title(case: Case) -> int:
    return int(case.title[4:6]) if case.title.startswith("otp ") else 25


def app_facts(case: Case) -> str:
    found = read_app(term_of(case), otp_of_title(case))
    if isinstance(found, list):
        return "\n".join(map(_fault, found))
    return "\n".join([found.name, *(f"{key} {flat(value)}" for key, value in found.values.items())])


def _fault(fault: AppFault) -> str:
    place = fault.span.text if fault.span else "nowhere"
    return f"<{' '.join(place.split())}>: {fault.label}\n  help: {fault.help}\n  otp: {flat(fault.reason)}"


def appup_facts(case: Case, folder: Path) -> str:
    problems = Problems()
    (folder / "foo.appup").write_text(case.given, "utf-8")
    found = read_appup(app("foo", "2"), str(folder / "foo.appup"), 25, problems)
    if found is None:
        return "\n".join(map(told, problems.found)).replace(f"{folder}/", "")
    assert problems.found == []
    return f"{flat(found.vsn)}\nup {_entries(found.up)}\ndown {_entries(found.down)}"


def _entries(entries: Entries) -> str:
    tail = "" if entries.tail is None else f" | {flat(entries.tail)}"
    return "; ".join(f"{flat(e.key)}: {flat(e.script)}" for e in entries.items) + tail
