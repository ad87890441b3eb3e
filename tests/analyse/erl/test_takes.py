from __future__ import annotations

from relupc.analyse.erl.syntax import Expr
from relupc.analyse.erl.takes import bound, passes, shaped, surely_differs, takes
from relupc.analyse.erl.witness import ANY, BOOL, COUNT, DOUBT, MAP, NIL, NUMBER, Value, constant, some, whole
from relupc.model.term import Atom, Int

X, ONE, OK = Expr("var", 1, ("x",)), Expr("value", 1, (Int(1),)), Expr("value", 1, (Atom("ok"),))
PAIR = Expr("tuple", 1, ((OK, X),))
LIST, EMPTY = Expr("list", 1, ((X,), Expr("var", 1, ("t",)))), Expr("list", 1, ((), None))
KEYED = Expr("binary", 1, (X, ("price", "%")))


def told(pattern: Expr, value: Value) -> str:
    """Whether a pattern takes a value, lets it pass, either, or nothing is known."""
    is_taken, is_passed = takes(pattern, value, {}), passes(pattern, value, {})
    return "either" if is_taken and is_passed else "takes" if is_taken else "passes" if is_passed else "unknown"


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
    assert not takes(X, constant(Int(1)), {"x": (ANY,)})
    assert takes(X, ANY, {"x": (ANY,)})
    assert not takes(X, ANY, {"x": (DOUBT,)})


def test_values_of_a_type() -> None:
    false = Expr("value", 1, (Atom("false"),))
    assert told(ONE, COUNT) == told(false, BOOL) == told(LIST, whole("list")) == "either"
    assert told(EMPTY, some("list")) == "unknown"
    assert told(PAIR, some("list")) == "passes"
    item, other = (Expr("record", 1, (None, name, ())) for name in ("item", "other"))
    assert (told(item, ("built", "item")), told(other, ("built", "item"))) == ("takes", "passes")


def test_what_surely_differs() -> None:
    assert surely_differs(ONE, constant(Int(2)))
    assert surely_differs(PAIR, some("map"))
    assert surely_differs(PAIR, ("tuple", constant(Atom("error")), ANY))
    assert not any(surely_differs(PAIR, value) for value in (ANY, DOUBT, some("tuple")))


def test_what_variables_stand_for() -> None:
    assert bound(PAIR, ("tuple", constant(Atom("ok")), NUMBER)) == {"x": NUMBER}
    assert bound(PAIR, ANY) == {"x": ANY}
    rest = Expr("bytes", 1, (Expr("var", 1, ("y",)),))
    assert bound(Expr("binary", 1, (X, rest)), ANY) == {"x": some("number"), "y": some("binary")}
    assert (shaped(PAIR, ANY), shaped(ONE, ANY), shaped(X, ANY)) == (("tuple", DOUBT, DOUBT), constant(Int(1)), ANY)
