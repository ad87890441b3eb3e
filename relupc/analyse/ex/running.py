"""A function of an Elixir module, run with values that surely come -> what is reached, and what it surely gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice, product

from relupc.analyse.erl.syntax import Clause, Expr
from relupc.analyse.ex.known import asked_of, told_by
from relupc.analyse.ex.witness import (
    ANY,
    DOUBT,
    MAP,
    MAX_VALUES,
    NIL,
    NUMBER,
    Env,
    Value,
    Values,
    bound,
    constant,
    listed,
    made,
    matching,
    of,
    takes,
)
from relupc.analyse.onward import NEVER_RETURN
from relupc.model.beam import FA, MFA
from relupc.model.term import Atom, Int
from relupc.model.value import dataclass, field

Given = tuple[FA, Values]  # a function, and what it is called with

MAX_WORK = 200_000  # expressions looked at, in one module
MAX_CALLS = 12  # ways to call a function
_ORDER = ("==", "=:=", "/=", "=/=", "<", ">", "=<", ">=")
# The Erlang compiler knows what functions of these take and give, and Elixir calls the first of them for the others.
_TYPED = {
    *("erlang", "lists", "maps", "math"),
    *("Elixir.Atom", "Elixir.Bitwise", "Elixir.Float", "Elixir.Function", "Elixir.IO", "Elixir.Integer", "Elixir.List"),
    *("Elixir.Map", "Elixir.Node", "Elixir.Port", "Elixir.Process", "Elixir.String", "Elixir.System", "Elixir.Tuple"),
}
_NOTHING: Values = ()
_DOUBT: Values = (DOUBT,)
_ANY: Values = (ANY,)
_NUMBER: Values = (NUMBER,)


@dataclass(slots=True)
class Run:
    """A module as far as it was run: what is reached, how functions are called, and what each such call gives.

    `waiting` are calls that something new was found for; `at` is the one that is looked at.
    """

    module: str
    functions: Mapping[FA, Sequence[Clause]]
    reached: set[int] = field(default_factory=set)
    gives: dict[Given, Values] = field(default_factory=dict)
    callers: dict[Given, dict[Given, None]] = field(default_factory=dict)
    calls: dict[FA, int] = field(default_factory=dict)
    waiting: dict[Given, None] = field(default_factory=dict)
    at: Given = (FA("", 0), ())
    left: int = MAX_WORK

    def begin(self, given: Given) -> None:
        """Have a function be looked at with what it is called with, if it was not."""
        if given not in self.gives and self.calls.get(given[0], 0) < MAX_CALLS:
            self.calls[given[0]] = self.calls.get(given[0], 0) + 1
            self.gives[given] = _NOTHING
            self.waiting[given] = None


def arms(run: Run, clauses: Sequence[Clause], given: Sequence[Values], env: Env) -> Values:
    """What clauses give for values, one for each pattern of a clause."""
    found = _NOTHING
    matched: dict[int, list[Env]] = {}
    for values in given:
        run.left -= len(clauses) ** 2 // 8  # each is held against those before it
        if run.left < 0:
            return _NOTHING
        for number, inside in matching(clauses, values, env):
            matched.setdefault(number, []).append(inside)
    for number, several in matched.items():
        clause = clauses[number]
        run.reached.add(id(clause))
        inside = {**env, **{name: of(*(one[name] for one in several)) for name in several[0]}}
        inside |= {token.text: _DOUBT for token in clause.guard if token.kind == "var"}
        found = of(found, _body(run, clause.body, inside))
    return found


def _body(run: Run, body: Sequence[Expr], env: Env) -> Values:
    found = _DOUBT
    for expr in body:
        found = _value(run, expr, env)
        if not found:
            break
    return found


def _value(run: Run, expr: Expr, env: Env) -> Values:
    """The values of an expression that is reached; none if it may have none."""
    run.left -= 1
    if run.left < 0:
        return _NOTHING
    if expr.kind != "call":  # that is reached once its arguments have values
        run.reached.add(id(expr))
    way = _WAYS.get(expr.kind)
    return way(run, expr, env) if way else _parts(run, expr.parts, env)


def _receive(run: Run, expr: Expr, env: Env) -> Values:
    clauses, late = expr.parts
    given = _body(run, late[1], dict(env)) if late else _NOTHING
    return of(arms(run, clauses, [_ANY], env), given)


def _local_fun(run: Run, expr: Expr, _: Env) -> Values:
    fa = FA(*expr.parts)
    if fa in run.functions:
        run.begin((fa, _ANY * fa.arity))
    return _DOUBT


def _map(run: Run, expr: Expr, env: Env) -> Values:
    """A map, or one with something else in it."""
    base, pairs = expr.parts
    before = _value(run, base, env) if base else (MAP,)
    if base:
        _use(base, (MAP,), env)
    return _parts(run, pairs, env) if {ANY, MAP} & {*before} else _NOTHING


def _field(run: Run, expr: Expr, env: Env) -> Values:
    """A field of a map. It is not known which, and the second time it may be the same one."""
    base = expr.parts[0]
    again = any(f".{var.parts[0]}" in env for var in asked_of(base))
    found = _value(run, base, env)
    _use(base, (MAP,), env)
    env |= {f".{var.parts[0]}": _DOUBT for var in asked_of(base)}
    if not {ANY, MAP} & {*found}:
        return _NOTHING
    return _ANY if base.kind == "var" and not again else _DOUBT


def _parts(run: Run, parts: object, env: Env) -> Values:
    """Expressions one after the other, of whose values nothing is known."""
    if isinstance(parts, Expr):
        found = _value(run, parts, env)
        _use(parts, _DOUBT, env)
        return _DOUBT if found else _NOTHING
    if isinstance(parts, tuple):
        for part in parts:
            if not _parts(run, part, env):
                return _NOTHING
    return _DOUBT


def _use(expr: Expr, as_: Values, env: Env) -> None:
    """A variable was used: the compiler may know its type from then on."""
    if expr.kind == "var":
        env[expr.parts[0]] = as_


def _made(run: Run, expr: Expr, env: Env) -> Values:
    """A tuple or a list. A variable that is in it twice is only one value."""
    items, several = expr.parts[0], list[Values]()
    for at, item in enumerate(items):
        several.append(_value(run, item, env) if item not in items[:at] or item.kind != "var" else _DOUBT)
        if not several[-1]:
            return _NOTHING
    if expr.kind == "tuple":
        return made("tuple", several)
    tail = _value(run, expr.parts[1], env) if expr.parts[1] else (NIL,)
    return listed(several, tail) if tail else _NOTHING


def _match(run: Run, expr: Expr, env: Env) -> Values:
    left, right = expr.parts
    known = right.kind in ("fun", "local_fun")
    found = _fun(run, right, env, DOUBT) if right.kind == "fun" else _value(run, right, env)
    if right.kind in ("var", "match") or known:
        found = found and _DOUBT  # both have one value; a fun that is called here is known
    taken = [bound(left, value) for value in found if takes(left, value, env)]
    if not taken:
        return _NOTHING
    env |= {name: of(*((one[name],) for one in taken)) for name in taken[0] if name not in env}
    return found if left.kind == "var" else _DOUBT


def _operator(run: Run, expr: Expr, env: Env) -> Values:
    sign, *operands = expr.parts
    values = list[Values]()
    for operand in operands:
        values.append(_value(run, operand, env))
        if not values[-1]:
            return _NOTHING
    differ = len(operands) < 2 or operands[0][::2] != operands[1][::2]
    if sign in (*_ORDER, "not") and differ and any(ANY in one for one in values):
        return _ANY
    if sign in _ORDER:
        return _DOUBT
    is_sum = sign in ("+", "-", "*", "/")
    for operand in operands:
        _use(operand, _NUMBER if is_sum else _DOUBT, env)
    can = all(any(one in (ANY, NUMBER) or isinstance(one[-1], Int) for one in several) for several in values)
    return _DOUBT if not is_sum else _NUMBER if can else _NOTHING


def _case(run: Run, expr: Expr, env: Env) -> Values:
    """Branches; those of an `if` have no patterns."""
    asked, clauses = expr.parts
    found = _value(run, asked, env)
    names = dict.fromkeys(var.parts[0] for var in asked_of(asked))
    branches = len(clauses) > 1 and all(pattern.parts == ("_",) for clause in clauses for pattern in clause.patterns)
    if branches and found == _ANY:
        several = []
        for number, clause in enumerate(clauses):
            run.reached.add(id(clause))
            known = dict.fromkeys(told_by(asked, number), _DOUBT)
            several.append(_body(run, clause.body, {**env, **known}))
        if not all(several):
            env |= dict.fromkeys(names, _DOUBT)
        return of(*several)
    env |= dict.fromkeys(names, _DOUBT)
    return _NOTHING if branches else arms(run, clauses, [(value,) for value in found], env)


def _fun(run: Run, expr: Expr, env: Env, given: Value = ANY) -> Values:
    """A fun: it is called with anything if it is given away."""
    run.reached.add(id(expr))
    clauses = expr.parts[0]
    arms(run, clauses, [(given,) * len(clauses[0].patterns)], env)
    return _DOUBT


def _call(run: Run, expr: Expr, env: Env) -> Values:
    callee, args = expr.parts
    local = (
        FA(callee.parts[0].name, len(args)) if callee.kind == "value" and isinstance(callee.parts[0], Atom) else None
    )
    several = []
    for arg in args:
        several.append(_fun(run, arg, env, DOUBT) if local and arg.kind == "fun" else _value(run, arg, env))
        if not several[-1]:
            return _NOTHING
    run.reached.add(id(expr))
    if local:
        return _local(run, local, several)
    if callee.kind != "remote":
        found = _value(run, callee, env)
        _use(callee, _DOUBT, env)
        return _ANY if found == _ANY else _NOTHING
    named = [
        part.parts[0].name if part.kind == "value" and isinstance(part.parts[0], Atom) else "" for part in callee.parts
    ]
    if not named[0] and _value(run, callee.parts[0], env) != _ANY:
        return _NOTHING
    if MFA(named[0], named[1], len(args)) in NEVER_RETURN:
        return _NOTHING
    if named[0] in _TYPED or not named[0]:
        for arg in (*args, *callee.parts):
            _use(arg, _DOUBT, env)
        return _DOUBT
    return _ANY


def _local(run: Run, fa: FA, several: list[Values]) -> Values:
    found = _NOTHING
    if fa in run.functions:
        for args in islice(product(*several), MAX_VALUES):
            given = (fa, args)
            run.begin(given)
            run.callers.setdefault(given, {})[run.at] = None
            found = of(found, run.gives.get(given, _NOTHING))
    return found


_WAYS: dict[str, Callable[[Run, Expr, Env], Values]] = {
    "value": lambda _, expr, __: (constant(expr.parts[0]),),
    "var": lambda _, expr, env: env.get(expr.parts[0], _DOUBT),
    "tuple": _made,
    "list": _made,
    "map": _map,
    "field": _field,
    "match": _match,
    "begin": lambda run, expr, env: _body(run, expr.parts[0], env),
    "op": _operator,
    "call": _call,
    "case": _case,
    "receive": _receive,
    "fun": _fun,
    "local_fun": _local_fun,
}
