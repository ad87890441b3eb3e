"""Clauses, and values that come to them -> which of them are surely taken, or may be, and what is known inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Literal, TypeAlias

from relupc.analyse.erl.before import Before
from relupc.analyse.erl.covers import covers_clause, is_free
from relupc.analyse.erl.guards import (
    NEVER,
    Asked,
    is_choice,
    questions_of,
    tests_of,
    type_told,
    types_told,
    value_told,
)
from relupc.analyse.erl.syntax import Clause, Expr
from relupc.analyse.erl.takes import are_apart, bound, passes, shaped, surely_differs, takes
from relupc.analyse.erl.tokens import Token
from relupc.analyse.erl.witness import ANY, ANYTHING, DOUBTFUL, Env, Value, Values, constant, some, type_of

State: TypeAlias = Literal["holds", "fails", "open", "unknown"]  # of a guard; it is open where both may be


def matching(
    clauses: Sequence[Clause], values: Values, env: Env, *, others: bool = False, subject: str | None = None
) -> Iterator[tuple[int, Env]]:
    """The clauses that are surely taken by some of what these values stand for, with what their patterns bind.

    `others`: the values have nothing to do with those of the variables; `subject` is the variable that has the first.
    """
    outside = dict.fromkeys(env, ANYTHING) if others else env
    before, doubtful = Before(), list[Clause]()
    for number, clause in enumerate(clauses):
        known, sure = dict(outside), not _is_excluded(subject, clause, env)
        found: Env = {}
        for pattern, value in zip(clause.patterns, values, strict=True):
            sure = sure and takes(pattern, value, known)
            if sure:
                new = {name: (one,) for name, one in bound(pattern, value).items() if name not in known}
                found |= new
                known |= new
        tests, state = questions_of(clause.guard) or (), judged(clause, env | found | _shape(subject, clause, values))
        sure = sure and state in ("holds", "open") and not any(covers_clause(one, clause, env) for one in doubtful)
        if state == "unknown" and _is_doubtful(clause.guard, env | found):
            doubtful.append(clause)
        sure = sure and before.leaves_open(clause, tests, partial(covers_clause, other=clause, env=env))
        if sure and not any(covers_clause(one, clause, env) for one in clauses[:number] if is_free(one)):
            yield number, found
        if state == "fails":
            continue
        goes_by = any(passes(pattern, one, outside) for pattern, one in zip(clause.patterns, values, strict=True))
        if not goes_by and not (sure and state == "open"):
            return
        before.add(clause)


def _is_doubtful(guard: Sequence[Token], env: Env) -> bool:
    """Whether a guard that is not followed may always hold: it asks what is known, or nothing but constants."""
    names = [token.text for token in guard if token.kind == "var"]
    return any(env.get(name) != ANYTHING for name in names) or all(one.kind not in ("var", "opaque") for one in guard)


def _shape(subject: str | None, clause: Clause, values: Values) -> Env:
    """What a clause makes of the variable that has the first of the values."""
    return {subject: (shaped(clause.patterns[0], values[0]),)} if subject else {}


def may_take(clause: Clause, values: Values, env: Env, subject: str | None = None) -> tuple[Env, State]:
    """The variables inside of a clause, and what becomes of its guard for these values."""
    inside = env | _shape(subject, clause, values)
    if _is_excluded(subject, clause, env):
        return inside, "fails"
    for pattern, value in zip(clause.patterns, values, strict=True):
        if surely_differs(pattern, value) or _is_another(pattern, value, env):
            return inside, "fails"
        inside |= {name: (one,) for name, one in bound(pattern, value).items() if name not in env}
    state = judged(clause, inside)
    if state == "unknown":
        names = [token.text for token in clause.guard if token.kind == "var"]
        is_free = names and all(inside.get(name) in (ANYTHING, DOUBTFUL) for name in names)
        return inside, "open" if is_free or any(one.kind == "opaque" for one in clause.guard) else "unknown"
    return inside, state


def excluded(clauses: Sequence[Clause], number: int) -> Env:
    """The constants that the variable of a clause is not, as clauses before took them: by `!` and its name."""
    (pattern, *more) = clauses[number].patterns or (None,)
    if more or pattern is None or pattern.kind != "var":
        return {}
    before = [one.patterns[0] for one in clauses[:number] if is_free(one)]
    return {f"!{pattern.parts[0]}": tuple(constant(one.parts[0]) for one in before if one.kind == "value")}


def _is_excluded(subject: str | None, clause: Clause, env: Env) -> bool:
    """Whether a clause asks for a constant that the variable that is looked at is not."""
    pattern = clause.patterns[0] if subject else None
    return pattern is not None and pattern.kind == "value" and constant(pattern.parts[0]) in env.get(f"!{subject}", ())


def _is_another(pattern: Expr, value: Value, env: Env) -> bool:
    """Whether a pattern is a variable that has a value of another type."""
    known = env.get(pattern.parts[0], ()) if pattern.kind == "var" else ()
    return bool(known) and all(are_apart(type_of(one), type_of(value)) for one in known)


def judged(clause: Clause, env: Env) -> State:
    """Whether a guard holds, with what its variables are known to be; it is open if both may be."""
    tests = questions_of(clause.guard)
    if tests is None:
        return "unknown"
    found = [
        "fails"
        if (asked := value_told(test)) and any(constant(asked) in env.get(f"!{name}", ()) for name in test.names)
        else _judged(test, [value for name in test.names for value in env.get(name, DOUBTFUL)])
        for test in tests
    ]
    if "unknown" in found:
        return "unknown"
    last, first = ("holds", "fails") if is_choice(clause.guard) else ("fails", "holds")
    if not found or (first == "holds" and set(found) == {"holds"}):
        return "holds"
    if last in found:
        return "holds" if last == "holds" else "fails"
    return "open" if "open" in found else "holds" if first == "holds" else "fails"


def _judged(test: Asked, values: Sequence[Value]) -> State:
    if NEVER in test.kinds:
        return "fails"
    if ANY in values:
        return "open" if all(value == ANY for value in values) or len(test.names) > 1 else "unknown"
    asked = type_told(test)
    asked = "number" if asked in ("float", "integer") else asked
    known = {type_of(value) for value in values}
    if None in known or len(known) != 1 or not asked:
        return "unknown"
    (own,) = known
    if own == asked:
        return "holds" if not any(kind[0] in "?=" for kind in test.kinds) else "unknown"
    return "fails" if are_apart(own, asked) else "unknown"


def told(guard: Sequence[Token]) -> Env:
    """What the variables of a guard that holds are known to be."""
    tests = questions_of(guard)
    if tests == []:
        return {}
    found: Env = {token.text: DOUBTFUL for token in guard if token.kind == "var"}
    for test in tests if tests and len(tests) == 1 else () if is_choice(guard) else reversed(tests_of(guard)):
        if value := value_told(test):
            found |= dict.fromkeys(test.names, (constant(value),))
        elif kinds := types_told(test):
            found |= dict.fromkeys(test.names, tuple(map(some, kinds)))
    return found
