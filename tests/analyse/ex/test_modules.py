from __future__ import annotations

import pytest

from relupc.analyse.erl.tokens import TooLongError
from relupc.analyse.ex import MAX_MODULES, modules_from
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


def is_read(text: str, name: str) -> bool:
    (module,) = (one for one in modules_from(Source("a.ex", text)) if one.name == name)
    return bool(module.functions[FA("f", 1)].place)


@pytest.mark.parametrize(
    ("line", "read"), [("import Shop.M", False), ("require Shop.M", False), ("import Bitwise", True)]
)
def test_what_may_be_a_macro_of_another_module_is_no_call(line: str, read: bool) -> None:
    body = " def f(x), do: Shop.M.next(x)\n"
    assert is_read(f"defmodule A do\n {line}\n{body}end", "Elixir.A") == read
    assert is_read(f"defmodule A do\n {line}\n defmodule B do\n{body}end\nend", "Elixir.A.B") == read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("defmodule Elixir.A do\nend", ["Elixir.A"]),
        ("defmodule A do\n defmodule Elixir.B do\n end\nend", ["Elixir.B", "Elixir.A"]),
        ("alias X.Y\ndefmodule Y.A do\nend", ["Elixir.X.Y.A"]),
        ("alias X.B\ndefmodule A do\n defmodule B.C do\n end\nend", ["Elixir.A.B.C", "Elixir.A"]),
    ],
)
def test_names_of_modules(text: str, names: list[str]) -> None:
    assert [module.name for module in modules_from(Source("a.ex", text))] == names


def test_what_is_delegated_is_there() -> None:
    text = "defmodule A do\n defdelegate handle_info(a, b \\\\ 1), to: B\nend"
    (module,) = modules_from(Source("a.ex", text))
    assert module.exports == module.functions.keys() == {FA("handle_info", 1), FA("handle_info", 2)}


def test_a_file_of_too_many_modules_is_not_read() -> None:
    assert len(modules_from(Source("a.ex", "defmodule A do\nend\n" * MAX_MODULES))) == MAX_MODULES
    with pytest.raises(TooLongError, match="more than 200 modules"):
        modules_from(Source("a.ex", "defmodule A do\nend\n" * (MAX_MODULES + 1)))
