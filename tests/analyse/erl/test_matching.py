from __future__ import annotations

from relupc.analyse.erl.blocks import function
from relupc.analyse.erl.matching import judged, matching, may_take, told
from relupc.analyse.erl.tokens import forms
from relupc.analyse.erl.witness import ANY, ANYTHING, DOUBTFUL, constant, some
from relupc.model.term import Atom

_, CLAUSES = function(
    next(forms("f({a, X}) -> X; f(X) when is_list(X) -> X; f([]) -> 1; f(X) when X > 1 -> 2; f(X) -> X.\n"))
)


def test_which_clauses_are_taken() -> None:
    assert [number for number, _ in matching(CLAUSES, (ANY,), {})] == [0, 1, 3, 4]
    assert [number for number, _ in matching(CLAUSES, (("tuple", constant(Atom("a")), ANY),), {})] == [0]
    assert [number for number, _ in matching(CLAUSES, (some("list"),), {})] == [1]


def test_guards() -> None:
    lists, order = CLAUSES[1], CLAUSES[3]
    assert [judged(lists, {"X": values}) for values in (ANYTHING, (some("list"),), (some("map"),), DOUBTFUL)] == [
        *("open", "holds", "fails", "unknown"),
    ]
    assert may_take(lists, (some("map"),), {})[1] == "fails"
    assert may_take(order, (ANY,), {}) == ({"X": ANYTHING}, "open")
    assert told(lists.guard) == {"X": (some("list"),)}
    assert told(order.guard) == {"X": DOUBTFUL}
