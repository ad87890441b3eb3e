"""relupc.analyse.passages: the ways through the compiled functions of fixtures/passages."""

from __future__ import annotations

import pytest

from relupc.analyse.machine import X0, Machine
from relupc.analyse.passages import passages_of
from relupc.analyse.steps import steps
from relupc.analyse.values import UNKNOWN
from relupc.model.beam import FA, Body, Instruction, Lines, Operand
from relupc.model.layout import flat
from relupc.model.passage import Passage
from relupc.model.term import Atom, Bin, Int, List, Map, Str, Term, Tuple
from tests.compiled import compiled

MODULE = compiled("passages/ebin")["shop_ways"]
NIL = List(())


def ways(name: str, *given: Term) -> tuple[Passage, ...]:
    found = MODULE.passages(FA(name, len(given)), given)
    assert found is not None
    return found


def results(name: str, *given: Term) -> set[str]:
    return {flat(one.result) for one in ways(name, *given)}


def asked(name: str, *given: Term) -> set[str]:
    return {flat(one.args[0]) for one in ways(name, *given)}


def test_what_clauses_ask_for() -> None:
    assert asked("extra", UNKNOWN) == {"{add,_}", "undefined"}
    assert asked("extra", Tuple((Atom("add"), Int(5)))) == {"{add,5}"}
    assert asked("extra", Atom("undefined")) == {"undefined"}
    assert ways("extra", NIL) == ways("extra", Atom("none")) == ways("extra", Tuple((Atom("add"),))) == ()


def test_parts_of_parts() -> None:
    [one] = asked("nested", UNKNOWN)
    assert one.startswith('{down,{_,"1.0"},[],')
    given = Tuple((Atom("down"), Tuple((Int(1), Str("1.0"))), NIL, Bin(b"x")))
    assert len(ways("nested", given)) == 1
    assert not ways("nested", Tuple((Atom("down"), Tuple((Int(1), Str("1.1"))), NIL, UNKNOWN)))
    assert not ways("nested", Tuple((Atom("down"), UNKNOWN, List((Int(1),)), UNKNOWN)))


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (Atom("a"), "atom"),
        (NIL, "list"),
        (Str("a"), "list"),
        (Tuple(()), "tuple"),
        (Map(()), "map"),
        (Bin(b""), "binary"),
        (Int(1), "number"),
    ],
)
def test_types(value: Term, kind: str) -> None:
    assert results("types", value) == {kind}


def test_a_value_of_which_nothing_is_known() -> None:
    assert results("types", UNKNOWN) == {"atom", "list", "tuple", "map", "binary", "number", "function"}


def test_guards() -> None:
    assert not ways("guarded", Int(1))
    assert ways("guarded", Int(2))
    assert ways("guarded", UNKNOWN)


def test_a_choice_by_size_or_value() -> None:
    assert results("sizes", UNKNOWN) == {"two", "three", "four"}
    assert results("sizes", Tuple((Int(1), Int(2), Int(3)))) == {"three"}
    assert not ways("sizes", Tuple(()))
    assert results("numbers", Int(3)) == {"three"}
    assert results("numbers", Atom("a")) == {"many"}


def test_what_is_called_on_the_way() -> None:
    [up] = ways("calls", Atom("up"), UNKNOWN)
    assert [f"{module}:{name}/{arity}" for module, name, arity in up.calls] == ["erlang:!/2", "timer:send_after/2"]
    [down] = ways("calls", Atom("down"), UNKNOWN)
    assert [one.name for one in down.calls] == ["sort"]


def test_what_fails_is_no_way() -> None:
    assert not ways("fails", Int(1))
    assert not ways("fails", Int(2))
    assert results("fails", Int(3)) == {"ok"}


def test_a_receive() -> None:
    assert results("waits", UNKNOWN) == {"ok", "stopped", "late"}


def test_keys_of_a_map() -> None:
    assert ways("keys", UNKNOWN)
    assert not ways("keys", Atom("name"))


def test_what_cannot_be_followed() -> None:
    assert MODULE.passages(FA("extra", 2), (NIL, NIL)) is None
    assert MODULE.passages(FA("extra", 1), ()) is None
    assert MODULE.passages(FA("many", 1), (UNKNOWN,)) is None  # it has more than ten thousand ways


@pytest.mark.parametrize(
    "last",
    [
        Instruction("move", (X0, X0)),  # and nothing behind it
        Instruction("select_val", (X0, Operand("f", 9), Operand("list", (Operand("a", "a"), Operand("f", 2))))),
        Instruction("select_val", (X0, Operand("f", 2), Operand("list", (Operand("a", "a"), Operand("f", 9))))),
        Instruction("select_val", (X0, Operand("f", 9), Operand("list", (Operand("f", 2),)))),
    ],
)
def test_what_leads_nowhere_in_a_damaged_module_is_not_followed(last: Instruction) -> None:
    head = Instruction("func_info", (Operand("a", "shop"), Operand("a", "f"), Operand("u", 1)))
    labels = (Instruction("label", (Operand("f", 1),)), head, Instruction("label", (Operand("f", 2),)))
    machine = Machine("shop", Lines((), ()), (), (), {})
    assert passages_of(machine, Body("f", 1, 2, (*labels, last)), steps(), (UNKNOWN,)) is None
