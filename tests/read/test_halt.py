from __future__ import annotations

from relupc.read.halt import FAILS, MAX_BITS, TOO_BIG, Halt
from relupc.read.literals import MAX_DIGITS


def test_a_halt_says_why() -> None:
    assert Halt().label == FAILS
    assert Halt(TOO_BIG).label == str(Halt(TOO_BIG)) == TOO_BIG


def test_the_biggest_number_can_be_written() -> None:
    assert len(str(2**MAX_BITS)) < MAX_DIGITS
