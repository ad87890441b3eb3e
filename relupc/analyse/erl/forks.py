"""Expressions with branches, and funs, in a module that is run without running it (running.py)."""

from __future__ import annotations

from relupc.analyse.erl.known import asked_of, told_by
from relupc.analyse.erl.running import Run, Way, arms, body_in, parts_in, use, value_in
from relupc.analyse.erl.signatures import ELIXIR, knows
from relupc.analyse.erl.syntax import Expr
from relupc.analyse.erl.takes import bound, takes
from relupc.analyse.erl.witness import ANY, ANYTHING, BOOL, DOUBTFUL, NOTHING, Env, Value, Values, of, some, type_of
from relupc.model.beam import FA
from relupc.model.term import Atom


def fun(run: Run, expr: Expr, env: Env, given: Value = ANY) -> Values:
    """A fun: it is called with anything if it is given away."""
    clauses = expr.parts[0]
    arity = len(clauses[0].patterns)
    if id(expr) not in run.unused:
        run.reach(expr)
        arms(run, clauses, [(given,) * arity], dict(env))
    return (some(f"fun{arity}"),)


def local_fun(run: Run, expr: Expr, _: Env) -> Values:
    """A fun of a function by its name: whoever gets it calls it with anything."""
    fa = FA(*expr.parts)
    if id(expr) not in run.unused:
        run.reach(expr)
        if fa in run.functions:
            run.begin((fa, ANYTHING * fa.arity))
    return (some(f"fun{fa.arity}"),)


def case(run: Run, expr: Expr, env: Env) -> Values:
    """Branches; those of an `if` have no patterns."""
    asked, clauses = expr.parts
    found = value_in(run, asked, env)
    names = dict.fromkeys(var.parts[0] for var in asked_of(asked))
    branches = len(clauses) > 1 and all(pattern.parts == ("_",) for clause in clauses for pattern in clause.patterns)
    is_asked = run.endless is not None and found == (BOOL,)  # of Elixir's types that are asked for so nothing is said
    if branches and (found == ANYTHING or is_asked):
        several = []
        for number, clause in enumerate(clauses):
            run.reach(clause)
            known = dict.fromkeys(names if is_asked else told_by(asked, number), DOUBTFUL)
            several.append(body_in(run, clause.body, {**env, **known}))
        if not all(several):
            env |= dict.fromkeys(names, DOUBTFUL)
        return of(*several)
    subject = asked.parts[0] if asked.kind == "var" and run.endless is not None else None
    env |= dict.fromkeys(names, DOUBTFUL)
    is_new = asked.kind == "call" and found == ANYTHING
    return (
        NOTHING if branches else arms(run, clauses, [(value,) for value in found], env, others=is_new, subject=subject)
    )


def if_(run: Run, expr: Expr, env: Env) -> Values:
    """An `if` of Erlang."""
    (clauses,) = expr.parts
    return arms(run, clauses, [()], env)


def receive(run: Run, expr: Expr, env: Env) -> Values:
    """A message may be anything, be it what a variable holds."""
    clauses, late = expr.parts
    waits = late and late[0].parts[:1] != (Atom("infinity"),) and value_in(run, late[0], env)
    given = body_in(run, late[1], dict(env)) if waits else NOTHING
    return of(arms(run, clauses, [ANYTHING], env, others=True), given)


def try_(run: Run, expr: Expr, env: Env) -> Values:
    """What is caught is only looked at where a call of a function that the compiler does not know may fail."""
    body, clauses, caught, after = expr.parts
    found = body_in(run, body, dict(env))
    if clauses:
        found = arms(run, clauses, [(value,) for value in found], env)
    if any(map(_may_fail, body)) and found:
        found = of(found, arms(run, caught, [ANYTHING], env))
    return found if not after or body_in(run, after, dict(env)) else NOTHING


def _may_fail(part: object) -> bool:
    """Whether there is a call of another module, but for those of the compiler's own."""
    if isinstance(part, Expr) and part.kind in ("fun", "try", "catch"):
        return False
    if isinstance(part, Expr) and part.kind == "call" and part.parts[0].kind == "remote":
        module = part.parts[0].parts[0].parts[:1]
        return (
            bool(module) and isinstance(module[0], Atom) and not knows(module[0].name) and module[0].name not in ELIXIR
        )
    return isinstance(part, tuple) and any(map(_may_fail, part))


def catch(run: Run, expr: Expr, env: Env) -> Values:
    value_in(run, expr.parts[0], env)
    return ANYTHING


def comprehension(run: Run, expr: Expr, env: Env) -> Values:
    """A list of what is made of any values; of others it is not known whether there are some.

    Where nothing of it comes to an end it may still be empty.
    """
    made, parts = expr.parts
    inside, goes_on, is_made = dict(env), True, False
    for part in parts:
        asked = part.parts[1] if part.kind == "generator" else part
        found = value_in(run, asked, inside)
        if part is parts[0] and not (found == ANYTHING or (found and all(type_of(one) == "list" for one in found))):
            return NOTHING
        if part is parts[0]:
            use(asked, DOUBTFUL, env)
            is_made = bool(found) and all(one[0] == "cons" for one in found)
        for var in asked_of(asked):
            inside[var.parts[0]] = DOUBTFUL
        takes_any = part.kind != "generator" or takes(part.parts[0], ANY, inside)
        if found != ANYTHING or not takes_any:
            goes_on = False
            break
        if part.kind == "generator":
            inside |= {name: (value,) for name, value in bound(part.parts[0], ANY).items()}
    run.dry += not goes_on
    ends = parts_in(run, made, inside)
    run.dry -= not goes_on
    return (some("list"),) if ends or not is_made else NOTHING


FORKS: dict[str, Way] = {
    "begin": lambda run, expr, env: body_in(run, expr.parts[0], env),
    "case": case,
    "if": if_,
    "receive": receive,
    "try": try_,
    "catch": catch,
    "maybe": lambda *_: NOTHING,
    "fun": fun,
    "local_fun": local_fun,
    "comprehension": comprehension,
}
