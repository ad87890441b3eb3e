"""Calls and operators in a module that is run without running it (running.py)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product

from relupc.analyse.erl.forks import fun
from relupc.analyse.erl.running import Run, Way, arms, use, value_in
from relupc.analyse.erl.signatures import ELIXIR, asked_for, given_back, knows
from relupc.analyse.erl.syntax import Expr
from relupc.analyse.erl.unused import variables
from relupc.analyse.erl.witness import (
    ANY,
    ANYTHING,
    BOOL,
    COUNT,
    DOUBT,
    DOUBTFUL,
    MAX_VALUES,
    NOTHING,
    NUMBER,
    Env,
    Values,
    of,
    some,
    type_of,
    typed,
)
from relupc.analyse.onward import NEVER_RETURN
from relupc.model.beam import FA, MFA
from relupc.model.term import Atom

_SUMS = ("+", "-", "*", "/")

_ORDER = ("==", "=:=", "/=", "=/=", "<", ">", "=<", ">=")


def call(run: Run, expr: Expr, env: Env) -> Values:
    """A call of a function of the module, of another one, or of a fun."""
    callee, args = expr.parts
    local = (
        FA(callee.parts[0].name, len(args)) if callee.kind == "value" and isinstance(callee.parts[0], Atom) else None
    )
    several = []
    for arg in args:
        several.append(fun(run, arg, env, DOUBT) if local and arg.kind == "fun" else value_in(run, arg, env))
        if not several[-1]:
            return NOTHING
        if arg.kind == "var" and arg in args[: len(several) - 1]:
            several[-1] = typed(several[-1])
    run.reach(expr)
    if local:
        return _local(run, local, several)
    if callee.kind == "fun":
        if {arg.parts[0] for arg in args if arg.kind == "var"} & set(variables(callee.parts)):
            return NOTHING  # two names for one value: what is asked of one tells of the other
        run.reach(callee)
        return arms(run, callee.parts[0], list(islice(product(*several), MAX_VALUES)), dict(env))
    if callee.kind != "remote":
        found = value_in(run, callee, env)
        use(callee, DOUBTFUL, env)
        may_be = run.endless is not None and any((type_of(one) or "fun").startswith("fun") for one in found)
        return ANYTHING if found == ANYTHING or may_be else NOTHING
    return _elsewhere(run, expr, several, env)


def _elsewhere(run: Run, expr: Expr, several: list[Values], env: Env) -> Values:
    """A call of another module, whose arguments have values."""
    callee, args = expr.parts
    named = [
        part.parts[0].name if part.kind == "value" and isinstance(part.parts[0], Atom) else "" for part in callee.parts
    ]
    if not named[0] and value_in(run, callee.parts[0], env) != ANYTHING and run.endless is None:
        return NOTHING
    called = MFA(named[0], named[1], len(args))
    if called in NEVER_RETURN:
        return NOTHING
    if not knows(called.module) and called.module not in ELIXIR and called.module:
        return ANYTHING
    if called.module == "lists" and args[0].kind == "fun" and _never_ends(run, args[0], several[-1], env):
        return NOTHING
    found = given_back(called, several) if knows(called.module) else DOUBTFUL
    for arg in callee.parts:
        use(arg, DOUBTFUL, env)
    for at, arg in enumerate(args):
        use(arg, asked_for(called, at, several[at]) if knows(called.module) else DOUBTFUL, env)
    return found


def _never_ends(run: Run, given: Expr, over: Values, env: Env) -> bool:
    """Whether a fun that is called for each element of a list has no value for the first one, and there is one.

    The compiler unfolds such calls (sys_core_fold_lists).
    """
    if not over or any(one[0] != "cons" for one in over):
        return False
    clauses = given.parts[0]
    run.dry += 1
    found = arms(run, clauses, [(DOUBT,) * len(clauses[0].patterns)], dict(env))
    run.dry -= 1
    return not found


def _local(run: Run, fa: FA, several: list[Values]) -> Values:
    found = NOTHING
    if fa in run.functions:
        ways = list(islice(product(*several), MAX_VALUES))
        for args in ways:
            given = (fa, args)
            run.begin(given)
            run.callers.setdefault(given, {})[run.at] = None
            found = of(found, run.gives.get(given, NOTHING))
        known = [run.gives[(fa, args)] for args in ways if (fa, args) in run.gives]
        if not known and run.endless is not None and fa not in run.endless:
            found = ANYTHING
    return found


def operator(run: Run, expr: Expr, env: Env) -> Values:
    """An operator: what its operands are known to be afterwards counts too."""
    sign, *operands = expr.parts
    values = list[Values]()
    for operand in operands:
        values.append(value_in(run, operand, env))
        if not values[-1]:
            return NOTHING
    differ = len(operands) < 2 or operands[0][::2] != operands[1][::2]
    if sign in _ORDER:
        is_open = differ and any(ANY in one or COUNT in one for one in values)
        if run.endless is None:
            return ANYTHING if is_open else DOUBTFUL
        return (BOOL if is_open else some("bool"),)
    if sign == "!":
        return values[1]
    called = MFA("erlang", sign, len(values))
    found = _of_sum(values, strict=run.endless is None) if sign in _SUMS else given_back(called, values)
    for at, operand in enumerate(operands):
        use(operand, (NUMBER,) if sign in _SUMS else asked_for(called, at, values[at]), env)
    if sign == "++" and found and any(all(one[0] == "cons" for one in several) for several in values):
        return (("cons", DOUBT, some("list")),)
    return found if differ else typed(found)


def _of_sum(values: Sequence[Values], *, strict: bool) -> Values:
    """A number; nothing where an operand is none, or if `strict` may be none."""
    kinds = [{"any" if one == ANY else type_of(one) for one in several} for several in values]
    can = {"any", "number"} if strict else {"any", "number", None}
    return (NUMBER,) if all(several & can for several in kinds) else NOTHING


CALLS: dict[str, Way] = {"call": call, "op": operator}
