from __future__ import annotations

import pytest

from relupc.model.beam import FA, MFA
from relupc.model.code import (
    Argument,
    Choice,
    LocalFun,
    MadeFun,
    Module,
    Result,
    local_funs,
    made_funs,
    options,
    origin_of,
    parts,
)
from relupc.model.term import Atom, Int, List, Map, Term, Tuple, Unknown

FUN = Unknown("fun", origin=LocalFun(FA("-f/0-fun-0-", 1), (Atom("captured"),)))
OTHER = Unknown("fun", origin=LocalFun(FA("g", 1), ()))
EITHER = Unknown("either", origin=Choice((Atom("a"), FUN)))


def module(*attributes: tuple[str, Term]) -> Module:
    return Module("shop", "shop", "shop.beam", b"", frozenset(), frozenset(), attributes, {})


def test_options() -> None:
    assert options(EITHER) == (Atom("a"), FUN)
    assert options(Atom("a")) == (Atom("a"),)


@pytest.mark.parametrize(
    "value",
    [
        FUN,
        Tuple((Atom("ok"), FUN)),
        List((Int(1),), FUN),
        Map(((Atom("f"), List((FUN,))),)),
        Tuple((EITHER,)),
        Unknown("fun", origin=LocalFun(FA("h", 0), (FUN,))),
    ],
)
def test_funs_are_found_wherever_they_are(value: Term) -> None:
    assert FUN.origin in local_funs(value)


def test_each_fun_once_and_in_order() -> None:
    assert [fun.function.name for fun in local_funs(List((OTHER, FUN, OTHER)))] == ["g", "-f/0-fun-0-"]
    assert Atom("captured") in list(parts(FUN))
    assert local_funs(Unknown("call", origin=Result(MFA("m", "f", 1), (FUN,)))) == ()


def test_funs_of_other_modules() -> None:
    fun = Unknown("fun", origin=MadeFun("shop_tax", FA("-f/0-fun-0-", 1), (OTHER,)))
    held = Map(((Atom("rules"), List((fun, fun))),))
    assert made_funs(held) == (fun.origin,)
    assert local_funs(held) == (OTHER.origin,)
    assert made_funs(FUN) == ()


def test_results_that_hold_what_was_given() -> None:
    appended = Unknown("call", origin=Result(MFA("erlang", "++", 2), (List((FUN,)), OTHER)))
    assert local_funs(appended) == (FUN.origin, OTHER.origin)


def test_origins() -> None:
    assert origin_of(Unknown("x", origin=Argument(0))) == Argument(0)
    assert origin_of(Unknown("VSN")) is None
    assert origin_of(Atom("x")) is None


def test_behaviours() -> None:
    found = module(("behaviour", List((Atom("gen_server"),))), ("vsn", List((Int(1),))), ("behavior", Atom("shop_api")))
    assert found.behaviours == ("gen_server", "shop_api")
    assert found.function("f", 0) is None
