"""relupc.propose.appup."""

from __future__ import annotations

from relupc.propose.appup import Pair, propose
from tests.propose.ways import way


def pair(old: str) -> Pair:
    found = way({"shop": old}, {"shop": "f() -> 2.\n"})
    return Pair(found.pre, found.post, found.diff)


def test_an_entry_for_each_old_version() -> None:
    same = pair("f() -> 2.\n")
    made = propose("shop", "2", [pair("f() -> 1.\n"), same])
    assert (made.app, made.vsn, [entry.old for entry in made.entries]) == ("shop", "2", ["1"])
    assert len(made.entries[0].up) == len(made.entries[0].down) == 1
    assert propose("shop", "2", [same]).entries[0].up == ()
