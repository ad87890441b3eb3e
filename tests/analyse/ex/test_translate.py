from __future__ import annotations

import pytest

from relupc.analyse.ex import modules_from
from relupc.model.beam import FA
from relupc.model.code import Function
from relupc.model.source import Source
from relupc.model.term import Atom, Int, Tuple


def the(body: str) -> Function:
    text = f"defmodule A do\n @t 5\n alias X.Y\n def f(x) do\n{body}\n end\nend"
    return modules_from(Source("a.ex", text))[0].functions[FA("f", 1)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x = 1\nx = {x, x}\nx", Tuple((Int(1), Int(1)))),
        ("{y, _} = {:a, 2}\ny", Atom("a")),
        ("@t", Int(5)),
        ("Y.Z", Atom("Elixir.X.Y.Z")),
        ("Elixir.Y.Z", Atom("Elixir.Y.Z")),
        ("__MODULE__", Atom("Elixir.A")),
    ],
)
def test_values(body: str, expected: object) -> None:
    assert the(body).returns == (expected,)


def test_clauses_behind_the_one_that_takes_everything_are_left_out() -> None:
    assert the("case x do\n :a -> 1\n _ -> 2\n :b -> 3\nend").returns == (Int(1), Int(2))
    assert the("case Y.z() do\n ^x -> 1\n y when y -> 2\n {_, _} -> 3\nend").returns == (Int(1), Int(2), Int(3))


@pytest.mark.parametrize(
    "body", ["a ||| x", "odd(x)", "for y <- x, do: y", "with :a <- x, do: x", "quote do\n x\nend", "z"]
)
def test_not_read(body: str) -> None:
    found = the(f"{body}\nf(x)")
    assert found.calls == ()
    assert found.place is None
