from __future__ import annotations

import pytest

from tests.analyse.erl.test_whole import read


@pytest.mark.parametrize(
    ("body", "known"),
    [
        ("case g(x) do\n :a -> 1\n {:b, _} -> 2\nend", True),
        ("case g(x) do\n :a -> 1\n :c -> 2\nend", False),
        ("case Shop.kind(x) do\n :a -> 1\n :a -> 2\nend", False),
        ("case Shop.kind(x) do\n %{a: y} -> y\n %{b: y} -> y\nend", True),
        ("case Shop.kind(x) do\n %{a: y} -> y\n %{a: 1} -> 1\nend", False),
        ("case Shop.kind(x) do\n y when y > x -> y\n y -> y\nend", True),
        ("length(x)\ncase x do\n [] -> 1\n _ -> 2\nend", False),
        ("if x.a, do: 1, else: 2", True),
        ("if x.a, do: 1, else: (if x.a, do: 1, else: 2)", False),
        ("x + 1\nShop.add(x.a)", False),
        ("y = fn z -> (if z, do: 1, else: 2) end\ny.(1)", False),
        ("Shop.each(fn z -> (if z, do: 1, else: 2) end)", True),
    ],
)
def test_branches(body: str, known: bool) -> None:
    assert ("f" in read(f"def f(x) do\n{body}\nend\ndef g([]), do: :a\ndef g(x), do: {{:b, x}}")) == known
