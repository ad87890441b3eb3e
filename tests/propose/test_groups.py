"""relupc.propose.groups."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relupc.propose.groups import groups_of

NAMES = ["a", "b", "c", "d", "e"]


def before(*pairs: str) -> dict[str, set[str]]:
    """`ab`: a comes before b."""
    return {name: {pair[0] for pair in pairs if pair[1] == name} for name in NAMES}


def test_by_name_where_nothing_else_is_said() -> None:
    assert groups_of(["c", "a", "b"], {"a": set(), "b": set(), "c": set()}) == [["a"], ["b"], ["c"]]


def test_what_has_to_come_before() -> None:
    assert groups_of(NAMES, before("ca", "eb")) == [["c"], ["a"], ["d"], ["e"], ["b"]]


def test_a_circle_is_a_group() -> None:
    assert groups_of(NAMES, before("ab", "bd", "da", "ec")) == [["a", "b", "d"], ["e"], ["c"]]


def test_a_wish_counts_unless_it_is_a_contradiction() -> None:
    assert groups_of(NAMES, before(), [("e", "a")])[-1] == ["a"]
    assert groups_of(NAMES, before("ae"), [("e", "a")]) == groups_of(NAMES, before("ae"))
    assert groups_of(NAMES, before("ae", "ea"), [("e", "a")]) == groups_of(NAMES, before("ae", "ea"))
    assert groups_of(["a", "b"], {"a": set(), "b": set()}, [("b", "a"), ("a", "b")]) == [["a"], ["b"]]


PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] != p[1]))


@given(PAIRS, PAIRS)
def test_every_name_once_and_no_group_too_early(pairs: list[tuple[str, str]], wishes: list[tuple[str, str]]) -> None:
    needs = before(*(first + second for first, second in pairs))
    groups = groups_of(NAMES, needs, wishes)
    assert sorted(name for group in groups for name in group) == NAMES
    place = {name: n for n, group in enumerate(groups) for name in group}
    assert all(place[first] <= place[second] for first, second in pairs)
    assert groups == groups_of(list(reversed(NAMES)), needs, list(reversed(wishes)))
