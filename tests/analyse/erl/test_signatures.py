from __future__ import annotations

import pytest

from relupc.analyse.erl.signatures import asked_for, given_back, knows
from relupc.analyse.erl.witness import ANYTHING, BOOL, COUNT, DOUBT, NIL, NUMBER, Values, constant, some, whole
from relupc.model.beam import MFA
from relupc.model.term import Atom, Int

ATOM: Values = (constant(Atom("a")),)


@pytest.mark.parametrize(
    ("called", "args", "found"),
    [
        (MFA("erlang", "length", 1), [ANYTHING], (COUNT,)),
        (MFA("erlang", "length", 1), [ATOM], ()),
        (MFA("erlang", "length", 1), [(some("list"),)], (NUMBER,)),
        (MFA("erlang", "whereis", 1), [ATOM], ANYTHING),
        (MFA("erlang", "self", 0), [], (some("pid"),)),
        (MFA("erlang", "is_list", 1), [ANYTHING], (BOOL,)),
        (MFA("erlang", "is_list", 1), [ATOM], (some("atom"),)),
        (MFA("erlang", "spawn", 1), [(some("fun0"),)], (some("pid"),)),
        (MFA("erlang", "spawn", 1), [(some("fun1"),)], ()),
        (MFA("erlang", "hd", 1), [(("cons", NUMBER, DOUBT),)], (NUMBER,)),
        (MFA("lists", "reverse", 1), [ANYTHING], (whole("list"),)),
        (MFA("lists", "map", 2), [(some("fun1"),), ANYTHING], (some("list"),)),
        (MFA("lists", "sort", 1), [ANYTHING], (whole("list"),)),
        (MFA("lists", "map", 2), [(some("fun2"),), ANYTHING], ()),
        (MFA("lists", "member", 2), [ATOM, (NIL,)], (some("atom"),)),
        (MFA("lists", "unheard_of", 1), [ANYTHING], (DOUBT,)),
        (MFA("math", "sqrt", 1), [(constant(Int(2)),)], (NUMBER,)),
        (MFA("maps", "get", 2), [ANYTHING, ATOM], ()),
    ],
)
def test_what_is_given_back(called: MFA, args: list[Values], found: Values) -> None:
    assert knows(called.module)
    assert given_back(called, args) == found


def test_what_an_argument_is_then() -> None:
    assert asked_for(MFA("erlang", "length", 1), 0, ANYTHING) == (some("list"),)
    assert asked_for(MFA("erlang", "put", 2), 1, ANYTHING) == ANYTHING
    assert asked_for(MFA("lists", "unheard_of", 1), 0, ANYTHING) == (DOUBT,)


def test_others_are_not_known() -> None:
    assert not knows("shop")
