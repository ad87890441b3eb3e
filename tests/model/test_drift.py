"""How the state of a process differs between two builds, in words; the modules are text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relupc.analyse.shapes import states_of
from relupc.model.drift import Side, drift
from relupc.model.state import Shape
from tests.modules import module


def side(state: str, fields: tuple[str, ...] | None = None, asked: tuple[Shape, ...] = ()) -> Side:
    made = module(f"-behaviour(gen_server).\ninit(X) -> {{ok, {state}}}.\n")
    made = replace(made, records={"state": fields} if fields else {})
    return Side(made, replace(states_of({made.name: made})[made.name], asked=asked))


def found(pre: Side, post: Side) -> tuple[str, str, str] | None:
    it = drift(pre, post)
    return (it.what, it.how, it.sure) if it else None


TWO, THREE = Shape("tuple", "state", 2), Shape("tuple", "state", 3)
OLD, NEW = side("{state, 1}", ("a",)), side("{state, 1, 2}", ("a", "b"))


@pytest.mark.parametrize(
    ("pre", "post", "said"),
    [
        (OLD, OLD, None),
        (OLD, NEW, ("`#state{}`", "grows from 1 to 2 fields (+ b)", "error")),
        (NEW, OLD, ("`#state{}`", "shrinks from 2 to 1 field (- b)", "error")),
        (side("{state, 1}"), side("{state, 1, 2}"), ("`{state, ...}`", "grows from 1 to 2 fields", "error")),
        (side("{X, 1}"), side("{X, 1, 2}"), ("the tuple", "grows from 2 to 3 elements", "error")),
        (OLD, side("{state, 1, 2}", asked=(TWO, THREE)), ("`#state{}`", "grows from 1 to 2 fields", "note")),
        (side("{state, X}", ("a",)), side("{state, X}", ("b",)), ("`#state{}`", "has other fields (+ b, - a)", "note")),
        (
            side("{state, 1, 2}", ("a", "b")),
            side("{state, 1, 2}", ("b", "a")),
            ("`#state{}`", "has its fields in another order", "error"),
        ),
        (side("#{a => 1}"), side("#{a => 1, b => 2}"), None),  # it may be read with a default
        (side("#{a => 1}"), side("#{b => 1}"), ("the map", "has other keys (+ b, - a)", "warning")),
        (side("[]"), side("{state, 1}", asked=(TWO,)), ("a list", "becomes `{state, ...}`", "error")),
        (side("[]"), side("{state, 1}"), None),  # nobody asks for it
        (side("[]"), side("{state, 1}", asked=(TWO, Shape("plain", "list"))), None),
        (side("X"), NEW, None),
        (OLD, side("X"), None),
    ],
)  # fmt: skip
def test_drift(pre: Side, post: Side, said: tuple[str, str, str] | None) -> None:
    assert found(pre, post) == said
