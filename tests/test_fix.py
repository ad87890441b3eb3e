from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.fix import Edit, chosen, edited, wanted
from relupc.model.codes import A101
from relupc.model.diagnostic import Diagnostic, Fix, Suppressed
from relupc.model.source import Source, Span

SOURCE = Source("a.appup", "0123456789")
OTHER = Source("b.appup", "0123456789")


def fix(*edits: tuple[int, int, str], safe: bool = True, source: Source = SOURCE) -> Diagnostic:
    spans = tuple((Span(source, start, end), text) for start, end, text in edits)
    return A101.at(Span(source, edits[0][0], edits[0][1]), "x", fix=Fix("write it", spans, safe))


def taken(*diagnostics: Diagnostic) -> list[int]:
    """The numbers of those that are fixed in one round."""
    made = chosen(diagnostics)[1]
    return [n for n, diagnostic in enumerate(diagnostics) if any(diagnostic is other for other in made)]


def test_what_is_wanted() -> None:
    safe, unsafe, none = fix((0, 1, "a")), fix((2, 3, "b"), safe=False), A101.at(None, "x")
    empty = A101.at(None, "x", fix=Fix("nothing", (), safe=True))
    assert wanted([safe, unsafe, none, empty], unsafe=False) == [safe]
    assert wanted([safe, unsafe, none, empty], unsafe=True) == [safe, unsafe]


@pytest.mark.parametrize("by", ["comment", "config", "baseline"])
def test_what_is_silenced_is_not_fixed(by: Suppressed) -> None:
    assert wanted([replace(fix((0, 1, "a")), suppressed=by)], unsafe=True) == []


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        (fix((0, 2, "a")), fix((1, 3, "b")), False),
        (fix((1, 3, "a")), fix((0, 2, "b")), False),
        (fix((0, 9, "a")), fix((3, 4, "b")), False),
        (fix((3, 4, "a")), fix((0, 9, "b")), False),
        (fix((0, 2, "a")), fix((2, 4, "b")), True),
        (fix((2, 4, "a")), fix((0, 2, "b")), True),
        (fix((0, 2, "a")), fix((0, 2, "b")), False),
        (fix((0, 2, "a")), fix((0, 2, "a")), True),
        (fix((2, 2, "a")), fix((2, 2, "a")), True),
        (fix((2, 2, "a")), fix((2, 2, "b")), False),
        (fix((2, 2, "a")), fix((2, 4, "b")), False),
        (fix((2, 2, "a")), fix((0, 2, "b")), False),
        (fix((2, 2, "a")), fix((3, 4, "b")), True),
        (fix((0, 2, "a")), fix((0, 2, "a"), source=OTHER), True),
        (fix((0, 1, ""), (5, 6, "")), fix((2, 3, "")), True),
        (fix((0, 1, ""), (5, 6, "")), fix((5, 6, "")), False),
        (fix((0, 1, ""), (5, 6, "")), fix((5, 6, ""), (8, 9, "")), False),
        (fix((0, 1, ""), (5, 6, "")), fix((0, 1, ""), (5, 6, "")), True),
    ],
)
def test_no_two_fixes_touch_the_same_characters(first: Diagnostic, second: Diagnostic, both: bool) -> None:
    assert taken(first, second) == ([0, 1] if both else [0])


def test_a_fix_is_made_as_a_whole_or_not_at_all() -> None:
    edits, made = chosen([fix((4, 6, "a")), fix((0, 1, "b"), (5, 7, "c")), fix((0, 1, "d"))])
    assert edits == {"a.appup": [Edit(0, 1, "d"), Edit(4, 6, "a")]}
    assert len(made) == 2


def test_a_fix_that_is_at_odds_with_itself_is_not_made() -> None:
    assert taken(fix((0, 4, "a"), (2, 6, "b"))) == []
    assert taken(fix((0, 4, "a"), (4, 6, "b"))) == [0]


def test_edits() -> None:
    assert edited("0123456789", []) == "0123456789"
    assert edited("0123456789", [Edit(0, 1, "a"), Edit(1, 1, "b"), Edit(4, 9, "")]) == "ab1239"
    assert edited("0123456789", [Edit(10, 10, "x")]) == "0123456789x"


def test_what_is_put_in_gets_the_line_ends_of_the_text() -> None:
    assert edited("a\r\nb\r\n", [Edit(1, 1, ",\n c")]) == "a,\r\n c\r\nb\r\n"
    assert edited("a\r\nb\r\n", [Edit(1, 1, ",\r\n c")]) == "a,\r\n c\r\nb\r\n"
    assert edited("a\nb\n", [Edit(1, 1, ",\n c")]) == "a,\n c\nb\n"


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.sampled_from(["", "x", "yz"])), max_size=8))
def test_chosen_edits_are_in_order_and_apart(spans: list[tuple[int, int, str]]) -> None:
    found = [fix((start, min(start + size, 10), text)) for start, size, text in spans]
    edits = chosen(found)[0].get("a.appup", [])
    assert edits == sorted(set(edits))
    assert all(one.end <= other.start for one, other in pairwise(edits))
    assert bool(edits) == bool(spans)
