from __future__ import annotations

import pytest

from relupc.analyse import program_of
from relupc.analyse.erl import bounds_from
from relupc.analyse.erl.sure import agreed, sure
from relupc.analyse.ex import modules_from
from relupc.model.loop import Staying
from relupc.model.source import Source

LOOP = """defmodule Shop.Till do
 {head}
 def start, do: spawn(fn -> loop([]) end)
 def loop(seen) do
  receive do
   :change -> change(seen)
   item -> loop([item | seen])
  end
 end
 def change(seen) do
  {body}
 end
 {more}
end"""


def found(body: str, head: str = "", more: str = "") -> Staying:
    text = LOOP.replace("{body}", body).replace("{head}", head).replace("{more}", more)
    (module,) = modules_from(Source("till.ex", text))
    return sure(module, program_of([module], {}, 24).staying.get(module.name, Staying()))


def test_what_was_read_is_sure() -> None:
    assert [loop.turn for loop in found("length(seen)").loops] == ["local"]
    assert [loop.turn for loop in found("__MODULE__.loop(seen)").loops] == ["mixed"]


@pytest.mark.parametrize("body", ["for x <- seen, do: x\n __MODULE__.loop(seen)", "with [x] <- seen, do: loop(x)"])
def test_a_function_that_was_not_read_may_leave(body: str) -> None:
    assert found(body).loops == ()


def test_it_may_be_called_by_a_callback() -> None:
    more = "def handle_info(:go, state), do: for(x <- state, do: loop(x))"
    assert found("length(seen)", more=more).loops
    assert found("length(seen)", "@behaviour :gen_server", more).loops == ()


def test_the_way_to_it_may_be_another() -> None:
    more = "def other, do: for(_ <- [1], do: spawn(fn -> loop([]) end))"
    assert found("length(seen)", more=more).loops


@pytest.mark.parametrize(
    ("more", "turns"),
    [
        ("", ["inside"]),
        ("after_all() -> [1, loop([])].", []),  # it does not return, so that it is the last thing that loop/1 does
    ],
)
def test_a_loop_that_may_go_on_otherwise(more: str, turns: list[str]) -> None:
    """Compiled `after_all()` is what loop/1 ends with, and what is said of the loop is another thing."""
    last = "after_all()" if more else "ok"
    text = f"""-module(till).
-export([start/0, loop/1]).
start() -> spawn(fun() -> loop([]) end).
loop(_) -> receive _ -> ok end, ?MODULE:loop(1), {last}.
{more}
"""
    found = bounds_from(Source("till.erl", text))
    assert found
    most, least = (program_of([one], {}, 24).staying["till"] for one in (found.most, found.least))
    assert [loop.turn for loop in agreed(found, least, most).loops] == turns


@pytest.mark.parametrize(("end", "kinds"), [("X", ["helper"]), ("exit(X)", [])])
def test_a_helper_that_does_not_return(end: str, kinds: list[str]) -> None:
    text = f"""-module(till).
-export([start/1, loop/1]).
start(X) -> spawn(fun() -> loop(X) end).
loop({{}}) -> wait(1), ok;
loop(X) -> loop(X).
wait(_) -> receive X -> {end} end.
"""
    found = bounds_from(Source("till.erl", text))
    assert found
    most, least = (program_of([one], {}, 24).staying.get("till", Staying()) for one in (found.most, found.least))
    assert [loop.block.kind for loop in agreed(found, least, most).loops] == kinds
