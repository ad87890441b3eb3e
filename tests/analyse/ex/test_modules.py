from __future__ import annotations

import pytest

from relupc.analyse.ex import modules_from
from relupc.model.beam import FA
from relupc.model.source import Source


@pytest.mark.parametrize(
    "line", ["use Shop.Web", "@before_compile Shop", "plug :x", "import Kernel, except: [if: 2]", "use X"]
)
def test_what_may_define_functions_is_left_out(line: str) -> None:
    assert modules_from(Source("a.ex", f"defmodule A do\n {line}\n def f, do: 1\nend")) == []


def test_names_and_behaviours() -> None:
    head = "defmodule A.B do\n use GenServer\n @behaviour :gen_event\n"
    text = head + " defmodule C do\n  def f(a, b \\\\ 1), do: a + b\n end\nend"
    inner, outer = modules_from(Source("a.ex", text))
    assert (inner.name, outer.name) == ("Elixir.A.B.C", "Elixir.A.B")
    assert outer.behaviours == ("Elixir.GenServer", "gen_event")
    assert inner.exports == {FA("f", 1), FA("f", 2)}
