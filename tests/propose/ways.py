"""For tests: the texts of Erlang modules in two builds in, what is proposed for the way between them out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from relupc.analyse import program_of
from relupc.compare import diff_app
from relupc.model.diagnostic import Direction
from relupc.model.program import Program
from relupc.model.proposal import Suggestion
from relupc.model.typed import typed
from relupc.propose.decide import decide
from relupc.propose.order import ordered
from relupc.propose.way import Action, Way
from tests.compiled import compiled
from tests.modules import module

Texts = Mapping[str, str]

SERVER = """-behaviour(gen_server).
-record(state, {items}).
init([]) -> {ok, #state{items = []}}.
handle_call(_, _, S = #state{}) -> {reply, ok, S}.
handle_cast(_, S = #state{}) -> {noreply, S}.
"""
SUPERVISOR = """-behaviour(supervisor).
start_link() -> supervisor:start_link({local, shop_sup}, ?MODULE, []).
init([]) -> {ok, {#{}, [CHILDREN]}}.
"""


def child(name: str) -> str:
    return f"#{{id => {name}, start => {{{name}, start_link, []}}}}"


def supervisor(*names: str) -> str:
    return SUPERVISOR.replace("CHILDREN", ", ".join(map(child, names)))


def build(texts: Texts, vsn: str) -> Program:
    made = (module(text, name, md5=hashlib.md5(text.encode()).digest()) for name, text in texts.items())
    return program_of(made, {"shop": vsn}, 25)


def way(old: Texts, new: Texts, direction: Direction = "up") -> Way:
    """The way between two builds of `shop`: name -> text."""
    before, after = build(old, "1"), build(new, "2")
    diff = diff_app("shop", ("1", "2"), before.modules, after.modules)
    return Way("up", before, after, diff) if direction == "up" else Way("down", after, before, diff)


def actions(old: Texts, new: Texts, direction: Direction = "up") -> dict[str, Action]:
    return {one.module: one for one in decide(way(old, new, direction))}


def proposed(old: Texts, new: Texts, direction: Direction = "up") -> tuple[Suggestion, ...]:
    found = way(old, new, direction)
    return ordered(found, decide(found))


def written(old: Texts, new: Texts, direction: Direction = "up") -> list[str]:
    """The instructions as they are typed, with the purges that all have left out."""
    texts = (typed(one.instruction) for one in proposed(old, new, direction))
    return [
        text.replace(", brutal_purge, soft_purge, []", "").replace("brutal_purge, soft_purge, ", "") for text in texts
    ]


def compiled_way(case: str, direction: Direction = "up") -> Way:
    """The way between the two builds of a case of fixtures/generate."""
    old, new = (compiled(f"generate/{case}/{vsn}/shop/ebin") for vsn in ("1.3.0", "1.4.0"))
    before, after = (program_of(one.values(), {"shop": vsn}, 25) for one, vsn in ((old, "1.3.0"), (new, "1.4.0")))
    diff = diff_app("shop", ("1.3.0", "1.4.0"), before.modules, after.modules)
    return Way("up", before, after, diff) if direction == "up" else Way("down", after, before, diff)
