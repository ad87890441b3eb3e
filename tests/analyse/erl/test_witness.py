from __future__ import annotations

from relupc.analyse.erl import witness
from relupc.analyse.erl.witness import ANY, NIL, constant, some, type_of
from relupc.model.term import Atom, Int


def test_many_values_are_cut() -> None:
    numbers = tuple(constant(Int(number)) for number in range(20))
    assert len(witness.of(numbers)) == witness.MAX_VALUES
    assert witness.of(numbers, (ANY,)) == (ANY,)
    assert "doubt" in str(witness.listed([(ANY,)] * 5, (NIL,)))


def test_types() -> None:
    assert [type_of(constant(one)) for one in (Atom("a"), Int(1))] == ["atom", "number"]
    assert [type_of(one) for one in (NIL, ("cons", ANY, NIL), some("map"), ("built", "item"))] == [
        *("list", "list", "map", "tuple"),
    ]
    assert type_of(ANY) is type_of(("cons", ANY, constant(Int(1)))) is None
