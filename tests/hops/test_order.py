"""Common orders of lists, and groups."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relupc.hops.order import groups, in_order, runs, settled, without_repeats

NAMES = st.lists(st.sampled_from("abcdef"), unique=True)


def test_a_common_order() -> None:
    assert in_order("abcd", ["cb", "da"]) == list("cbda")
    assert in_order("abc", []) == list("abc")
    assert in_order("abc", ["ax", "xb"]) == list("abc")
    assert in_order("ab", ["ab", "ba"]) is None
    assert settled("ab", "ab", "ba") == (list("ba"), False)
    assert settled("ab", "", "ba") == (list("ba"), True)


@given(NAMES, NAMES)
def test_the_later_list_keeps_its_order(first: list[str], second: list[str]) -> None:
    names = list(dict.fromkeys((*first, *second)))
    found, agreed = settled(names, first, second)
    assert sorted(found) == sorted(names)
    assert [name for name in found if name in second] == second
    both = [name for name in first if name in second] == [name for name in second if name in first]
    assert agreed or not both
    if agreed:
        assert [name for name in found if name in first] == first


def test_groups() -> None:
    assert groups("abcd", [("a", "c"), ("c", "x"), ("d", "d")]) == {"a": "a", "c": "a", "b": "b", "d": "d"}
    assert runs("abcd", {"a": "1", "b": "2", "c": "1", "d": "3"}) == [["a", "c"], ["b"], ["d"]]
    assert without_repeats("aabba") == list("aba")
