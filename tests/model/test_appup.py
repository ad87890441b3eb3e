from __future__ import annotations

import dataclasses

import pytest

from relupc.model.appup import Appup, Entries, Entry
from relupc.model.term import List, string, tup


def test_an_appup_is_a_value() -> None:
    """Passes share it: nothing in it can be changed, and equal ones are equal."""

    def made() -> Appup:
        entries = Entries((Entry(string("1"), List(())),), None, None)
        return Appup("a", "a.appup", string("2"), entries, entries, None)

    assert made() == made()
    assert hash(made()) == hash(made())
    for value in (made(), made().up, made().up.items[0]):
        for field in dataclasses.fields(value):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(value, field.name, None)


def test_where_it_was_written_does_not_count() -> None:
    pair = tup("a", "b")
    key, script = pair.items
    assert Entry(key, script) == Entry(key, script, pair)
    assert Entries((), None, None, (), List(())) == Entries((), None, None)
    assert Entries((), None, None, (pair,)) != Entries((), None, None)
