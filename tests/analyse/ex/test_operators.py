from __future__ import annotations

from relupc.analyse.ex.operators import LEVELS


def test_what_binds_more_tightly() -> None:
    order = ["when", "::", "|", "=", "||", "&&", "==", "<", "|>", "in", "++", "+", "*", "**"]
    assert order == sorted(order, key=lambda sign: LEVELS[sign])


def test_those_that_are_read_from_the_right() -> None:
    assert {sign for sign, (own, right) in LEVELS.items() if own == right} == {
        *("when", "|", "=>", "=", "++", "--", "<>", "..", "//")
    }
