"""The clauses of a function -> what it does (model.code.Function), as its compiled code would tell or less.

Funs become functions of their own, named as the compiler names them, without their numbers being the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from relupc.analyse.erl import asked
from relupc.analyse.erl.syntax import Clause, Expr, NotReadError
from relupc.analyse.onward import NEVER_RETURN
from relupc.analyse.values import UNKNOWN, element, head, joined, small, unknown
from relupc.analyse.values import tail as rest
from relupc.model.beam import FA, MFA, Place
from relupc.model.code import Argument, Call, Function, LocalFun, Result, Test, Wait, origin_of
from relupc.model.term import Atom, Fun, Int, List, Map, Term, Tuple
from relupc.model.value import dataclass, field

Env = dict[str, Term]
_OF_LISTS = ("is_list", "length (", "hd (", "tl (")
MAX_FUNS = 200  # in one function
MAX_WORK = 2_000_000  # variables that are carried into branches, in one function


@dataclass(slots=True)
class Scope:
    """The module around a function; `branches` tells the values of what is a call or has branches (see branches.py)."""

    branches: Mapping[str, Callable[[Walk, Expr, Env, bool], Term]]
    module: str
    file: str
    defined: set[FA]
    imported: dict[FA, MFA]
    records: dict[str, tuple[str, ...]]  # their fields
    made: dict[FA, Function] = field(default_factory=dict)  # the functions of its funs
    funs: dict[FA, int] = field(default_factory=dict)  # how many those of a function are
    left: int = 0  # of MAX_WORK, for the function at hand
    never: frozenset[FA] = frozenset()  # those of its functions that do not return

    def inside(self, env: Env) -> Env:
        """The variables as a branch begins with them. Raises NotReadError if there is too much to carry."""
        self.left -= len(env)
        if self.left < 0:
            raise NotReadError
        return dict(env)


@dataclass(slots=True)
class Walk:
    """A function on the way: what was found in it so far. `outer` names it, `funs` counts its funs."""

    scope: Scope
    fa: FA
    outer: FA
    calls: list[Call] = field(default_factory=list)
    returns: list[Term] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)
    waits: list[tuple[Expr, int, int, bool]] = field(default_factory=list)
    named: dict[str, FA] = field(default_factory=dict)
    counts: bool = False
    catches: bool = False

    def place(self, line: int) -> Place:
        return Place(self.scope.file, line)


def function_of(scope: Scope, name: str, clauses: Sequence[Clause]) -> Function:
    """A function of a module. Those of its funs go into `scope.made`. Raises NotReadError if it is too big."""
    scope.left = MAX_WORK
    fa = FA(name, len(clauses[0].patterns))
    return _function(Walk(scope, fa, fa), clauses, {})


def _function(walk: Walk, clauses: Sequence[Clause], env: Env) -> Function:
    for clause in clauses:
        inside = walk.scope.inside(env)
        for number, pattern in enumerate(clause.patterns):
            bind(pattern, unknown(Argument(number)), inside)
        walk.tests += (*asked.arguments(clause.patterns), *asked.of_guard(clause.guard, inside))
        body_value(walk, clause.body, inside, tail=True)
    return Function(
        walk.fa.name,
        walk.fa.arity,
        walk.place(clauses[0].line),
        tuple(dict.fromkeys(walk.calls)),
        tuple(dict.fromkeys(walk.returns)),
        tuple(dict.fromkeys(walk.tests)),
        tuple(_wait(walk, *found) for found in walk.waits),
        _bounded(clauses, counts=walk.counts),
        walk.catches,
    )


def _wait(walk: Walk, expr: Expr, first: int, last: int, reply: bool) -> Wait:
    """A receive, and which calls come after its timeout: those between the two numbers, -1 being the end."""
    after = expr.parts[1]
    timed = after is not None and after[0].parts[:1] != (Atom("infinity"),)
    calls = walk.calls[first : None if last < 0 else last]
    never = {MFA(walk.scope.module, *fa) for fa in walk.scope.never}  # perhaps not on all ways; then less is said
    ends = any(call.called in NEVER_RETURN or (call.called in never and not call.tail) for call in calls) or not timed
    leaves = frozenset(call.called.local for call in calls if call.tail and call.kind == "local" and not ends)
    goes_to = None if timed or expr.parts[0] else frozenset[FA]()  # it never goes on
    return Wait(timed, reply, leaves, walk.place(expr.line), goes_to, sleeps=not expr.parts[0])


def _bounded(clauses: Sequence[Clause], *, counts: bool) -> Any:
    """As analyse.waits.bounded: an argument is asked whether it is a list, or a number that is counted."""
    patterns = [pattern for clause in clauses for pattern in clause.patterns]
    guards = [" ".join(token.text for token in clause.guard) for clause in clauses]
    if any(p.kind == "list" for p in patterns) or any(
        "[ ]" in guard or any(word in guard for word in _OF_LISTS) for guard in guards
    ):
        return "list"
    numbers = any(p.kind == "value" and isinstance(p.parts[0], Int) for p in patterns)
    return "counter" if counts and (numbers or any(t.kind == "int" for c in clauses for t in c.guard)) else None


def as_compiled(body: Sequence[Expr]) -> Sequence[Expr]:
    """A body as the compiler has it: `X = f(), X` is `f()`."""
    match = body[-2] if len(body) > 1 and body[-2].kind == "match" else None
    ends = match and body[-1].kind == "var" and match.parts[0].parts == body[-1].parts
    return (*body[:-2], match.parts[1]) if match and ends else body


def body_value(walk: Walk, body: Sequence[Expr], env: Env, *, tail: bool) -> Term:
    """The value of expressions one after the other: that of the last one."""
    *before, last = as_compiled(body)
    for expr in before:
        value_of(walk, expr, env)
    return value_of(walk, last, env, tail=tail)


def bind(pattern: Expr, value: Term, env: Env) -> None:
    """Let the variables of a pattern stand for the parts of a value."""
    kind, _, parts = pattern
    match kind:
        case "var" if parts[0] not in env:
            env[parts[0]] = value
        case "match":
            bind(parts[0], value, env)
            bind(parts[1], value, env)
        case "tuple":
            made = _makes_reference(value)  # `{Pid, Ref} = spawn_monitor(...)`
            for at, item in enumerate(parts[0]):
                bind(item, value if made else element(value, at), env)
        case "list":
            for item in parts[0]:
                bind(item, head(value), env)
                value = rest(value)
            if parts[1]:
                bind(parts[1], value, env)
        case "map" | "record" | "binary" | "op":
            for name in _variables(parts):
                env.setdefault(name, UNKNOWN)


def _makes_reference(value: Term) -> bool:
    origin = origin_of(value)
    return isinstance(origin, Result) and origin.called.name == "spawn_monitor"


def meet(envs: Sequence[Env], env: Env) -> None:
    """What variables stand for after branches: a choice of what each made of them."""
    for name in envs[0] if envs else ():
        if all(name in other for other in envs):
            value = envs[0][name]
            for other in envs[1:]:
                value = joined(value, other[name])
            env[name] = value


def value_of(walk: Walk, expr: Expr, env: Env, *, tail: bool = False) -> Term:
    """The value of an expression. With `tail` it is the last thing that its function does."""
    walk.catches |= expr.kind in ("try", "catch")
    branches = walk.scope.branches.get(expr.kind)
    if branches:
        return branches(walk, expr, env, tail)
    value = _plain(walk, expr, env)
    if tail:
        walk.returns.append(value)
    return value


def _plain(walk: Walk, expr: Expr, env: Env) -> Term:
    """The value of what is neither a call nor has branches; nothing in it is the last thing done."""
    kind, _, parts = expr
    match kind:
        case "value":
            return cast("Term", parts[0])
        case "var":
            return env.get(parts[0], UNKNOWN)
        case "tuple":
            return small(Tuple(tuple(value_of(walk, item, env) for item in parts[0])))
        case "list":
            items = tuple(value_of(walk, item, env) for item in parts[0])
            return _listed(items, value_of(walk, parts[1], env) if parts[1] else None)
        case "map":
            return _map(walk, parts, env)
        case "record":
            return _record(walk, parts, env)
        case "match":
            value = value_of(walk, parts[1], env)
            bind(parts[0], value, env)
            return value
        case "op":
            return _operator(walk, expr, env)
        case "local_fun":
            fa = FA(*parts)
            return unknown(LocalFun(fa, ())) if fa in walk.scope.defined else UNKNOWN
        case "external_fun":
            return Fun(*parts)
        case "fun":
            return _fun(walk, expr, env)
    for part in expressions(parts):  # a catch, a binary ...: what it does counts, not its value
        value_of(walk, part, env)
    return UNKNOWN


def expressions(parts: object) -> Iterable[Expr]:
    """The expressions that another one is made of, in the order of its parts."""
    if isinstance(parts, Expr):
        yield parts.parts[1] if parts.kind == "generator" else parts
    elif isinstance(parts, tuple):
        for part in parts:
            yield from expressions(part)


def _listed(items: tuple[Term, ...], tail: Term | None) -> Term:
    if tail is None:
        return small(List(items))
    if isinstance(tail, List):
        return small(List((*items, *tail.items), tail.tail))
    return small(List(items, tail))


def _map(walk: Walk, parts: tuple[Any, ...], env: Env) -> Term:
    base = value_of(walk, parts[0], env) if parts[0] else Map(())
    pairs = {value_of(walk, key, env): value_of(walk, value, env) for key, value in parts[1]}
    return small(Map(tuple({**dict(base.pairs), **pairs}.items()))) if isinstance(base, Map) else UNKNOWN


def _record(walk: Walk, parts: tuple[Any, ...], env: Env) -> Term:
    """A record as the tuple that it is; what a field holds by default is not known."""
    base, name, given = parts
    if base:
        value_of(walk, base, env)
    fields = walk.scope.records.get(name)
    values = {}
    for expr in given:
        if expr.kind == "match" and expr.parts[0].kind in ("value", "var"):
            key = expr.parts[0].parts[0]
            values[key.name if isinstance(key, Atom) else key] = value_of(walk, expr.parts[1], env)
    if base or fields is None:
        return UNKNOWN
    return small(Tuple((Atom(name), *(values.get(key, UNKNOWN) for key in fields))))


def _operator(walk: Walk, expr: Expr, env: Env) -> Term:
    sign, *operands = expr.parts
    values = tuple(value_of(walk, operand, env) for operand in operands)
    walk.tests += asked.of_operator(sign, values)
    if sign == "!":
        walk.calls.append(Call(MFA("erlang", "!", 2), values, "remote", False, walk.place(expr.line)))
        return values[1]
    if sign in ("+", "-"):
        walk.counts |= Int(1) in values
        if sign == "-" and len(values) == 1 and isinstance(values[0], Int):
            return Int(-values[0].value)
    return UNKNOWN


def _fun(walk: Walk, expr: Expr, env: Env) -> Term:
    """A fun: a function of its own. What it captures follows its arguments, but for constants, as when compiled."""
    clauses, name = expr.parts
    number = walk.scope.funs.get(walk.outer, 0)
    if number >= MAX_FUNS:
        return UNKNOWN
    walk.scope.funs[walk.outer] = number + 1
    own = {name, *_variables(tuple(clause.patterns for clause in clauses))}
    used = [used for used in dict.fromkeys(_variables(clauses)) if used in env and used not in own]
    held = [used for used in used if not isinstance(env[used], Atom | Int)]
    arity = len(clauses[0].patterns)
    fa = FA(f"-{walk.outer.name}/{walk.outer.arity}-fun-{number}-", arity + len(held))
    walk.scope.made[fa] = Function(*fa, None, (), ())  # its number is taken
    inner = Walk(walk.scope, fa, walk.outer, named={**walk.named, **({name: fa} if name else {})})
    captured: Env = {held: unknown(Argument(arity + at)) for at, held in enumerate(held)}
    walk.scope.made[fa] = _function(inner, clauses, {**{used: env[used] for used in used}, **captured})
    return small(unknown(LocalFun(fa, tuple(env[held] for held in held))))


def _variables(clauses: object) -> Iterable[str]:
    if isinstance(clauses, Expr) and clauses.kind == "var":
        yield clauses.parts[0]
    elif isinstance(clauses, tuple):
        for part in clauses:
            yield from _variables(part)
