"""The instructions of a function -> where it waits for messages, and whether its recursion ends by itself."""

from __future__ import annotations

from typing import Literal, TypeAlias

from relupc.analyse.machine import ENDS, labels
from relupc.analyse.onward import EXITS, Ways, labels_of
from relupc.model.beam import MFA, Body, Operand
from relupc.model.code import Wait

Bound: TypeAlias = Literal["list", "counter"]

_WAITS = ("wait", "wait_timeout")
_MARKERS = ("recv_marker_use", "recv_set")
_INFINITY = Operand("a", "infinity")
_COMPARES = ("is_eq_exact", "is_ne_exact", "is_eq", "is_ne", "is_lt", "is_ge", "select_val")
_SIZES = ("length", "map_size")
_WRITES = ("bif", "gc_bif", "get_", "bs_start_match", "put_")
_ACTS = ("call", "send", "apply")
_MAX_LOOKED_AT = 300
# Where the head of a function is over: what follows is done, not asked.
_HEAD_ENDS = ("call", "loop_rec", "apply", "wait", "send", "recv_m", "try", "catch")


def waits(body: Body, imports: tuple[MFA, ...], ways: Ways) -> tuple[Wait, ...]:
    """Each receive that can wait: one with `after 0` has no instruction for it. Lines of receives are not kept."""
    found = []
    at_label = labels_of(body) if any(op in _WAITS for op, _ in body.instructions) else {}
    for at, (op, args) in enumerate(body.instructions):
        if op in _WAITS:
            timed = op == "wait_timeout" and args[1] != _INFINITY
            head = at_label.get(args[0].value, at)
            leaves_to = ways[at + 1] if timed else frozenset()
            reply, last = _is_for_a_reply(body, head), _is_last(body, head, at_label, imports)
            sleeps = head + 1 == at  # no message is looked at in between
            found.append(Wait(timed, reply, leaves_to, None, ways[head], last, sleeps))
    return tuple(found)


def _is_last(body: Body, head: int, at_label: dict[object, int], imports: tuple[MFA, ...]) -> bool:
    """Whether nothing is called from an instruction on, whichever way, but to exit. Long code is not looked through."""
    todo, seen = [head], set[int]()
    while todo:
        at = todo.pop()
        while at < len(body.instructions) and at not in seen:
            seen.add(at)
            op, args = body.instructions[at]
            if len(seen) > _MAX_LOOKED_AT or (op.startswith(_ACTS) and not _is_exit(op, args, imports)):
                return False
            todo += [at_label[to] for to in labels(args) if op != "label" and to in at_label]
            if op in ENDS:
                break
            at += 1
    return True


def _is_exit(op: str, args: tuple[Operand, ...], imports: tuple[MFA, ...]) -> bool:
    number = args[1].value if op.startswith("call_ext") else None
    return isinstance(number, int) and number < len(imports) and imports[number] in EXITS


def _is_for_a_reply(body: Body, head: int) -> bool:
    """Whether the receive that begins at an instruction only looks at messages newer than a reference just made."""
    return head > 0 and body.instructions[head - 1].op in _MARKERS


def bounded(body: Body, imports: tuple[MFA, ...]) -> Bound | None:
    """Why the recursion of a function ends by itself, if one of its arguments shows that.

    It walks a list, or counts: what it asks of an argument before its first call or receive tells.
    """
    asked = _asked(body, imports)
    if "list" in asked:
        return "list"
    return "counter" if "counter" in asked and _counts(body, imports) else None


def _asked(body: Body, imports: tuple[MFA, ...]) -> set[Bound]:
    """What the head of a function asks of its arguments, on any way through it."""
    at_label = labels_of(body)
    held = frozenset(Operand("x", number) for number in range(body.arity))
    todo: list[tuple[int, frozenset[Operand], frozenset[Operand]]] = [(at_label.get(body.entry, 0), held, frozenset())]
    seen: set[int] = set()
    found: set[Bound] = set()
    while todo:
        at, held, sizes = todo.pop()
        while at < len(body.instructions) and at not in seen:
            seen.add(at)
            op, args = body.instructions[at]
            if op.startswith(_HEAD_ENDS):
                break
            found |= _bound(op, args, held, sizes)
            held, sizes = _after(op, args, held, sizes, imports)
            todo += [(at_label[to], held, sizes) for to in labels(args) if op != "label" and to in at_label]
            if op in ENDS:
                break
            at += 1
    return found


def _bound(op: str, args: tuple[Operand, ...], held: frozenset[Operand], sizes: frozenset[Operand]) -> set[Bound]:
    if op in ("is_nonempty_list", "is_nil"):
        return {"list"} if args[1] in held else set()
    if op not in _COMPARES:
        return set()
    one = args[0] if op == "select_val" else args[1]
    others = args[2].listed if op == "select_val" else (args[2],)
    if one in held and any(other.kind == "nil" for other in others):
        return {"list"}
    pairs = [pair for other in others for pair in ((one, other), (other, one))]
    if any(size in sizes and number.kind == "i" for size, number in pairs):
        return {"list"}
    return {"counter"} if any(asked in held and (by.kind == "i" or by in held) for asked, by in pairs) else set()


def _after(
    op: str,
    args: tuple[Operand, ...],
    held: frozenset[Operand],
    sizes: frozenset[Operand],
    imports: tuple[MFA, ...],
) -> tuple[frozenset[Operand], frozenset[Operand]]:
    """The registers that hold arguments, and those that hold sizes of them, after an instruction of a head."""
    if op == "move":
        return (held | {args[1]} if args[0] in held else held - {args[1]}), sizes - {args[1]}
    if not op.startswith(_WRITES):
        return held, sizes
    written = {*args[1:], *args[-1].listed} if op in ("get_list", "get_map_elements") else {args[-1]}
    sized = op in ("bif1", "gc_bif1") and _name(args[-3], imports) in _SIZES and args[-2] in held
    return held - written, (sizes | {args[-1]}) if sized else sizes - written


def _counts(body: Body, imports: tuple[MFA, ...]) -> bool:
    """Whether a number is added to something, or taken away from it."""
    sums = (args for op, args in body.instructions if op == "gc_bif2")
    return any(_name(args[2], imports) in ("+", "-") and any(one.kind == "i" for one in args[3:5]) for args in sums)


def _name(row: Operand, imports: tuple[MFA, ...]) -> str | None:
    return imports[row.value].name if isinstance(row.value, int) and row.value < len(imports) else None
