from __future__ import annotations

import pytest

from relupc.analyse.erl.syntax import MAX_DEPTH, Cursor, NotReadError
from relupc.analyse.erl.tokens import forms


def test_a_cursor_goes_so_deep() -> None:
    cursor = Cursor([], {})
    for _ in range(MAX_DEPTH):
        cursor.deeper()
    with pytest.raises(NotReadError):
        cursor.deeper()


def test_a_cursor_goes_on_only_past_what_is_asked_for() -> None:
    cursor = Cursor(next(forms("f ( 'end' .\n")), {})
    assert cursor.take().text == "f"
    assert cursor.sees("(")
    assert not cursor.skip("{")
    assert cursor.need("(").line == 1
    assert not cursor.sees("end")  # the quoted atom is no keyword
    with pytest.raises(NotReadError):
        cursor.need("end")
    cursor.take()
    assert cursor.here.kind == "end"
    assert cursor.take().text == ""
