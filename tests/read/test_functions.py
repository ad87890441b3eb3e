"""The table of functions: what is in it; fixtures/scripts and random programs hold each against OTP."""

from __future__ import annotations

import re

import pytest

from relupc.model.term import Atom, Int, List, Map, Str
from relupc.read.functions import TABLE, known
from relupc.read.halt import MAX_PARTS, TOO_BIG, Halt
from tests.cases import FIXTURES


def test_every_function_has_its_case() -> None:
    """values.txt calls each of them, in each of its arities."""
    text = (FIXTURES / "scripts" / "values.txt").read_text("utf-8")
    for module, name, _ in TABLE:
        prefix = "" if module == "erlang" else f"{module}:"
        assert re.search(rf"\b{prefix}{name}\(", text), f"{module}:{name}"


def test_what_is_not_known() -> None:
    assert known("lists", "map", 2) is None
    assert known("erlang", "halt", 0) is None
    assert known("os", "cmd", 1) is None
    assert known("maps", "keys", 1) is None  # in an order that differs between releases
    assert known("lists", "append", 3) is None


@pytest.mark.parametrize("count", [MAX_PARTS + 1, 10**30])
def test_nothing_long_is_made(count: int) -> None:
    for name, arguments in (("seq", (Int(1), Int(count))), ("duplicate", (Int(count), Atom("a")))):
        function = known("lists", name, 2)
        assert function
        with pytest.raises(Halt) as halt:
            function(*arguments)
        assert halt.value.label == TOO_BIG


def test_no_long_text_is_made() -> None:
    join = known("string", "join", 2)
    assert join
    with pytest.raises(Halt) as halt:
        join(List((Str("a"),) * 1000), Str("b" * 1000))
    assert halt.value.label == TOO_BIG


def test_the_order_of_a_map_plays_no_part() -> None:
    merge = known("maps", "merge", 2)
    assert merge
    first, second = Map(((Atom("a"), Int(1)),)), Map(((Atom("b"), Int(2)),))
    assert merge(first, second) == merge(second, first)
