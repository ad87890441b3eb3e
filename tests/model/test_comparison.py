from __future__ import annotations

from relupc.model.comparison import AppRows, Comparison, Differences, Row
from relupc.model.program import Change, Diff


def test_what_is_left_out() -> None:
    """A row without more says nothing of appups and findings; a comparison takes it that the appups are known."""
    row = Row(Change("cart", "changed", (), None, None))
    assert (row.says, row.codes) == (None, ())
    assert Comparison("shop", (AppRows(Diff("shop", "1", "2", ()), (row,)),)).appups
    assert Differences(None, None, (), ()).otp is None


def test_whether_an_application_changed() -> None:
    same = Change("cart", "same", ("only line numbers differ",), None, None)
    assert not Diff("shop", "1", "1", (same,)).is_changed
    assert Diff("shop", "1", "2", (same,)).is_changed
    assert Diff("shop", "1", "1", (same, same._replace(kind="added"))).is_changed
    assert Diff("shop", None, "1", ()).is_changed
