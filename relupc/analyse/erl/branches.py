"""Calls, and the expressions that have branches: each branch may be the last thing that a function does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from relupc.analyse.erl import asked
from relupc.analyse.erl.facts import Env, Walk, bind, body_value, expressions, meet, value_of
from relupc.analyse.erl.syntax import Clause, Expr
from relupc.analyse.onward import HIBERNATES
from relupc.analyse.values import UNKNOWN, joined, made_fun, result, unknown
from relupc.model.beam import FA, MFA
from relupc.model.code import Argument, Call, LocalFun, Part, Result, origin_of
from relupc.model.term import Atom, Int, Term

CallKind: TypeAlias = Literal["local", "remote", "fun"]
_REFERENCES = {"make_ref", "monitor", "alias", "spawn_monitor", "spawn_request", "send_request"}


def call(walk: Walk, expr: Expr, env: Env, tail: bool) -> Term:
    """A call: of a function by name, through a module, or of a fun."""
    callee, given = _applied(walk, *expr.parts)
    args = tuple(value_of(walk, arg, env) for arg in given)
    kind, called, fun = _called(walk, callee, len(args), env)
    if kind == "fun" and fun is not None:
        args = (*args, fun)
    if callee.kind == "var" and kind == "local":  # a fun by its own name hands on what it has captured
        args = (*args, *(unknown(Argument(at)) for at in range(len(args), called.arity)))
    walk.calls.append(Call(called, args, kind, tail, walk.place(callee.line)))
    walk.tests += asked.of_call(called.module, called.name, args)
    if called == MFA("erlang", "make_fun", 3):
        return made_fun(args)
    return result(called, args)


def _applied(walk: Walk, callee: Expr, given: Sequence[Expr]) -> tuple[Expr, Sequence[Expr]]:
    """What is called with what: `apply` of a list that is written out is compiled as the call that it means."""
    named = callee.parts if callee.kind == "remote" else (Expr("value", callee.line, (Atom("erlang"),)), callee)
    names = [part.parts for part in named if part.kind == "value"]
    is_apply = names == [(Atom("erlang"),), (Atom("apply"),)] and len(given) == 3 and given[2].kind == "list"
    if not is_apply or given[2].parts[1] or FA("apply", 3) in walk.scope.defined:
        return callee, given
    return Expr("remote", callee.line, (given[0], given[1])), given[2].parts[0]


def _called(walk: Walk, callee: Expr, arity: int, env: Env) -> tuple[CallKind, MFA, Term | None]:
    """What is called, and the fun if it is one."""
    if callee.kind == "remote":
        module, name = (value_of(walk, part, env) for part in callee.parts)
        if isinstance(module, Atom) and isinstance(name, Atom):
            return "remote", MFA(module.name, name.name, arity), None
        return "fun", MFA("", "", arity), UNKNOWN
    if callee.kind == "var" and callee.parts[0] in walk.named:
        fa = walk.named[callee.parts[0]]
        return "local", MFA(walk.scope.module, *fa), None
    value = value_of(walk, callee, env)
    if isinstance(value, Atom):
        fa = FA(value.name, arity)
        if fa in walk.scope.defined:
            return "local", MFA(walk.scope.module, *fa), None
        return "remote", walk.scope.imported.get(fa, MFA("erlang", *fa)), None
    origin = origin_of(value)
    if isinstance(origin, LocalFun) and not origin.captures:
        return "local", MFA(walk.scope.module, *origin.function), None
    return "fun", MFA("", "", arity), value


def match(walk: Walk, expr: Expr, env: Env, tail: bool) -> Term:
    """A match whose left side is one variable leaves nothing to do after its right side."""
    left, right = expr.parts
    value = value_of(walk, right, env, tail=tail and left.kind == "var")
    bind(left, value, env)
    if tail and left.kind != "var":
        walk.returns.append(value)
    return value


def begin(walk: Walk, expr: Expr, env: Env, tail: bool) -> Term:
    return body_value(walk, expr.parts[0], env, tail=tail)


def _clauses(walk: Walk, clauses: Iterable[Clause], of: Term, env: Env, tail: bool) -> Term:
    """The clauses of a case and the like: each with what the pattern binds."""
    found: Term | None = None
    envs = []
    for clause in clauses:
        inside = walk.scope.inside(env)
        for pattern in clause.patterns:
            bind(pattern, of, inside)
            walk.tests += asked.of_pattern(pattern, of)
        walk.tests += asked.of_guard(clause.guard, inside)
        value = body_value(walk, clause.body, inside, tail=tail)
        found = value if found is None else joined(found, value)
        envs.append(inside)
    meet(envs, env)
    return UNKNOWN if found is None else found


def case(walk: Walk, expr: Expr, env: Env, tail: bool) -> Term:
    of, clauses = expr.parts
    return _clauses(walk, clauses, value_of(walk, of, env), env, tail)


def if_(walk: Walk, expr: Expr, env: Env, tail: bool) -> Term:
    return _clauses(walk, expr.parts[0], UNKNOWN, env, tail)


def receive(walk: Walk, expr: Expr, env: Env, tail: bool) -> Term:
    """A receive; one with `after 0` does not wait."""
    clauses, after = expr.parts
    timeout = after[0].parts[:1] if after else ()
    first = len(walk.calls)
    inside = walk.scope.inside(env)
    timed: Term = UNKNOWN
    if after:
        value_of(walk, after[0], inside)
        timed = body_value(walk, after[1], inside, tail=tail)
    last = len(walk.calls)
    value = _clauses(walk, clauses, UNKNOWN, env, tail)
    if not (timeout and timeout[0] == Int(0)):
        walk.waits.append((expr, first, last if tail else -1, _waits_for_reply(clauses, env)))
    return joined(timed, value) if after and clauses else timed if after else value


def _waits_for_reply(clauses: Sequence[Clause], env: Env) -> bool:
    """Whether every message that it takes names a reference that was made before."""
    known = {name for name, value in env.items() if _is_reference(value)}
    return bool(clauses) and all(any(_names(p) & known for p in clause.patterns) for clause in clauses)


def _is_reference(value: Term) -> bool:
    origin = origin_of(value)
    while isinstance(origin, Part):
        origin = origin_of(origin.whole)
    return isinstance(origin, Result) and origin.called.name in _REFERENCES


def _names(pattern: object) -> set[str]:
    if isinstance(pattern, Expr):
        return {pattern.parts[0]} if pattern.kind == "var" else _names(pattern.parts)
    return {name for part in pattern for name in _names(part)} if isinstance(pattern, tuple) else set()


def try_(walk: Walk, expr: Expr, env: Env, tail: bool) -> Term:
    """The body is never the last thing done: something is kept to catch with."""
    body, clauses, caught, after = expr.parts
    keeps = tail and not after
    value = body_value(walk, body, walk.scope.inside(env), tail=False)
    if clauses:
        value = _clauses(walk, clauses, value, walk.scope.inside(env), keeps)
    elif keeps:
        walk.returns.append(value)
    if caught:
        value = joined(value, _clauses(walk, caught, UNKNOWN, walk.scope.inside(env), keeps))
    if after:
        body_value(walk, after, walk.scope.inside(env), tail=False)
        if tail:
            walk.returns.append(value)
    return value


def maybe(walk: Walk, expr: Expr, env: Env, tail: bool) -> Term:
    """Only without `?=` would the last expression be the last thing done; it is not asked here whether it is."""
    body, clauses = expr.parts
    value = body_value(walk, body, walk.scope.inside(env), tail=False)
    if clauses:
        value = joined(value, _clauses(walk, clauses, UNKNOWN, walk.scope.inside(env), False))
    if tail:
        walk.returns.append(value)
    return value


def comprehension(walk: Walk, expr: Expr, env: Env, tail: bool) -> Term:
    """Compiled it is a function of its own that ends with its list, so it is no loop that goes on by hibernating."""
    first = len(walk.calls)
    for part in expressions(expr.parts):
        value_of(walk, part, walk.scope.inside(env))
    walk.calls[first:] = [call._replace(args=()) if call.called in HIBERNATES else call for call in walk.calls[first:]]
    if tail:
        walk.returns.append(UNKNOWN)
    return UNKNOWN


BRANCHES = {
    "call": call,
    "match": match,
    "begin": begin,
    "case": case,
    "if": if_,
    "receive": receive,
    "try": try_,
    "maybe": maybe,
    "comprehension": comprehension,
}
