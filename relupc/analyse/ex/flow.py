"""The expressions of a function -> with which functions of its module it may go on from its calls and receives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from relupc.analyse.erl.facts import as_compiled
from relupc.analyse.erl.syntax import Clause, Expr
from relupc.analyse.onward import NEVER_RETURN
from relupc.analyse.waits import Bound
from relupc.model.beam import FA, MFA
from relupc.model.code import Function
from relupc.model.term import Atom
from relupc.model.value import dataclass, field, replace

Ways = frozenset[FA]
_NOWHERE: Ways = frozenset()
_COMPARES = {"==", "=:=", "/=", "=/=", "<", ">", "=<", ">=", "in"}


@dataclass(slots=True)
class Flow:
    """What was found on the way. `receives` are by line.

    `asks`: something is compared, or taken apart as a list; `counts`: something is added. Both may end a recursion.
    """

    module: str
    goes_on: dict[MFA, Ways] = field(default_factory=dict)
    receives: dict[int, Ways] = field(default_factory=dict)
    asks: bool = False
    counts: bool = False
    walks: bool = False

    @property
    def bound(self) -> Bound | None:
        """Why the recursion may end by itself, told with less care than from compiled code: then more is silent."""
        return "list" if self.walks else "counter" if self.asks and self.counts else None


def with_flow(module: str, function: Function, clauses: Iterable[Clause]) -> Function:
    """The function with what its calls and receives go on with."""
    flow = Flow(module)
    for clause in clauses:
        flow.asks |= bool(clause.guard) or _has(clause.patterns, "value")
        flow.walks |= _has(clause.patterns, "list")
        _body(flow, clause.body, None)
    waits = tuple(
        wait._replace(goes_to=flow.receives.get(wait.place.line) if wait.place else None) for wait in function.waits
    )
    goes_on = {called: ways for called, ways in flow.goes_on.items() if ways}
    return replace(function, waits=waits, goes_on=goes_on, bounded=function.bounded or flow.bound)


def _has(part: object, kind: str) -> bool:
    """Whether a pattern has this kind in it."""
    if isinstance(part, Expr):
        return part.kind == kind or _has(part.parts, kind)
    return isinstance(part, tuple) and any(_has(inner, kind) for inner in part)


def _body(flow: Flow, body: Sequence[Expr], after: Ways | None) -> Ways:
    """The ways from the beginning of a body; `after` are those behind it, None at the end of the function."""
    ways = after
    for expr in reversed(as_compiled(body)):
        ways = _one(flow, expr, ways)
    return ways or _NOWHERE


def _one(flow: Flow, expr: Expr, after: Ways | None) -> Ways:
    kind, line, parts = expr
    if kind == "call":
        return _several(flow, parts, _call(flow, parts[0], len(parts[1]), after))
    if kind == "match":
        ends = after if after is not None or parts[0].kind == "var" else _NOWHERE
        return _one(flow, parts[1], ends)
    if kind == "begin":
        return _body(flow, parts[0], after)
    if kind == "case":
        patterns = [pattern for clause in parts[1] for pattern in clause.patterns]
        flow.walks |= any(pattern.kind == "list" for pattern in patterns)
        flow.asks |= any(pattern.kind == "value" for pattern in patterns)
        return _one(flow, parts[0], _clauses(flow, parts[1], after))
    if kind == "receive":
        clauses, late = parts
        ways = _clauses(flow, clauses, after) | (_body(flow, late[1], after) if late else _NOWHERE)
        flow.receives[line] = flow.receives.get(line, _NOWHERE) | ways
        return ways
    if kind == "fun":
        return after or _NOWHERE
    flow.asks |= kind == "op" and parts[0] in _COMPARES
    flow.counts |= kind == "op" and parts[0] in ("+", "-")
    flow.walks |= kind == "op" and any(isinstance(part, Expr) and part.kind == "list" for part in parts[1:])
    return _several(flow, parts, after or _NOWHERE)


def _clauses(flow: Flow, clauses: Iterable[Clause], after: Ways | None) -> Ways:
    return _NOWHERE.union(*(_body(flow, clause.body, after) for clause in clauses))


def _several(flow: Flow, parts: object, after: Ways) -> Ways:
    """The parts of an expression, the last one first."""
    if isinstance(parts, Expr):
        return _one(flow, parts, after)
    for part in reversed(parts) if isinstance(parts, tuple) else ():
        after = _several(flow, part, after)
    return after


def _call(flow: Flow, callee: Expr, arity: int, after: Ways | None) -> Ways:
    """The ways from a call on."""
    module, name = flow.module, callee.parts[0] if callee.kind == "value" else None
    if callee.kind == "remote":
        named = [part.parts[0] if part.kind == "value" else None for part in callee.parts]
        module, name = (named[0].name if isinstance(named[0], Atom) else ""), named[1]
    if not isinstance(name, Atom) or not module:
        return after or _NOWHERE
    mfa = MFA(module, name.name, arity)
    flow.walks |= mfa.name in ("length", "map_size", "hd", "tl")
    if mfa in NEVER_RETURN:
        return _NOWHERE
    if after is None:
        return frozenset({mfa.local}) if callee.kind == "value" else _NOWHERE
    flow.goes_on[mfa] = flow.goes_on.get(mfa, _NOWHERE) | after
    return after
