"""Random small modules of Elixir, full of calls that do not return and of values that tell which branch is taken."""

from __future__ import annotations

import random
from typing import NamedTuple

NAMES = ("loop", "run", "wait", "go")
HEADS = ("[x | _]", "{x}", "0 = x", ":stop = x", "%{k: _} = x", "{:ok, x}")
PATTERNS = (":ok", "1", "[]", "{:ok, _}", ":stop", "[_ | _]", "%{k: _}", "y when is_atom(y)")
# How an expression is made of smaller ones: $one is any, $call calls a function of the module, $value is a variable or
# a constant, $pattern a pattern.
EXPRESSIONS = (
    *("$call", "$call", "$call", "$value", "exit(:no)", 'raise("no")', "throw(x)"),
    *("[$value, $call]", "{:ok, $value}", "Shop.count($value)", "Process.sleep(5)", "x + 1", "%{x | k: $value}"),
    *("spawn(fn -> $one end)", "send(x, fn -> $value end)", ":ets.insert(:t, {1, fn -> $one end})"),
    *("case x do\n $pattern -> $one\n _ -> $one\nend", "case $call do\n $pattern -> $one\n $pattern -> $one\nend"),
    *("case x do\n %{k: :a} -> $one\n %{k: _} = y -> Shop.add(y)\n _ -> $one\nend", "(y = $value; Shop.add(y))"),
    *("if x.k == 1 do\n$one\nelse\n$one\nend", "if x do\n$one\nelse\n$one\nend", "if is_list(x), do: $one, else: $one"),
    *("receive do\n {:a, x} -> $one\n x -> $one\nend", "receive do\n $pattern -> $one\nafter\n 10 -> $one\nend"),
    *("cond do\n x == 1 -> $one\n true -> $one\nend", "x && $call", "x = Shop.next(x)"),
)


class Named(NamedTuple):
    """A function: its name and whether it is public."""

    name: str
    word: str


def module_text(seed: int) -> str:
    """The text of the module `Random.M<seed>`."""
    chosen = random.Random(seed)
    known = [Named(name, chosen.choice(("def", "defp"))) for name in NAMES]
    parts = [f"defmodule Random.M{seed} do", f"def start(x) do\n{_body(chosen, known, 2)}\nend"]
    for name, word in known:
        parts.append(f"{word} {name}(:done), do: :ok")
        heads = ["x"] if chosen.random() < 0.5 else [chosen.choice(HEADS), "x"]
        parts += [f"{word} {name}({head}) do\n{_body(chosen, known, 2)}\nend" for head in heads]
    return "\n".join((*parts, "end\n"))


def _body(chosen: random.Random, known: list[Named], depth: int) -> str:
    return "\n".join(_expression(chosen, known, depth) for _ in range(chosen.choice((1, 1, 2, 3))))


def _expression(chosen: random.Random, known: list[Named], depth: int) -> str:
    text = chosen.choice(EXPRESSIONS if depth else EXPRESSIONS[:3])
    while "$" in text:
        before, _, after = text.partition("$")
        word = next(word for word in ("one", "call", "value", "pattern") if after.startswith(word))
        text = before + _part(chosen, known, depth, word) + after.removeprefix(word)
    return text


def _part(chosen: random.Random, known: list[Named], depth: int, word: str) -> str:
    value = chosen.choice(("x", "x", "1", ":a", "[]", "{:ok, x}"))
    match word:
        case "one":
            return f"({_body(chosen, known, depth - 1)})"
        case "call":
            name, visible = chosen.choice(known)
            return f"{'__MODULE__.' if visible == 'def' and chosen.random() < 0.2 else ''}{name}({value})"
        case "pattern":
            return chosen.choice(PATTERNS)
    return value
