from __future__ import annotations

import pytest

from relupc.analyse.children import child, listed
from relupc.analyse.evaluate import Evaluator
from relupc.analyse.results import known_results
from relupc.analyse.starts import SHAPES
from relupc.analyse.values import UNKNOWN, unknown
from relupc.model.beam import MFA
from relupc.model.code import Choice, Result
from relupc.model.layout import flat
from relupc.model.supervision import Child
from relupc.model.term import Atom, Int, List, Map, Term, Tuple
from relupc.read.file import Unreadable
from relupc.read.text import read_text
from tests.modules import module

MODULES = {
    "cart": module("start_link() -> gen_server:start_link(cart, [], []).", "cart"),
    "till": module(
        "start_link(_) -> gen_statem:start_link(till, [], []).\n"
        "start_link(_, _) -> gen_statem:start_link(till, [], []).",
        "till",
    ),
    "Elixir.Side": module(
        "child_spec(Arg) -> #{id => side, start => {cart, start_link, []}, type => supervisor}.", "'Elixir.Side'"
    ),
}
A, B, C = Atom("a"), Atom("b"), Atom("c")


def term(text: str) -> Term:
    read = read_text(f"{text}.", "spec")
    assert not isinstance(read, Unreadable)
    return read


def read(text: str, *, elixir: bool = False, simple: bool = False) -> Child:
    (one,), _ = listed(List((term(text),)))
    ev = Evaluator(MODULES, lambda called: called in SHAPES, known_results())
    found = child(ev, one, elixir, simple)
    assert found
    return found


def test_defaults_of_a_map() -> None:
    found = read("#{id => cart, start => {cart, start_link, []}}")
    assert found[:8] == (Atom("cart"), ("cart", "start_link"), (), "worker", ("cart",), "permanent", Int(5000), False)
    assert found.runs
    assert (found.runs.kind, found.runs.module) == ("gen_server", "cart")
    assert read("#{id => s, start => {s, start_link, []}, type => supervisor}").shutdown == Atom("infinity")


def test_a_tuple_says_all() -> None:
    found = read("{till, {till, start_link, [1]}, transient, 100, worker, dynamic}")
    assert found.modules == "dynamic"
    assert (found.start, found.args) == (("till", "start_link"), (Int(1),))
    assert (found.restart, found.shutdown) == ("transient", Int(100))
    assert found.runs
    assert found.runs.module == "till"


def test_what_is_not_known() -> None:
    found = read("#{start => {cart, start_link, []}, modules => [cart, 1]}")
    assert not found.is_id_known
    assert found.modules is None
    one = Map(((Atom("id"), A), (Atom("start"), UNKNOWN), (Atom("type"), UNKNOWN)))
    unsure = child(Evaluator(MODULES, lambda _: False, {}), listed(List((one,)))[0][0], False, False)
    assert unsure
    assert (unsure.start, unsure.type, unsure.modules, unsure.runs) == (None, None, None, None)


def test_copies_are_given_more_arguments() -> None:
    spec = "#{id => till, start => {till, start_link, [1]}}"
    assert read(spec, simple=True).runs is not None, "both arities start the same"
    assert read(spec.replace("[1]", "[]")).runs is None, "there is no till:start_link/0"
    assert read(spec.replace("[1]", "[]"), simple=True).runs is not None
    assert read("#{id => cart, start => {cart, start_link, []}}", simple=True).runs is not None, "or as many"


def test_elixir() -> None:
    side = read("{'Elixir.Side', 1}", elixir=True)
    assert (flat(side.id), side.type, side.modules) == ("side", "supervisor", ("cart",))
    registry = read("{'Elixir.Registry', []}", elixir=True)
    assert (registry.id, registry.type, registry.start) == (Atom("Elixir.Registry"), "supervisor", None)
    named = read("{'Elixir.Registry', [{keys, unique}, {name, names}]}", elixir=True)
    assert (named.id, named.type) == (Atom("names"), "supervisor")
    assert read("{'Elixir.Stranger', [{name, names}]}", elixir=True).id == Atom("Elixir.Stranger")


def choice(*several: Term) -> Term:
    return unknown(Choice(several))


@pytest.mark.parametrize(
    ("value", "found", "whole"),
    [
        (List((A, B)), [(A, True), (B, True)], True),
        (List((A,), UNKNOWN), [(A, True)], False),
        (UNKNOWN, [], False),
        (List((A, List((B,)), Atom("nil"))), [(A, True), (B, False)], True),
        (List((choice(A, Atom("false")),)), [(A, False)], True),
        (choice(List((A,)), List((B,))), [(A, False), (B, False)], True),
        (unknown(Result(MFA("erlang", "++", 2), (List((A,)), UNKNOWN))), [(A, True)], False),
        (unknown(Result(MFA("lists", "filter", 2), (UNKNOWN, List((A, B))))), [(A, False), (B, False)], True),
        (unknown(Result(MFA("Elixir.Enum", "reject", 2), (List((A,)), UNKNOWN))), [(A, False)], True),
    ],
)
def test_lists(value: Term, found: list[tuple[Term, bool]], whole: bool) -> None:
    specs, is_whole = listed(value)
    assert sorted((flat(one.spec), one.sure) for one in specs) == [(flat(spec), sure) for spec, sure in found]
    assert is_whole is whole


def test_no_specification() -> None:
    ev = Evaluator(MODULES, lambda _: False, {})
    assert child(ev, listed(List((Tuple((A, B)),)))[0][0], False, False) is None
