from __future__ import annotations

import dataclasses

import pytest

from relupc.model.appup import Appup, Entries, Entry
from relupc.model.term import List, string


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
