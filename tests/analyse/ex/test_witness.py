from __future__ import annotations

from relupc.analyse.erl.syntax import Expr
from relupc.analyse.ex import witness
from relupc.analyse.ex.witness import ANY, DOUBT, MAP, NIL, NUMBER, Value, constant
from relupc.model.term import Atom, Int

X, ONE, OK = Expr("var", 1, ("x",)), Expr("value", 1, (Int(1),)), Expr("value", 1, (Atom("ok"),))
PAIR = Expr("tuple", 1, ((OK, X),))
LIST, EMPTY = Expr("list", 1, ((X,), Expr("var", 1, ("t",)))), Expr("list", 1, ((), None))
KEYED = Expr("binary", 1, (X, ("price", "%")))


def told(pattern: Expr, value: Value) -> str:
    """Whether a pattern takes a value, lets it pass, either, or nothing is known."""
    takes, passes = witness.takes(pattern, value, {}), witness.passes(pattern, value, {})
    return "either" if takes and passes else "takes" if takes else "passes" if passes else "unknown"


def test_patterns() -> None:
    assert {told(X, value) for value in (ANY, DOUBT, MAP, NIL, NUMBER)} == {"takes"}
    assert {told(one, ANY) for one in (ONE, PAIR, LIST, EMPTY, KEYED)} == {"either"}
    assert {told(one, DOUBT) for one in (ONE, PAIR, LIST, EMPTY, KEYED)} == {"unknown"}
    assert told(ONE, constant(Int(1))) == "takes"
    assert told(ONE, constant(Int(2))) == "passes"
    assert told(ONE, NUMBER) == "unknown"
    assert told(PAIR, ("tuple", constant(Atom("ok")), DOUBT)) == "takes"
    assert told(PAIR, ("tuple", ANY, DOUBT)) == "either"
    assert told(PAIR, ("tuple", ANY)) == "passes"
    assert (told(LIST, NIL), told(EMPTY, NIL)) == ("passes", "takes")
    assert (told(LIST, ("cons", ANY, NIL)), told(EMPTY, ("cons", ANY, NIL))) == ("takes", "passes")
    assert told(KEYED, MAP) == "either"


def test_variables_that_have_a_value() -> None:
    assert not witness.takes(X, constant(Int(1)), {"x": (ANY,)})
    assert witness.takes(X, ANY, {"x": (ANY,)})
    assert not witness.takes(X, ANY, {"x": (DOUBT,)})


def test_many_values_are_cut() -> None:
    numbers = tuple(constant(Int(number)) for number in range(20))
    assert len(witness.of(numbers)) == witness.MAX_VALUES
    assert witness.of(numbers, (ANY,)) == (ANY,)
    assert "doubt" in str(witness.listed([(ANY,)] * 5, (NIL,)))


def test_what_is_behind_a_pattern_that_takes_it_all() -> None:
    assert witness.covers(PAIR, Expr("tuple", 2, ((OK, ONE),)), ())
    assert not witness.covers(PAIR, Expr("tuple", 2, ((OK, ONE),)), ("x",))
    assert not witness.covers(EMPTY, LIST, ())
    assert witness.covers(KEYED, Expr("binary", 1, (ONE, X, ("price", "count", "%"))), ())
    assert not witness.covers(KEYED, Expr("binary", 1, (ONE, ("count", "%"))), ())
