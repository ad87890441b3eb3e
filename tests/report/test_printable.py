"""Escapes, columns and cuts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.report.printable import CUT, excerpt, printable, shorten

ROOM = 40


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain `text` äß 価格", "plain `text` äß 価格"),
        ("two\n   lines\r\n\n", "two lines"),
        ("a\ttab", "a tab"),
        ("\x1b[31m\x00\x7f\x9b", "\\x{1B}[31m\\x{0}\\x{7F}\\x{9B}"),
        ("\u202eright to left\u2028\ud800", "\\x{202E}right to left\\x{2028}\\x{D800}"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_shorten() -> None:
    assert shorten("123456", 6) == "123456"
    assert shorten("1234567", 6) == "123..."


@pytest.mark.parametrize(
    ("line", "place", "expected"),
    [
        ("", (0, 0), ("", (0, 1))),
        ("abc", (1, 2), ("abc", (1, 1))),
        ("abc", (3, 9), ("abc", (3, 1))),
        ("\tb", (1, 2), ("        b", (8, 1))),
        ("価\tb", (2, 3), ("価      b", (8, 1))),
        ("価格", (1, 2), ("価格", (2, 2))),
        ("e\u0301x", (2, 3), ("e\u0301x", (1, 1))),
        ("\x1bx", (1, 2), ("\\x{1B}x", (6, 1))),
        ("x" * 40, (39, 40), ("x" * 40, (39, 1))),
        ("x" * 41, (0, 41), ("x" * 34 + "...", (0, 34))),
        ("x" * 40 + "y", (40, 41), ("..." + "x" * 33 + "y", (36, 1))),
        ("x" * 200 + "y" * 200, (200, 300), ("..." + "x" * 11 + "y" * 23 + "...", (14, 23))),
    ],
)
def test_excerpt(line: str, place: tuple[int, int], expected: tuple[str, tuple[int, int]]) -> None:
    text, (shown,) = excerpt(line, [place], ROOM)
    assert (text, shown) == expected


def test_what_is_cut_off_is_marked_at_the_dots() -> None:
    text, shown = excerpt("a" + "x" * 100 + "y" + "x" * 100 + "z", [(101, 102), (0, 1), (202, 203)], ROOM)
    assert [text[column : column + width] for column, width in shown] == ["y", CUT, CUT]


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=200), st.data())
def test_what_is_marked_is_what_was_meant(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    room = data.draw(st.integers(1, 120))
    text, ((column, width),) = excerpt(line, [(start, end)], room)
    assert len(text) <= max(room, 20)
    marked = text[column : column + width].removesuffix(CUT)
    assert line[start:].startswith(marked)
    assert end - start <= width or CUT in text
