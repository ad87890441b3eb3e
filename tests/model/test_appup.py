from __future__ import annotations

import dataclasses

import pytest

from relupc.model.appup import Appup, Entries, Entry
from relupc.model.diagnostic import Problems
from relupc.model.term import List, string, tup
from relupc.read.appup import appup_from
from relupc.read.file import Unreadable
from relupc.read.text import read_text


def read(text: str) -> Appup:
    term = read_text(text, "shop.appup", 25)
    assert not isinstance(term, Unreadable)
    appup = appup_from(term, "shop", "shop.appup", Problems())
    assert appup
    return appup


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


@pytest.mark.parametrize(
    ("keys", "plain"),
    [
        ('"1.0", "1.1.2", "7"', True),
        ("", True),
        ('"1.0", "1.0"', False),
        ('"1.0-rc.1"', False),
        ('" 1.0"', False),
        ('"1.x"', False),
        ('""', False),
        ('<<"1.*">>', False),
        ("1.0", False),
    ],
)
def test_plain(keys: str, plain: bool) -> None:
    """No two entries of one list are for one version, and each is for one; both lists may be for the same."""
    entries = ", ".join(f"{{{key}, []}}" for key in keys.split(", ") if key)
    for up, down in ((entries, '{"1.0", []}'), ('{"1.0", []}', entries)):
        assert read(f'{{"2.0", [{up}], [{down}]}}.').plain == plain


def test_what_is_no_entry_is_not_plain() -> None:
    assert not read('{"2.0", [{"1.0", []}, oops], []}.').plain


def test_where_it_was_written_does_not_count() -> None:
    pair = tup("a", "b")
    key, script = pair.items
    assert Entry(key, script) == Entry(key, script, pair)
    assert Entries((), None, None, (), List(())) == Entries((), None, None)
    assert Entries((), None, None, (pair,)) != Entries((), None, None)
