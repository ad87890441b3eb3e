from __future__ import annotations

import pytest

from relupc.analyse.evaluate import Evaluator
from relupc.analyse.results import known_results
from relupc.analyse.starts import SHAPES, option, outside_of, process_of, processes, started, starts_of
from relupc.analyse.values import UNKNOWN, unknown
from relupc.model.beam import MFA
from relupc.model.code import Module, Part, Result
from relupc.model.term import Atom, List, Term, Tuple, as_list
from relupc.read.file import Unreadable
from relupc.read.text import read_text
from tests.modules import module

BY = MFA("shop", "start_link", 0)
CART = module("start_link() -> gen_server:start_link({local, cart}, cart, [], []).", "cart")


def term(text: str) -> Term:
    read = read_text(f"{text}.", "args")
    assert not isinstance(read, Unreadable)
    return read


def evaluator(*modules: Module) -> Evaluator:
    return Evaluator({one.name: one for one in modules}, lambda called: called in SHAPES, known_results())


@pytest.mark.parametrize(
    ("called", "args", "kind", "callback", "name"),
    [
        ("gen_server:start_link", "[cart, [], []]", "gen_server", "cart", None),
        ("gen_server:start", "[{local, till}, cart, [], []]", "gen_server", "cart", "till"),
        ("gen_statem:start_link", "[{global, till}, cart, [], []]", "gen_statem", "cart", "{global,till}"),
        ("gen_event:start_link", "[{local, news}]", "gen_event", None, "news"),
        ("gen_event:start_link", "[[]]", "gen_event", None, None),
        ("supervisor:start_link", "[{local, sup}, cart, []]", "supervisor", "cart", "sup"),
        ("supervisor_bridge:start_link", "[cart, []]", "supervisor_bridge", "cart", None),
        ("Elixir.GenServer:start_link", "[cart, [], [{name, till}]]", "gen_server", "cart", "till"),
        ("Elixir.Supervisor:start_link", "[[a], [{name, top}]]", "supervisor", None, "top"),
        ("Elixir.Supervisor:start_link", "[cart, []]", "supervisor", "cart", None),
        ("Elixir.Agent:start_link", "[f, [{name, nil}]]", "library", None, None),
        ("proc_lib:start_link", "[cart, init, [1]]", "special", "cart", None),
        ("erlang:spawn_link", "[cart, loop, []]", "bare", "cart", None),
        ("erlang:self", "[]", "self", None, None),
    ],
)  # fmt: skip
def test_calls(called: str, args: str, kind: str, callback: str | None, name: str | None) -> None:
    given = as_list(term(args)) or ()
    target, function = called.split(":")
    found = process_of(MFA(target, function, len(given)), given, BY)
    assert found
    assert (found.kind, found.module, found.name) == (kind, callback, term(name) if name else None)


def test_no_start() -> None:
    assert process_of(MFA("lists", "map", 2), (UNKNOWN, UNKNOWN), BY) is None
    assert process_of(MFA("gen_server", "start_link", 3), (UNKNOWN,), BY) is None, "its arguments are not all known"


def test_options() -> None:
    named = Tuple((Atom("name"), Atom("till")))
    assert option(List((named,)), "name") == Atom("till")
    assert option(List((UNKNOWN, named)), "name") == UNKNOWN, "what is not known may be it"
    assert option(List(()), "name") is None
    assert option(UNKNOWN, "name") == UNKNOWN


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("go() -> cart:start_link().", [("gen_server", "cart")]),
        ("go() -> {ok, P} = gen_server:start_link(cart, [], []), note(P), {ok, P}.", [("gen_server", "cart")]),
        ("go() -> P = spawn_link(cart, loop, []), {ok, P}.", [("bare", "cart")]),
        ("go() -> {ok, self()}.", [("self", None)]),
        ("go() -> spawn_link(cart, loop, []).", []),
        ("go() -> other:start_link().", []),
        ("go() -> gen_server:start(a, [], []), gen_server:start(b, [], []), ok.", []),
    ],
)
def test_what_a_start_function_starts(text: str, found: list[tuple[str, str | None]]) -> None:
    processes = started(evaluator(CART, module(text)), MFA("shop", "go", 0), ())
    assert [(one.kind, one.module) for one in processes] == found


def test_the_pid_put_in_another_tuple() -> None:
    answer = unknown(Result(MFA("supervisor", "start_link", 2), (Atom("sup"), List(()))))
    pid, reason = (unknown(Part(answer, at)) for at in (1, 0))
    (found,) = processes(Tuple((Atom("ok"), pid, Atom("state"))), BY)
    assert (found.kind, found.module) == ("supervisor", "sup")
    assert list(processes(Tuple((Atom("ok"), reason)), BY)) == []
    assert list(processes(Tuple((Atom("ok"), answer)), BY)) == [], "an answer is no pid"


def test_starts_of_a_module() -> None:
    text = "one() -> gen_server:start_link(cart, [], []), spawn(fun() -> ok end), self()."
    assert [(one.kind, one.by.name) for one in starts_of(module(text))] == [("gen_server", "one")]


OUTSIDE = """
    -behaviour(application).
    start(_, _) -> cart:start_link(), sup:start_link().
"""


def test_outside_the_tree() -> None:
    sup = module("start_link() -> supervisor:start_link(sup, []).", "sup")
    ev = evaluator(CART, sup, module(OUTSIDE))
    (found,) = outside_of(ev, ev.modules["shop"], ())
    assert (found.module, found.by, found.called) == ("cart", MFA("shop", "start", 2), MFA("cart", "start_link", 0))
    roots = started(ev, MFA("cart", "start_link", 0), ())
    assert list(outside_of(ev, ev.modules["shop"], roots)) == [], "it is what start/2 returns"
    returned = module("-behaviour(application).\nstart(_, _) -> cart:start_link().")
    assert list(outside_of(ev, returned, ())) == [], "likewise"
    plain = module(OUTSIDE.replace("application", "other"))
    assert list(outside_of(ev, plain, ())) == [], "nobody calls this start/2"
