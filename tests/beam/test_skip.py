"""Where arguments end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.beam.compact import ATOM, packed, spelled
from relupc.beam.raw import BadBeam
from relupc.beam.skip import past
from tests.beam.assemble import a, f, i, listed, u, x, y, z

DEEP = listed(listed(listed(listed(listed(listed(listed()))))))


@pytest.mark.parametrize(
    "argument",
    [
        a(1),
        a(300),
        f(70_000),
        i(-1),
        i(1 << 90),
        u(0),
        x(15),
        x(17),
        y(3),
        y(5000),
        z(2, u(3)),
        z(3, u(2), u(0), u(1), u(1), u(300)),
        z(4, u(70)),
        z(5, x(3), u(99)),
        listed(),
        listed(x(1), a(99), y(2)),
    ],
)
def test_the_next_one_begins_after_it(argument: bytes) -> None:
    assert past(b"\x99" + argument + b"\x13", 1) == 1 + len(argument)


def test_lists_in_lists_are_bounded() -> None:
    with pytest.raises(BadBeam):
        past(DEEP, 0)


@given(st.integers(0, 1 << 40))
def test_a_number_is_spelled_as_it_is_read(number: int) -> None:
    assert packed(spelled(ATOM, number), 0) == (ATOM, number, len(spelled(ATOM, number)))
    assert spelled(ATOM, number) == a(number)
