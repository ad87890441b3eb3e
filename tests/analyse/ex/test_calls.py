from __future__ import annotations

import pytest

from relupc.analyse.ex import modules_from
from relupc.model.beam import FA, MFA
from relupc.model.code import Function, local_funs
from relupc.model.source import Source
from relupc.model.term import Fun


def the(body: str) -> Function:
    (module,) = modules_from(Source("a.ex", f"defmodule A do\n def f(x) do\n{body}\n end\n def g(x), do: x\nend"))
    return module.functions[FA("f", 1)]


@pytest.mark.parametrize(
    ("body", "kind", "tail"),
    [
        ("g(x)", "local", True),
        ("x |> g()", "local", True),
        ("x |> g", "local", True),
        ("__MODULE__.g(x)", "remote", True),
        ("g(x)\n1", "local", False),
        ('"#{g(x)}"', "local", False),
        ('"#{__MODULE__.g(x)}"', "remote", False),
        ("if x, do: g(x)", "local", True),
        ("x && g(x)", "local", True),
        ("cond do\n x -> g(x)\n true -> 1\nend", "local", True),
    ],
)
def test_calls(body: str, kind: str, tail: bool) -> None:
    (call,) = (call for call in the(body).calls if call.called == MFA("Elixir.A", "g", 1))
    assert (call.kind, call.tail) == (kind, tail)


def test_funs() -> None:
    assert the("&Shop.g/1").returns == (Fun("Elixir.Shop", "g", 1),)
    for body in ("&g/1", "&g(&1)", "fn y -> y end", "&(&1 + 1)"):
        assert len(local_funs(the(body).returns[0])) == 1


@pytest.mark.parametrize(("timeout", "timed"), [("5", [True]), (":infinity", [False]), ("0", []), ("x", [])])
def test_receive(timeout: str, timed: list[bool]) -> None:
    assert [wait.timed for wait in the(f"receive do\n _ -> 1\nafter\n {timeout} -> 2\nend").waits] == timed
