from __future__ import annotations

import pytest

from relupc.analyse.ex import modules_from
from relupc.model.beam import FA
from relupc.model.source import Source


def is_read(body: str, head: str = "x") -> bool:
    text = f"defmodule A do\n @big 5\n def f({head}) do\n{body}\n end\nend"
    (module,) = modules_from(Source("a.ex", text))
    return module.functions[FA("f", 1)].place is not None


@pytest.mark.parametrize(
    "body",
    [
        "if x == 1, do: (if x == 2, do: a(), else: :b)",
        "if x == 1, do: 1, else: (if x == 1, do: 2, else: 3)",
        "unless x == 1, do: (if x == 1, do: 2, else: 3)",
        "if x != 1, do: 1, else: (if x > 3, do: 2, else: 3)",
        "if x > 3, do: 1, else: (if x == [], do: 2, else: 3)",
        "if x, do: 1, else: x && :a",
        "case x do\n 1 -> (if x, do: 1, else: 2)\n _ -> 2\nend",
        "case x do\n 1 -> 1\n y -> (if y == 1, do: 1, else: 2)\nend",
        "case x do\n y when y > 1 -> (if x > 0, do: 1, else: 2)\n _ -> 3\nend",
        "y = x\nif x == 1, do: (if y == 1, do: 1, else: 2)",
        "y = 5\ny || x",
        "{:a, _} = y = {:a, x}\nif y, do: 1, else: 2",
        "if true, do: 1, else: 2",
        "if @big, do: 1, else: 2",
        "case {1, x} do\n {1, _} -> 1\n _ -> 2\nend",
    ],
)
def test_what_is_known_is_asked(body: str) -> None:
    assert not is_read(body.replace("a()", ":a"))


@pytest.mark.parametrize(
    "body",
    [
        "if x == 1, do: 1, else: (if x == 2, do: 2, else: 3)",
        "cond do\n x < 1 -> 1\n x < 2 -> 2\n true -> 3\nend",
        "case x do\n 1 -> 1\n y -> (if y == 2, do: 1, else: 2)\nend",
        "if x == 1, do: 1, else: 2\nif x == 1, do: 1, else: 2",
        "y = F.f(x)\nif x, do: (if y, do: 1, else: 2)",
        "if x && F.f(x), do: 1, else: (if x == 1, do: 1, else: 2)",
        "case {x, F.f(x)} do\n {1, _} -> 1\n _ -> 2\nend",
        "fn y -> if y == x, do: 1, else: 2 end",
    ],
)
def test_what_is_not_known_is_asked(body: str) -> None:
    assert is_read(body)


def test_heads_tell() -> None:
    assert not is_read("x || :a", "0 = x")
    assert not is_read("if x == 1, do: 1, else: 2", "1), do: 1\n def f(x")
    assert is_read("if x == 2, do: 1, else: 2", "1), do: 1\n def f(x")
