"""A function and what it is given -> the ways through it (model/passage.py), each followed by itself.

Other than in machine.py ways that meet are not put together, so that one clause is told from another. What fails, be it
for want of a clause, is no way through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.analyse.answers import Learned, answer, filled
from relupc.analyse.machine import ENDS, Machine, Step, TooMuch, X, forget, labels
from relupc.analyse.values import UNKNOWN, unknown
from relupc.model.beam import MFA, Body, Operand, Operands
from relupc.model.code import Argument, Part, Result, Test, origin_of
from relupc.model.passage import Passage
from relupc.model.term import Term
from relupc.model.value import NamedTuple

MAX_STEPS = 5_000  # instructions followed before a function counts as too much
_LEAVES = {("erlang", name) for name in ("error", "exit", "throw", "raise", "halt", "nif_error")}
_SELECTS = {"select_val": "is_eq_exact", "select_tuple_arity": "test_arity"}


class _Here(NamedTuple):
    """Where a way stands: the next instruction, the registers, what was learned of the arguments, what was called."""

    at: int
    registers: dict[Operand, Term]
    learned: Learned
    calls: tuple[MFA, ...] = ()


class _Code(NamedTuple):
    """A function to follow. `targets` are the places of its labels, `given` are its arguments."""

    machine: Machine
    body: Body
    steps: Mapping[str, Step]
    targets: dict[object, int]
    given: tuple[Term, ...]


def passages_of(
    machine: Machine, body: Body, steps: Mapping[str, Step], given: tuple[Term, ...]
) -> tuple[Passage, ...] | None:
    """The ways through a function, each once; None if there are too many to follow, or one leads nowhere."""
    targets: dict[object, int] = {args[0].value: at for at, (op, args) in enumerate(body.instructions) if op == "label"}
    code = _Code(machine, body, steps, targets, given)
    machine.work = MAX_STEPS * len(X)
    todo = [_Here(targets[body.entry], {X[at]: unknown(Argument(at)) for at in range(body.arity)}, {})]
    seen, found = set[object](), dict[Passage, None]()
    try:
        for _ in range(MAX_STEPS):
            if not todo:
                return tuple(found)
            here = todo.pop()
            if here.at == len(body.instructions):
                return None
            mark = here.at, frozenset(here.registers.items()), frozenset(here.learned.items()), here.calls
            if mark in seen:
                continue
            seen.add(mark)
            for one in _onward(code, here):
                if isinstance(one, _Here):
                    todo.append(one)
                else:
                    found[one] = None
    except TooMuch:
        return None
    return None


def _onward(code: _Code, here: _Here) -> Iterator[_Here | Passage]:
    """Where the next instruction leads."""
    machine, (op, args) = code.machine, code.body.instructions[here.at]
    if op in ("label", "line"):
        yield here._replace(at=here.at + 1)
        return
    machine.here, machine.shared = dict(here.registers), False
    for found in (machine.calls, machine.returns, machine.tests):
        found.clear()
    asks = _of_map(machine, args) if op == "get_map_elements" else None
    code.steps.get(op, forget)(machine, args)
    asks = machine.tests[-1] if machine.tests else asks
    call = machine.calls[-1] if machine.calls else None
    after = here._replace(registers={at: value for at, value in machine.here.items() if value is not UNKNOWN})
    if call and call.called not in here.calls:
        after = after._replace(calls=(*here.calls, call.called))
    if call and call.called[:2] in _LEAVES:
        return
    if op == "return" or (call and op in ENDS):
        result = unknown(Result(call.called, call.args)) if call else machine.returns[-1]
        asked = tuple(filled(unknown(Argument(at)), code.given, here.learned) for at in range(code.body.arity))
        yield Passage(asked, after.calls, result)
    elif asks and op in _SELECTS:
        yield from _selected(code, after, asks, args)
    elif asks:
        yield from _tested(code, after, asks, args[0])
    else:
        aside = () if call else labels(args)
        yield from (after._replace(at=code.targets[label]) for label in aside if label in code.targets)
        if op not in ENDS:
            yield after._replace(at=here.at + 1)


def _of_map(machine: Machine, args: Operands) -> Test | None:
    """What takes values out of a map asks whether it is one."""
    value = machine.read(args[1])
    return Test("has_map_fields", value, ()) if isinstance(origin_of(value), Argument | Part) else None


def _tested(code: _Code, after: _Here, asks: Test, label: Operand) -> Iterator[_Here]:
    passes, then, otherwise = answer(asks, code.given, after.learned)
    if passes is not False:
        yield after._replace(at=after.at + 1, learned={**after.learned, **then})
    if passes is not True and label.value in code.targets:
        yield after._replace(at=code.targets[label.value], learned={**after.learned, **otherwise})


def _selected(code: _Code, after: _Here, asks: Test, args: Operands) -> Iterator[_Here]:
    """The ways on from a choice by a value: those that it may take, and the last one where none is sure."""
    found = args[2].listed
    for against, label in zip(asks.against, found[1::2], strict=False):
        passes, then, _ = answer(Test(_SELECTS[asks.name], asks.value, (against,)), code.given, after.learned)
        if passes is not False:
            yield after._replace(at=_place(code, label), learned={**after.learned, **then})
        if passes:
            return
    yield after._replace(at=_place(code, args[1]))


def _place(code: _Code, label: Operand) -> int:
    """Where a label is, which a damaged module may lack."""
    place = code.targets.get(label.value)
    if place is None:
        raise TooMuch
    return place
