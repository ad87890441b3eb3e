"""For tests: a loop that waits for messages, in which a process begins; with what is to be different."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from relupc.model.beam import FA, MFA, Place
from relupc.model.loop import Block, Loop

LOOP = FA("loop", 1)
ENTRY = MFA("shop", "init", 1)
WAITS = Block("receive", Place("shop.erl", 3), None, False)
SLEEPS = Block("blocking", Place("shop.erl", 4), MFA("timer", "sleep", 1), False)
PLAIN = Loop(
    LOOP, (LOOP,), "local", WAITS, ENTRY, MFA("erlang", "spawn", 3), False, None, False, False, False, False, False
)


def loop(**different: Any) -> Loop:
    """A loop like PLAIN."""
    return replace(PLAIN, **different)
