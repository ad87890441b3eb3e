from __future__ import annotations

from relupc.analyse.erl.covers import covers
from relupc.analyse.erl.syntax import Expr
from relupc.model.term import Atom, Int, Str

X, ONE, OK = Expr("var", 1, ("x",)), Expr("value", 1, (Int(1),)), Expr("value", 1, (Atom("ok"),))
PAIR = Expr("tuple", 1, ((OK, X),))
LIST, EMPTY = Expr("list", 1, ((X,), Expr("var", 1, ("t",)))), Expr("list", 1, ((), None))
KEYED = Expr("binary", 1, (X, ("price", "%")))


def test_what_is_behind_a_pattern_that_takes_it_all() -> None:
    assert covers(PAIR, Expr("tuple", 2, ((OK, ONE),)), ())
    assert not covers(PAIR, Expr("tuple", 2, ((OK, ONE),)), ("x",))
    assert not covers(EMPTY, LIST, ())
    assert covers(KEYED, Expr("binary", 1, (ONE, X, ("price", "count", "%"))), ())
    assert not covers(KEYED, Expr("binary", 1, (ONE, ("count", "%"))), ())


def test_maps_records_and_texts() -> None:
    price, count = ((Expr("value", 1, (Atom(name),)), X) for name in ("price", "count"))
    both, one = (Expr("map", 1, (None, pairs)) for pairs in ((price, count), (price,)))
    assert (covers(one, both, ()), covers(both, one, ())) == (True, False)
    item, other = (Expr("record", 1, (None, name, ())) for name in ("item", "other"))
    assert (covers(item, item, ()), covers(item, other, ())) == (True, False)
    assert covers(LIST, Expr("value", 1, (Str("text"),)), ())
    assert covers(Expr("opaque", 1), ONE, ())
