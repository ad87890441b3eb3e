"""relupc.model.passage: ways are told apart by all that they say."""

from __future__ import annotations

from relupc.model.beam import MFA
from relupc.model.passage import Passage
from relupc.model.term import Atom


def test_ways_are_values() -> None:
    way = Passage((Atom("up"),), (), Atom("ok"))
    acting = way._replace(calls=(MFA("timer", "sleep", 1),))
    assert len({way, acting, Passage((Atom("up"),), (), Atom("ok"))}) == 2
