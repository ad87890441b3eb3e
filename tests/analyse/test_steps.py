"""What single instructions do to the values in registers."""

from __future__ import annotations

import pytest

from relupc.analyse.steps import steps
from relupc.analyse.values import MERGE, NIL, SETELEMENT, UNKNOWN
from relupc.beam.opcodes import NAMES
from relupc.model.beam import FA, MFA, Operand
from relupc.model.code import Argument, LocalFun, Part, Result, origin_of
from relupc.model.code import Test as Asked
from relupc.model.term import Atom, Int, List, Map, Term, Tuple
from tests.analyse.bodies import RETURN, a, f, followed, i, listed, literal, returned, u, x, y

PAIR = literal(Tuple((Atom("item"), Int(7))))
ITEMS = literal(List((Int(1), Int(2))))
PRICES = literal(Map(((Atom("tea"), Int(3)),)))


def test_names_are_those_of_otp() -> None:
    assert set(steps()) <= set(filter(None, NAMES))


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ([("put_list", a("b"), Operand("nil", None), x(0))], List((Atom("b"),))),
        ([("put_tuple2", x(0), listed(a("b"), i(1)))], Tuple((Atom("b"), Int(1)))),
        ([("move", PAIR, x(1)), ("get_tuple_element", x(1), u(1), x(0))], Int(7)),
        ([("move", PAIR, x(0)), ("set_tuple_element", a("b"), x(0), u(1))], Tuple((Atom("item"), Atom("b")))),
        (
            [("move", PAIR, x(1)), ("update_record", a("copy"), u(2), x(1), x(0), listed(u(2), a("b")))],
            Tuple((Atom("item"), Atom("b"))),
        ),
        ([("move", ITEMS, x(1)), ("get_list", x(1), x(0), x(2))], Int(1)),
        ([("move", ITEMS, x(1)), ("get_list", x(1), x(2), x(0))], List((Int(2),))),
        ([("move", ITEMS, x(1)), ("get_hd", x(1), x(0))], Int(1)),
        ([("move", ITEMS, x(1)), ("get_tl", x(1), x(0))], List((Int(2),))),
        ([("move", PRICES, x(1)), ("get_map_elements", f(9), x(1), listed(a("tea"), x(0)))], Int(3)),
        ([("move", a("b"), x(0)), ("move", a("c"), x(1)), ("swap", x(0), x(1))], Atom("c")),
        ([("move", a("b"), y(2)), ("trim", u(2), u(1)), ("move", y(0), x(0))], Atom("b")),
        ([("bif2", f(0), u(1), i(2), PAIR, x(0))], Int(7)),
        ([("gc_bif2", f(0), u(2), u(2), i(2), i(3), x(0))], None),
        ([("bs_get_integer2", f(0), x(1), u(1), i(8), u(1), u(0), x(0))], UNKNOWN),
        ([("of_the_future", x(0))], UNKNOWN),
        ([("loop_rec", f(0), x(0))], UNKNOWN),
        ([("move", a("b"), x(1)), ("send",)], Atom("b")),
        ([("try_case", y(0))], UNKNOWN),
    ],
)
def test_results(code: list[tuple[str | Operand, ...]], result: Term | None) -> None:
    found = returned(*code)
    assert found == [result] if result is not None else isinstance(origin_of(found[0]), Result)


def test_maps_that_are_not_known() -> None:
    change = listed(a("tea"), i(4))
    [found] = returned(("put_map_assoc", f(0), x(0), x(0), u(1), change))
    assert origin_of(found) == Result(MERGE, (returned()[0], Map(((Atom("tea"), Int(4)),))))
    [known] = returned(("put_map_exact", f(0), PRICES, x(0), u(0), change))
    assert known == Map(((Atom("tea"), Int(4)),))
    [record] = returned(("update_record", a("copy"), u(2), x(0), x(0), listed(u(2), i(4))))
    assert origin_of(record) == Result(SETELEMENT, (Int(2), returned()[0], Int(4)))


def test_funs_bring_along_what_they_were_made_of() -> None:
    fun = LocalFun(FA("-f/2-fun-0-", 3), (Atom("b"), NIL))
    captured = listed(a("b"), Operand("nil", None))
    assert [origin_of(one) for one in returned(("make_fun3", u(0), x(0), captured))] == [fun]
    old = (("move", a("b"), x(0)), ("move", Operand("nil", None), x(1)), ("make_fun2", u(0)))
    assert [origin_of(one) for one in returned(*old)] == [fun]
    assert returned(("make_fun3", u(5), x(0), captured)) == [UNKNOWN]


def test_questions() -> None:
    made = followed(
        *[("is_tagged_tuple", f(9), x(0), u(3), a("state")), ("get_tuple_element", x(0), u(1), x(1))],
        *[("select_val", x(1), f(9), listed(a("b"), f(9), a("c"), f(9))), ("is_atom", f(9), a("d"))],
    )
    whole = returned()[0]
    first, second = made.tests
    assert first == Asked("is_tagged_tuple", whole, (Int(3), Atom("state")))
    assert (origin_of(second.value), second.against) == (Part(whole, 1), (Atom("b"), Atom("c")))


def test_calls() -> None:
    made = followed(
        *[("move", x(0), y(0)), ("send",), ("move", a("shop"), x(1)), ("move", a("sell"), x(2)), ("apply", u(1))],
        *[("move", y(0), x(1)), ("call_fun", u(1)), ("call_fun2", u(0), u(0), y(0)), ("move", y(0), x(1))],
        *[("move", y(0), x(2)), ("apply_last", u(1), u(1))],
    )
    kinds = [(call.called, call.kind, call.tail) for call in made.calls]
    assert kinds == [
        (MFA("erlang", "!", 2), "remote", False),
        (MFA("", "", 1), "fun", False),
        (MFA("", "", 1), "fun", False),
        (MFA("", "", 0), "fun", False),
        (MFA("", "", 1), "fun", True),
    ]
    assert [origin_of(call.args[-1]) for call in made.calls[2:]] == [Argument(0)] * 3


def test_rows_that_are_not_there() -> None:
    assert followed(("call_ext", u(1), u(77)), RETURN).calls == []
    assert returned(("bif1", f(0), u(77), x(0), x(0))) == [UNKNOWN]
    assert followed(("call", u(1), f(99)), RETURN).calls == []


@pytest.mark.parametrize(("arity", "calls"), [(1, 1), (3, 0)])
def test_a_call_with_more_arguments_than_its_function_takes_is_damage(arity: int, calls: int) -> None:
    assert len(followed(("call_ext", u(arity), u(0)), RETURN).calls) == calls
