"""What DepMods ask for, as arrows and circles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relupc.model.plan import Script, Step
from relupc.model.term import Atom, atoms, tup
from relupc.model.timeline import Edge, Event
from relupc.view.order import order_of
from tests.timelines import way

names = st.sampled_from("abcdefg")


def script(wanted: dict[str, list[str]]) -> Script:
    steps = (tup("load_module", m, "brutal_purge", "brutal_purge", atoms(deps)) for m, deps in wanted.items())
    return Script("shop", "appup", tuple(Step(step, ()) for step in steps))


def events(*modules: str) -> list[Event]:
    return [Event(n, "load", Atom("load"), "shop", (name,), (), False) for n, name in enumerate(modules, 1)]


def test_arrows_lead_to_what_is_loaded_earlier() -> None:
    up, down = way("up").edges, way("down").edges
    assert Edge("shop_cart", "shop_price") in up
    assert Edge("shop_price", "shop_cart") in down
    assert way("up").circles == ()


def test_circles() -> None:
    wanted = {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"], "e": ["e"]}
    assert order_of([script(wanted)], events("c", "b", "a", "d", "e")) == ((Edge("d", "a"),), (("c", "b", "a"),))


def test_what_has_no_step_has_no_arrow() -> None:
    assert order_of([script({"a": ["b"]})], events("a")) == ((), ())


@given(st.dictionaries(names, st.lists(names, max_size=4)))
def test_two_modules_share_a_circle_if_each_leads_to_the_other(wanted: dict[str, list[str]]) -> None:
    edges, circles = order_of([script(wanted)], events(*"abcdefg"))
    reached = {name: _reached(name, wanted) for name in "abcdefg"}
    together = {(a, b) for circle in circles for a in circle for b in circle if a != b}
    assert together == {(a, b) for a in reached for b in reached[a] if a in reached[b] and a != b}
    assert all(edge.later > edge.earlier and tuple(edge) not in together for edge in edges)


def _reached(name: str, wanted: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    todo = [name]
    while todo:
        new = [dep for dep in wanted.get(todo.pop(), []) if dep not in found]
        found.update(new)
        todo += new
    return found


def test_a_long_chain_is_no_recursion() -> None:
    chain = {f"m{n}": [f"m{n + 1}"] for n in range(5000)}
    edges, circles = order_of([script(chain)], events(*(f"m{n}" for n in range(5001))))
    assert (len(edges), circles) == (5000, ())
