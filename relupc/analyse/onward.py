"""The instructions of a function -> with which functions of its module it may go on from each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from relupc.analyse.machine import ENDS, labels
from relupc.model.beam import FA, MFA, Body, Operand

Ways: TypeAlias = list[frozenset[FA]]

MAX_ROUNDS = 3
_LOCAL_TAILS = ("call_last", "call_only")
_NO_JUMP = ("label", "call", "func_info", *_LOCAL_TAILS)
_JUMPS_BACK = ("wait", "wait_timeout", "loop_rec_end")
_NOWHERE: frozenset[FA] = frozenset()
# What never comes back.
EXITS = frozenset(
    (
        *(MFA("erlang", "exit", 1), MFA("erlang", "error", 1), MFA("erlang", "error", 2), MFA("erlang", "error", 3)),
        *(
            MFA("erlang", "throw", 1),
            MFA("erlang", "raise", 3),
            MFA("erlang", "nif_error", 1),
            MFA("erlang", "halt", 0),
        ),
        *(MFA("erlang", "halt", 1), MFA("erlang", "halt", 2)),
    )
)
HIBERNATES = frozenset((MFA("erlang", "hibernate", 3), MFA("proc_lib", "hibernate", 3)))
NEVER_RETURN = EXITS | HIBERNATES


def onward(body: Body, imports: tuple[MFA, ...], entries: Mapping[int, MFA]) -> Ways:
    """For each instruction the local functions in which the way from it on may end, as the last act.

    Code jumps forward, but for the end of a receive: it is gone over backwards, and again for those.
    """
    ways = [_NOWHERE] * (len(body.instructions) + 1)
    if not any(op in _LOCAL_TAILS for op, _ in body.instructions):
        return ways
    at_label = labels_of(body)
    jumps_back = any(op in _JUMPS_BACK for op, _ in body.instructions)
    for _ in range(MAX_ROUNDS if jumps_back else 1):
        before = list(ways)
        for at in range(len(body.instructions) - 1, -1, -1):
            op, args = body.instructions[at]
            found = _NOWHERE if op in ENDS or _never_returns(op, args, imports) else ways[at + 1]
            if op in _LOCAL_TAILS:
                found = _called(args[1], entries)
            elif op not in _NO_JUMP:
                for label in labels(args):
                    further = ways[at_label.get(label, -1)]
                    found = found if further <= found else found | further
            ways[at] = found
        if ways == before:
            break
    return ways


def _never_returns(op: str, args: tuple[Operand, ...], imports: tuple[MFA, ...]) -> bool:
    number = args[1].value if op == "call_ext" else None
    return isinstance(number, int) and number < len(imports) and imports[number] in NEVER_RETURN


def labels_of(body: Body) -> dict[object, int]:
    """Where each label of a function stands."""
    return {args[0].value: at for at, (op, args) in enumerate(body.instructions) if op == "label"}


def _called(label: Operand, entries: Mapping[int, MFA]) -> frozenset[FA]:
    called = entries.get(label.value) if isinstance(label.value, int) else None
    return frozenset({called.local}) if called else _NOWHERE


def goes_on(body: Body, imports: tuple[MFA, ...], entries: Mapping[int, MFA], ways: Ways) -> dict[MFA, frozenset[FA]]:
    """The functions that are called with something left to do, and with which local ones it may go on then."""
    found: dict[MFA, frozenset[FA]] = {}
    for at, (op, args) in enumerate(body.instructions):
        number = args[1].value if op in ("call", "call_ext") else None
        if isinstance(number, int) and ways[at + 1]:
            called = entries.get(number) if op == "call" else imports[number] if number < len(imports) else None
            if called:
                found[called] = found.get(called, _NOWHERE) | ways[at + 1]
    return found
