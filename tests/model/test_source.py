from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relupc.model.source import Source, Span

TEXT = Source("dir/a.rel", "one\r\ntwo\n\nλ end")


def test_line_col() -> None:
    assert [TEXT.line_col(offset) for offset in (0, 3, 4, 5, 8, 9, 10, 12, 15)] == [
        (1, 1), (1, 4), (1, 5), (2, 1), (2, 4), (3, 1), (4, 1), (4, 3), (4, 6)
    ]  # fmt: skip


def test_line() -> None:
    assert [TEXT.line(number) for number in range(1, 6)] == ["one", "two", "", "λ end", ""]
    assert Source("", "").line(1) == ""
    assert Source("", "a\n").line(2) == ""


@given(st.text(alphabet="a\r\nλ"))
def test_every_offset_is_in_its_line(text: str) -> None:
    source = Source("", text)
    for offset in range(len(text) + 1):
        line, column = source.line_col(offset)
        assert sum(len(part) + 1 for part in text.split("\n")[: line - 1]) + column - 1 == offset
        assert source.line(line) == text.split("\n")[line - 1].removesuffix("\r")


def test_span() -> None:
    span = Span(TEXT, 5, 8)
    assert (span.line, span.text) == (2, "two")


def test_extent() -> None:
    source = Source("a", "one\ntwo\n\nfour")
    assert Span(source, 1, 3).extent == (1, 2, 1, 4)
    assert Span(source, 4, 4).extent == (2, 1, 2, 1)
    assert Span(source, 1, 8).extent == (1, 2, 3, 1)
    assert Span(source, 1, 13).extent == (1, 2, 4, 5)


def test_two_sources_are_never_equal() -> None:
    assert Source("a", "b") != Source("a", "b")
    assert TEXT == TEXT  # noqa: PLR0124 - a source is itself
