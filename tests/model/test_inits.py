"""relupc.model.inits, on supervisors made by hand; A601 to A603 are looked at in fixtures/codes."""

from __future__ import annotations

from relupc.model.beam import FA
from relupc.model.inits import CHILDREN, FLAGS, Moved, becomes_simple, differs, lists, only_in, perhaps_only_in
from relupc.model.program import Program
from relupc.model.supervision import Child, Supervisor
from relupc.model.term import Atom, Int
from relupc.model.value import replace


def child(name: str) -> Child:
    return Child(
        Atom(name), (name, "start_link"), (), "worker", (name,), "permanent", Int(5000), False, True, None, Atom(name)
    )


def supervisor(*names: str) -> Supervisor:
    limits = (Int(1), Int(5), Atom("never"))
    return Supervisor(
        "shop_sup", FA("init", 1), None, "init", "one_for_one", limits, tuple(map(child, names)), True, Atom("shop_sup")
    )


ONE, TWO = supervisor("shop_cart"), supervisor("shop_cart", "shop_till")


def test_what_differs() -> None:
    assert differs([ONE], [ONE]) is None
    assert differs([ONE], [TWO]) == CHILDREN
    assert differs([ONE], [replace(ONE, strategy="one_for_all")]) == FLAGS


def test_who_comes_and_goes() -> None:
    assert list(only_in([TWO], [ONE])) == [Moved(TWO, TWO.children[1])]
    assert list(only_in([ONE], [TWO])) == []


def test_a_child_that_is_there_in_some_cases() -> None:
    sometimes = replace(TWO, children=(TWO.children[0], TWO.children[1]._replace(sure=False)))
    for several in ([sometimes], [ONE, TWO]):
        assert list(only_in(several, [ONE])) == []
        assert list(perhaps_only_in(several, [ONE])) == [Moved(several[-1], several[-1].children[1], always=False)]
        assert list(perhaps_only_in([TWO], several)) == []


def test_a_list_that_may_hold_others_tells_nothing() -> None:
    assert list(perhaps_only_in([TWO], [replace(ONE, whole=False)])) == []


def test_copies_of_one_child() -> None:
    assert becomes_simple([ONE], [replace(ONE, strategy="simple_one_for_one")])
    assert not becomes_simple([ONE], [ONE])


def test_children_that_are_added_are_in_no_list() -> None:
    added = replace(ONE, listing="added")
    found = lists(Program({}, {}, 25, supervisors={"shop_sup": (ONE, added)}), "shop_sup")
    assert found == {("init", FA("init", 1)): [ONE]}
