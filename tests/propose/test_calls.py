"""relupc.propose.calls."""

from __future__ import annotations

from relupc.model.term import Atom
from relupc.model.typed import typed
from relupc.propose.calls import call


def test_a_call_of_a_supervisor() -> None:
    made = call("delete_child", Atom("shop_sup"), Atom("cart"), "why", "likely")
    assert typed(made.instruction) == "{apply, {supervisor, delete_child, [shop_sup, cart]}}"
    assert (made.why, made.confidence) == ("why", "likely")
