from __future__ import annotations

import pytest

from relupc.model.codes import A104, A105, TABLE
from relupc.model.selection import code_called, codes_meant, nearest_word, selected


@pytest.mark.parametrize("word", ["A104", "a104", "depmod-without-instruction", "Depmod-Without-Instruction"])
def test_a_code_by_number_or_name(word: str) -> None:
    assert code_called(word) is A104


def test_what_a_word_means() -> None:
    assert codes_meant("A10") == tuple(code for code in TABLE.values() if code.code.startswith("A10"))
    assert set(codes_meant("r")) == {code for code in TABLE.values() if code.code.startswith("R")}
    assert codes_meant("all") == codes_meant("default") == tuple(TABLE.values())
    for word in ("", "X1", "A1x", "A1044", "A", "depmods"):
        assert codes_meant(word) == (() if word != "A" else tuple(c for c in TABLE.values() if c.code[0] == "A"))


def test_ignore_wins() -> None:
    assert selected(["A10"], ["A104", "circular-depmods"]) == {
        code.code for code in codes_meant("A10") if code not in (A104, A105)
    }
    assert selected(["nonsense"], []) == frozenset()


def test_the_nearest_word() -> None:
    assert nearest_word("circular-depmod") == "circular-depmods"
    assert nearest_word("defualt") == "default"
    assert nearest_word("qqqq") is None
    assert (nearest_word("A3O6"), nearest_word("aoo4"), nearest_word("AlO5")) == ("A306", "A004", "A105")
