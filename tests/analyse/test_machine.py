"""Following a function: hand-made instructions, and random modules beside what they return when they are run."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from relupc.analyse import machine as machine_module
from relupc.analyse import module_of
from relupc.analyse.machine import labels
from relupc.analyse.values import UNKNOWN
from relupc.beam import open_code, read_beam
from relupc.model.beam import FA, MFA, Beam, OpenCode, Place
from relupc.model.code import Argument, Call, Choice, Part, Result, origin_of
from relupc.model.term import Atom, Int, List, Map, Term, Tuple, as_list
from tests.analyse.bodies import RETURN, a, f, followed, i, listed, literal, returned, u, x, y
from tests.analyse.programs import judge, modules


def test_operands() -> None:
    made = followed(RETURN)
    assert [made.read(one) for one in (a("b"), i(3), literal(Int(4)), f(1))] == [Atom("b"), Int(3), Int(4), UNKNOWN]
    assert origin_of(returned()[0]) == Argument(0)
    assert returned(("move", x(9), x(0))) == [UNKNOWN]


def test_two_ways_meet() -> None:
    made = returned(
        ("is_atom", f(5), x(0)),
        *[("move", a("one"), x(0)), ("jump", f(6))],
        *[("label", u(5)), ("move", a("two"), x(0)), ("move", a("lost"), x(1))],
        ("label", u(6)),
    )
    assert [origin_of(one) for one in made] == [Choice((Atom("one"), Atom("two")))]


def test_what_no_way_leads_to_is_left_out() -> None:
    made = followed(("jump", f(5)), ("move", a("never"), x(0)), RETURN, ("label", u(5)), ("move", a("b"), x(0)), RETURN)
    assert made.returns == [Atom("b")]
    assert followed(("label", u(9)), RETURN, ("label", u(10)), RETURN).returns == followed(RETURN).returns


def test_a_way_back_is_followed_again() -> None:
    made = followed(
        *[("move", a("first"), y(0)), ("label", u(5)), ("move", y(0), x(0)), ("call", u(1), f(3))],
        *[("is_atom", f(6), x(0)), ("move", a("again"), y(0)), ("jump", f(5)), ("label", u(6)), RETURN],
    )
    assert [origin_of(call.args[0]) for call in made.calls] == [Choice((Atom("first"), Atom("again")))]


def test_calls() -> None:
    made = followed(
        *[("line", u(1)), ("move", x(0), y(0)), ("call_ext", u(1), u(0)), ("line", u(2)), ("move", y(0), x(1))],
        ("call_last", u(1), f(3), u(1)),
    )
    paid = MFA("shop_till", "pay", 1)
    first, last = made.calls
    assert first == Call(paid, first.args, "remote", False, Place("src/shop.erl", 7))
    assert (last.called, last.kind, last.tail) == (MFA("shop", "g", 1), "local", True)
    assert origin_of(last.args[0]) == Result(paid, first.args)
    assert made.returns == []  # its own tail calls apart


def test_registers_after_a_call() -> None:
    assert returned(("move", a("kept"), y(0)), ("call_ext", u(1), u(0)), ("move", y(0), x(0))) == [Atom("kept")]
    assert returned(("move", a("gone"), x(3)), ("call_ext", u(1), u(0)), ("move", x(3), x(0))) == [UNKNOWN]


def test_labels_in_operands() -> None:
    assert labels((x(0), f(3), listed(a("b"), f(4), a("c"), f(5)))) == [3, 4, 5]


def test_of_too_much_only_the_calls_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    code = [("move", a("b"), x(0)), ("call_ext", u(1), u(0)), RETURN]
    whole = followed(*code)
    monkeypatch.setattr(machine_module, "BASE_WORK", 5)
    monkeypatch.setattr(machine_module, "MAX_WORK", 0)
    blind = followed(*code)
    assert [call.args for call in whole.calls] == [(Atom("b"),)]
    assert [(call.called.name, call.args) for call in blind.calls] == [("pay", (UNKNOWN,))]


def covers(found: Term, real: Term, args: tuple[Term, ...]) -> bool:
    """Whether a value that is known in part may be this one."""
    match found, origin_of(found), as_list(found):
        case _, Argument(number), _:
            return args[number] == real
        case _, Choice(ways), _:
            return any(covers(way, real, args) for way in ways)
        case _, Part(whole, int(at)), _ if (origin := origin_of(whole)) and isinstance(origin, Argument):
            given = args[origin.number]
            return isinstance(given, Tuple) and given.items[at : at + 1] == (real,)
        case Tuple(items), _, _:
            return isinstance(real, Tuple) and _all(items, real.items, args)
        case _, _, (*items,):
            return (there := as_list(real)) is not None and _all(items, there, args)
        case List(items, tail), _, _:
            pairs = isinstance(real, List) and len(real.items) >= len(items)
            return pairs or as_list(real) is not None or not tail
        case Map(pairs), _, _:
            mine = [Tuple(pair) for pair in pairs]
            return isinstance(real, Map) and all(
                any(covers(one, Tuple(pair), args) for one in mine) for pair in real.pairs
            )
    return type(found).__name__ == "Unknown" or found == real


def _all(found: object, real: object, args: tuple[Term, ...]) -> bool:
    assert isinstance(found, tuple | list)
    assert isinstance(real, tuple | list)
    return len(found) == len(real) and all(covers(one, other, args) for one, other in zip(found, real, strict=True))


def test_what_modules_return_when_they_run_was_told_before(erl: str) -> None:
    seen = [0]
    with judge(erl) as otp:

        @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(modules())
        def each(text: str) -> None:
            data, given_to, results = otp.ask(text)
            beam = read_beam("shop_random.beam", data)
            assert isinstance(beam, Beam)
            code = open_code(beam)
            assert isinstance(code, OpenCode)
            functions = module_of(beam, lambda: code, "shop").functions
            for number, several in enumerate(results):
                told = functions[FA(f"f{number}", 2)].returns
                for args, answer in zip(given_to, several, strict=True):
                    if isinstance(answer, Tuple):
                        seen[0] += 1
                        real = answer.items[1]
                        assert any(covers(one, real, args) for one in told), (text, args, real, told)

        each()
    assert seen[0] > 20
