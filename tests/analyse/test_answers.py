"""relupc.analyse.answers: tests of what is known, and of what is not."""

from __future__ import annotations

import pytest

from relupc.analyse.answers import Known, Learned, answer, filled
from relupc.analyse.values import UNKNOWN, unknown
from relupc.model import code
from relupc.model.code import Argument, Part
from relupc.model.layout import flat
from relupc.model.term import Atom, Int, List, Map, Str, Term, Tuple

HERE = unknown(Argument(0))
FIRST = unknown(Part(HERE, 0))
PAIR = Tuple((Atom("add"), UNKNOWN))


def passes(name: str, given: Term, *against: Term, learned: Learned | None = None) -> bool | None:
    return answer(code.Test(name, HERE, against), (given,), learned or {}).passes


@pytest.mark.parametrize(
    ("name", "given", "against", "expected"),
    [
        ("is_nil", List(()), (), True),
        ("is_nil", Atom("a"), (), False),
        ("is_nil", UNKNOWN, (), None),
        ("is_list", Str("a"), (), True),
        ("is_nonempty_list", List(()), (), False),
        ("is_boolean", Atom("a"), (), None),
        ("is_boolean", Int(1), (), False),
        ("has_map_fields", Map(()), (Atom("a"),), None),
        ("has_map_fields", Int(1), (Atom("a"),), False),
        ("test_arity", PAIR, (Int(2),), True),
        ("test_arity", PAIR, (Int(3),), False),
        ("is_tagged_tuple", PAIR, (Int(2), Atom("add")), True),
        ("is_tagged_tuple", PAIR, (Int(2), Atom("sub")), False),
        ("is_tagged_tuple", PAIR, (Int(3), Atom("add")), False),
        ("is_tagged_tuple", Tuple((UNKNOWN, UNKNOWN)), (Int(2), Atom("add")), None),
        ("is_eq_exact", Str("1"), (List((Int(49),)),), True),
        ("is_eq_exact", Str("1"), (Str("2"),), False),
        ("is_eq_exact", PAIR, (Atom("a"),), False),
        ("is_eq_exact", PAIR, (Tuple((Atom("add"), Int(1))),), None),
        ("is_eq_exact", Int(1), (UNKNOWN,), None),
        ("is_ne_exact", Int(1), (Int(1),), False),
        ("is_ne_exact", Int(1), (Int(2),), True),
        ("is_lt", Int(1), (Int(2),), None),
    ],
)
def test_an_answer(name: str, given: Term, against: tuple[Term, ...], expected: bool | None) -> None:
    assert passes(name, given, *against) is expected


def test_what_is_learned() -> None:
    """What passed a test before passes it again, and none that needs another kind."""
    tagged = answer(code.Test("is_tagged_tuple", HERE, (Int(2), Atom("add"))), (UNKNOWN,), {})
    assert flat(filled(HERE, (UNKNOWN,), tagged.then)) == "{add,_}"
    assert passes("is_nil", UNKNOWN, learned=tagged.then) is False
    assert answer(code.Test("is_eq_exact", FIRST, (Atom("sub"),)), (UNKNOWN,), tagged.then).passes is False
    listed = answer(code.Test("is_list", HERE, ()), (UNKNOWN,), {})
    assert passes("is_nil", UNKNOWN, learned=listed.otherwise) is False
    empty = answer(code.Test("is_nonempty_list", HERE, ()), (UNKNOWN,), listed.then)
    assert flat(filled(HERE, (UNKNOWN,), empty.otherwise)) == "[]"


def test_what_is_too_deep_to_put_together() -> None:
    value, learned = HERE, dict[Term, Known]()
    for _ in range(20):
        learned[value] = Known(frozenset({"tuple"}), 1)
        value = unknown(Part(value, 0))
    assert flat(filled(HERE, (UNKNOWN,), learned)).count("{") < 20
