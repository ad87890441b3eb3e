from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from relupc.model.lazy import Later, Lazy, regex


def test_values_are_made_once_and_when_asked_for() -> None:
    made: list[str] = []

    def length(key: str) -> int:
        made.append(key)
        return len(key)

    found = Lazy(["cart", "till"], length)
    assert (list(found), len(found), "cart" in found, "shop" in found, made) == (["cart", "till"], 2, True, False, [])
    assert (found["cart"], found.get("cart"), found.get("shop")) == (4, 4, None)
    assert made == ["cart"]
    assert found == {"cart": 4, "till": 4}
    assert repr(found) == "{'cart': 4, 'till': 4}"
    assert made == ["cart", "till"]


def test_of_a_sparse_one_only_some_keys_are_there() -> None:
    found = Lazy(["", "till"], len, sparse=True)
    assert (list(found), len(found), "" in found, found.get("")) == (["till"], 1, False, None)
    with pytest.raises(KeyError):
        found[""]


def test_a_whole_that_is_made_later() -> None:
    made: list[int] = []

    def whole() -> Mapping[str, int]:
        made.append(1)
        return {"cart": 4}

    found = Later(whole)
    assert made == []
    assert (found["cart"], "till" in found, list(found), len(found), found == {"cart": 4}) == (
        4,
        False,
        ["cart"],
        1,
        True,
    )
    assert repr(found) == "{'cart': 4}"
    assert made == [1]


def test_a_pattern_is_as_compiled_but_later() -> None:
    found = regex(r"(?P<name>[a-z]+)-\d", re.IGNORECASE)
    assert [match["name"] for match in found.finditer("cart-1 TILL-2")] == ["cart", "TILL"]
    assert (found.pattern, found.groups) == (r"(?P<name>[a-z]+)-\d", 1)
    broken = regex("(")  # nobody looks at it yet
    with pytest.raises(re.error):
        broken.search("")
