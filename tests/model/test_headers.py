from __future__ import annotations

from dataclasses import replace

import pytest

from relupc.model.code import Module
from relupc.model.headers import disagree, header_of
from tests.modules import module


def with_record(fields: tuple[str, ...], used: set[int], file: str = "include/shop.hrl", app: str = "shop") -> Module:
    """A module with the record `item`, that makes or asks for tuples of these sizes with its tag."""
    return replace(
        module("", app=app), records={"item": fields}, headers={"item": file}, sizes=lambda _: frozenset(used)
    )


OLD = with_record(("price",), {2})


def test_where_a_record_is_from() -> None:
    assert header_of(OLD, "item") == "shop.hrl"
    assert header_of(OLD, "cart") is None
    assert header_of(with_record(("price",), {2}, "src/shop.erl"), "item") is None


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (with_record(("price", "tax"), {3}), True),
        (with_record(("price", "tax"), {3}, "src/shop.hrl"), True),
        (with_record(("price", "tax"), {3}, "include/till.hrl"), False),
        (with_record(("price", "tax"), {3}, "src/shop.erl"), False),
        (with_record(("price", "tax"), set()), False),  # it only includes the header
        (with_record(("price", "tax"), {2, 3}), False),  # it takes both
        (with_record(("net",), {2}), False),
        (with_record(("price", "tax"), {3}, app="till"), False),
    ],
)
def test_two_sizes_of_one_record(other: Module, found: bool) -> None:
    assert disagree("item", OLD, other) is found
    assert disagree("item", other, OLD) is found


def test_headers_of_other_applications() -> None:
    """What is included of another one is known by the name of that one in its path."""
    here, there = "../shop/include/shop.hrl", "/build/lib/shop/include/shop.hrl"
    one = with_record(("price",), {2}, here)
    assert disagree("item", one, with_record(("price", "tax"), {3}, there, app="till"))
    assert not disagree(
        "item", one, with_record(("price", "tax"), {3}, "/build/lib/other/include/shop.hrl", app="till")
    )
