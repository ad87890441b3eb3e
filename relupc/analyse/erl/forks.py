"""Expressions with branches, and funs, in a module that is run without running it (running.py)."""

from __future__ import annotations

from collections.abc import Iterable

from relupc.analyse.erl.known import asked_of, told_by
from relupc.analyse.erl.running import Run, Way, arms, body_in, parts_in, use, value_in
from relupc.analyse.erl.signatures import ELIXIR, knows
from relupc.analyse.erl.syntax import Expr
from relupc.analyse.erl.takes import bound, takes
from relupc.analyse.erl.witness import (
    ANY,
    ANYTHING,
    BOOL,
    DOUBTFUL,
    NOTHING,
    UNTOLD,
    Env,
    Value,
    Values,
    constant,
    of,
    some,
    type_of,
)
from relupc.model.beam import FA
from relupc.model.term import Atom

_TRUTHS = (constant(Atom("true")), constant(Atom("false")))


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
        return _branches(run, expr, names if is_asked else None, env)
    env |= {name: DOUBTFUL for name in names if run.endless is None or env.get(name) == ANYTHING}
    is_new = asked.kind == "call" and found == ANYTHING
    if branches:
        return NOTHING
    return arms(run, clauses, [(value,) for value in found], env, others=is_new, subject=_subject(run, asked))


def _branches(run: Run, expr: Expr, names: Iterable[str] | None, env: Env) -> Values:
    """Two branches for what may be true or not; `names` are the variables asked, if the answer is sure to be either."""
    asked, clauses = expr.parts
    subject, several = _subject(run, asked), list[Values]()
    for number, clause in enumerate(clauses):
        run.reach(clause)
        known = dict.fromkeys(told_by(asked, number) if names is None else names, DOUBTFUL)
        if subject:
            known[subject] = (_TRUTHS[number],)
        several.append(body_in(run, clause.body, {**env, **known}))
    if not all(several):
        env |= dict.fromkeys((var.parts[0] for var in asked_of(asked)), DOUBTFUL)
    if subject:
        env[subject] = (
            (BOOL,) if all(several) else tuple(one for one, ends in zip(_TRUTHS, several, strict=True) if ends)
        )
    return of(*several)


def _subject(run: Run, asked: Expr) -> str | None:
    """The variable of which the patterns of clauses tell what it is."""
    return asked.parts[0] if asked.kind == "var" and run.endless is not None else None


def if_(run: Run, expr: Expr, env: Env) -> Values:
    """An `if` of Erlang."""
    (clauses,) = expr.parts
    return arms(run, clauses, [()], env)


def receive(run: Run, expr: Expr, env: Env) -> Values:
    """A message may be anything, be it what a variable holds."""
    clauses, late = expr.parts
    waits = late and late[0].parts[:1] != (Atom("infinity"),) and value_in(run, late[0], env)
    timed = dict(env)
    given = body_in(run, late[1], timed) if waits else NOTHING
    found = arms(run, clauses, [ANYTHING], env, others=True)
    if given and run.endless is not None:
        env |= {name: of(timed[name], env[name] if found else NOTHING) for name in env}
    return of(found, given)


def try_(run: Run, expr: Expr, env: Env) -> Values:
    """What is caught is only looked at where a call of a function that the compiler does not know may fail."""
    body, clauses, caught, after = expr.parts
    inside = dict(env)
    found = body_in(run, body, inside)
    if clauses:
        found = arms(run, clauses, [(value,) for value in found], inside, subject=_subject(run, body[-1]))
    before = dict(env)
    late = arms(run, caught, [ANYTHING], dict(env)) if any(map(_may_fail, body)) and found else NOTHING
    if run.endless is not None and not late:
        env |= {name: inside[name] for name in env}
    if after and not (body_in(run, after, before) and body_in(run, after, inside)):
        return NOTHING
    return of(found, late)


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
    """What is caught may be anything where something is called."""
    found = value_in(run, expr.parts[0], env)
    return found if run.endless is not None and found and not _calls(expr.parts) else ANYTHING


def _calls(part: object) -> bool:
    if isinstance(part, Expr) and part.kind in ("call", "op"):
        return True
    return isinstance(part, tuple) and any(map(_calls, part))


def comprehension(run: Run, expr: Expr, env: Env) -> Values:
    """A list of what is made of any values; of others it is not known whether there are some.

    Where nothing of it comes to an end it may still be empty.
    """
    made, parts = expr.parts
    inside, goes_on, is_made = dict(env), True, False
    for part in parts:
        asked = part.parts[1] if part.kind == "generator" else part
        found = value_in(run, asked, env if part is parts[0] else inside)
        if part is parts[0] and not (found == ANYTHING or (found and all(type_of(one) == "list" for one in found))):
            return NOTHING
        if part is parts[0]:
            use(asked, DOUBTFUL, env)
            inside |= env
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


def opaque(run: Run, expr: Expr, env: Env) -> Values:
    """What cannot be read, or is a macro of a header."""
    found = parts_in(run, expr.parts, env)
    return (UNTOLD,) if found and run.endless is not None and not expr.parts else found


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
    "opaque": opaque,
}
