from __future__ import annotations

import pytest

from relupc.analyse.erl.syntax import NotReadError
from relupc.analyse.ex.nodes import MAX_HEIGHT, Cursor, height_of, node
from relupc.analyse.ex.tokens import tokens


def test_height_has_an_end() -> None:
    found = node("opaque", 1)
    for _ in range(MAX_HEIGHT - 1):
        found = node("opaque", 1, found)
    assert height_of((found,)) == MAX_HEIGHT
    with pytest.raises(NotReadError):
        node("opaque", 1, found)


def test_cursor() -> None:
    cursor = Cursor(tokens("a\n)"))
    assert cursor.take().text == "a"
    cursor.need(")")
    assert cursor.here.kind == cursor.take().kind == "end"
    with pytest.raises(NotReadError):
        cursor.need(")")
