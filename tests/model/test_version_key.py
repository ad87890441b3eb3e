"""Keys of entries that no version leads to."""

from __future__ import annotations

import pytest

from relupc.model.source import Source
from relupc.model.term import Atom, List, Str, Tuple, Unknown
from relupc.model.version_key import BADARG, ESCAPE, SKIPPED, KeyFault, key_fault
from relupc.read.file import Unreadable
from relupc.read.text import read_first

STRING = "a version is a string: this equals none"
PATTERN = "a string is no pattern: only this very text equals it"
FAULTS = {
    "'1.2.0'": (STRING, '"1.2.0"', False),
    "vsn": (STRING, None, False),
    '"1.2.0 "': ("no version has white space at its ends", '"1.2.0"', False),
    "1.2": (STRING, '"1.2"', False),
    "3": (STRING, '"3"', False),
    "{1, 2}": (STRING, None, False),
    '["1.2"]': (STRING, None, False),
    "[-1]": (STRING, None, False),
    "<<1:7>>": (STRING, None, False),
    '"1.2.[0-3]"': (PATTERN, r'<<"1\\.2\\.[0-3]">>', False),
    r'"1\\.2\\..*"': (PATTERN, r'<<"1\\.2\\..*">>', False),
    '"1.2.*"': (PATTERN, r'<<"1\\.2\\..*">>', False),
    '"1.2.["': (PATTERN, None, False),
    '<<"*">>': ("not a regular expression: nothing to repeat", None, True),
    r'<<"1\\.[7-10]">>': (
        "not a regular expression: a range whose end is before its start",
        r'<<"1\\.(?:10|[7-9])">>',
        True,
    ),
    '<<"1.(">>': ("not a regular expression: a `(` without its `)`", None, True),
    "<<255>>": ("not a regular expression: not UTF-8", None, True),
}
GOOD = [
    '"1.2.0"',
    '"1.2.0+b7"',
    "[49,46,50]",
    '""',
    '<<".*">>',
    '<<"(?=1)">>',
    '<<"">>',
    '"{{vsn}}"',
    '"%VSN%"',
    '<<"1\\\\.[0-9]+">>',
]


def fault(text: str) -> KeyFault | None:
    term = read_first(Source("x", text + "."))
    assert not isinstance(term, Unreadable)
    return key_fault(term)


@pytest.mark.parametrize(("text", "expected"), FAULTS.items())
def test_keys_that_are_for_no_version(text: str, expected: tuple[str, str | None, bool]) -> None:
    found = fault(text)
    assert found
    assert (found.label, found.better, found.refused) == expected
    assert found.note == (BADARG if found.refused else SKIPPED)
    assert (found.help == ESCAPE) == found.refused
    assert found.better is None or fault(found.better) is None


@pytest.mark.parametrize("text", GOOD)
def test_keys_that_may_be_for_one(text: str) -> None:
    assert fault(text) is None


def test_what_is_not_known_is_let_through() -> None:
    assert key_fault(Unknown("VSN")) is None
    assert key_fault(List((Str("1."), Unknown("Patch")))) is None
    assert key_fault(Tuple((Atom("a"), Unknown("X")))) is None
