from __future__ import annotations

from relupc.analyse.ex import modules_from
from relupc.model.beam import FA, MFA
from relupc.model.code import Function
from relupc.model.source import Source


def the(body: str) -> Function:
    (module,) = modules_from(Source("a.ex", f"defmodule A do\n def f(x) do\n{body}\n end\n def g(x), do: x\nend"))
    return module.functions[FA("f", 1)]


def test_what_a_call_goes_on_with() -> None:
    found = the("case g(x) do\n :a -> f(x)\n _ ->\n  Process.sleep(1)\n  x\nend")
    assert found.goes_on == {MFA("Elixir.A", "g", 1): frozenset({FA("f", 1)})}


def test_where_a_receive_leads() -> None:
    (wait,) = the("receive do\n :a -> f(x)\n _ -> exit(:x)\nafter\n 5 -> g(x)\nend").waits
    assert wait.timed
    assert wait.goes_to == frozenset((FA("f", 1), FA("g", 1)))


def test_a_variable_at_the_end_is_what_was_called() -> None:
    (wait,) = the("receive do\n :a -> (y = f(x); y)\n _ -> x\nend").waits
    assert wait.goes_to == frozenset((FA("f", 1),))


def test_bounds() -> None:
    assert the("if x == 0, do: 1, else: f(x - 1)").bounded == "counter"
    assert the("case x do\n [_ | t] -> f(t)\n _ -> 1\nend").bounded == "list"
    assert the("receive do y -> f(y + 1) end").bounded is None
    (module,) = modules_from(Source("a.ex", "defmodule A do\n def f(0 = x), do: x\n def f(x), do: f(x - 1)\nend"))
    assert module.functions[FA("f", 1)].bounded == "counter"
