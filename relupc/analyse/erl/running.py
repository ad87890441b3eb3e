"""A function of a module, run with values that surely come -> what is reached, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

from relupc.analyse.erl.covers import covers_clause, is_free
from relupc.analyse.erl.guards import is_negated
from relupc.analyse.erl.matching import excluded, matching, may_take, told
from relupc.analyse.erl.syntax import Clause, Expr
from relupc.analyse.erl.takes import passes, shaped, takes
from relupc.analyse.erl.witness import ANY, ANYTHING, DOUBTFUL, NOTHING, Env, Values, of
from relupc.model.beam import FA
from relupc.model.value import dataclass, field

Given: TypeAlias = tuple[FA, Values]  # a function, and what it is called with
Way: TypeAlias = Callable[["Run", Expr, Env], Values]  # what the values of an expression are found by

_OPEN = (None, ANYTHING, DOUBTFUL)
MAX_WORK = 200_000  # expressions looked at, in one module
MAX_CALLS = 12  # ways to call a function


@dataclass(slots=True)
class Run:
    """A module as far as it was run: what is reached, how functions are called, and what each such call gives.

    `waiting` are calls that something new was found for; `at` is the one that is looked at. It is `dry` where nothing
    is reached for sure, as in all calls that are only `supposed`.
    """

    module: str
    functions: Mapping[FA, Sequence[Clause]]
    ways: Mapping[str, Way]
    endless: frozenset[FA] | None = None
    unused: frozenset[int] = frozenset()
    reached: set[int] = field(default_factory=set)
    gives: dict[Given, Values] = field(default_factory=dict)
    callers: dict[Given, dict[Given, None]] = field(default_factory=dict)
    calls: dict[FA, int] = field(default_factory=dict)
    supposed: set[Given] = field(default_factory=set)
    waiting: dict[Given, None] = field(default_factory=dict)
    at: Given = (FA("", 0), ())
    left: int = MAX_WORK
    dry: int = 0

    def reach(self, part: object) -> None:
        """Note that a clause or an expression is reached."""
        if not self.dry:
            self.reached.add(id(part))

    def begin(self, given: Given) -> None:
        """Have a function be looked at with what it is called with, if it was not."""
        is_new = given not in self.gives
        if is_new and self.calls.get(given[0], 0) >= MAX_CALLS:
            return
        if is_new:
            self.calls[given[0]] = self.calls.get(given[0], 0) + 1
            self.gives[given] = NOTHING
            if self.dry:
                self.supposed.add(given)
        elif self.dry or given not in self.supposed:
            return
        else:
            self.supposed.discard(given)
        self.waiting[given] = None

    def next(self) -> Given:
        """Turn to a call that waits."""
        self.at = next(iter(self.waiting))
        del self.waiting[self.at]
        self.dry = int(self.at in self.supposed)
        return self.at


def arms(
    run: Run,
    clauses: Sequence[Clause],
    given: Sequence[Values],
    env: Env,
    *,
    others: bool = False,
    subject: str | None = None,
) -> Values:
    """What clauses give for values, one for each pattern of a clause.

    `others`: the values have nothing to do with those of the variables; `subject` is the one that has them.
    """
    found = NOTHING
    matched: dict[int, list[Env]] = {}
    ends = list[Env]()
    for values in given:
        run.left -= len(clauses) ** 2 // 8  # each is held against those before it
        if run.left < 0:
            return NOTHING
        for number, inside in matching(clauses, values, env, others=others, subject=subject):
            if subject:
                is_new = values[0] == ANY and clauses[number].patterns[0].kind == "var"
                inside[subject] = DOUBTFUL if is_new else (shaped(clauses[number].patterns[0], values[0]),)
            matched.setdefault(number, []).append(inside)
    for number, several in matched.items():
        clause = clauses[number]
        run.reach(clause)
        inside = {**env, **{name: of(*(one[name] for one in several)) for name in several[0]}}
        inside = _asked(clauses, number, inside)
        value = body_in(run, clause.body, inside)
        found = of(found, value)
        ends += [inside] if value else []
    found = of(found, _perhaps(run, clauses, matched, given, env, ends, subject))
    if run.endless is not None and ends:
        env |= {name: of(*(end[name] for end in ends)) for name in env}
    return found


def _perhaps(
    run: Run,
    clauses: Sequence[Clause],
    matched: Collection[int],
    given: Sequence[Values],
    env: Env,
    ends: list[Env],
    subject: str | None,
) -> Values:
    """Something, where a clause that is not surely taken may be, and comes to an end."""
    if run.endless is None:
        return NOTHING
    run.dry += 1
    found = NOTHING
    for number, clause in enumerate(clauses):
        before = [one for one in clauses[:number] if is_free(one)]
        if number in matched or any(covers_clause(one, clause, env) or _takes_all(one, given, env) for one in before):
            continue
        ways = [may_take(clause, values, env, subject) for values in given]
        states = {state for _, state in ways}
        inside = next((inside for inside, state in ways if state in ("open", "holds")), None)
        if inside is not None:
            inside = _asked(clauses, number, inside)
            value = body_in(run, clause.body, inside)
            found = of(found, value)
            ends += [inside] if value else []
        if states == {"unknown"}:
            break
    run.dry -= 1
    return found


def _asked(clauses: Sequence[Clause], number: int, env: Env) -> Env:
    """The variables with what the guard of a clause tells of them, and those before it that ask what they are not."""
    guards = (clause.guard for clause in clauses[:number] if is_negated(clause.guard))
    asked = (token.text for guard in guards for token in guard if token.kind == "var")
    inside = {**env, **{name: DOUBTFUL for name in asked if env.get(name) == ANYTHING}, **excluded(clauses, number)}
    return {
        **inside,
        **{name: known for name, known in told(clauses[number].guard).items() if inside.get(name) in _OPEN},
    }


def _takes_all(clause: Clause, given: Sequence[Values], env: Env) -> bool:
    """Whether a clause without a guard is taken whichever the values are."""
    pairs = [pair for values in given for pair in zip(clause.patterns, values, strict=True)]
    return all(takes(pattern, value, env) and not passes(pattern, value, env) for pattern, value in pairs)


def body_in(run: Run, body: Sequence[Expr], env: Env) -> Values:
    """The values of expressions one after the other: those of the last one."""
    found = DOUBTFUL
    for expr in body:
        found = value_in(run, expr, env)
        if not found:
            break
    return found


def value_in(run: Run, expr: Expr, env: Env) -> Values:
    """The values of an expression that is reached; none if it may have none."""
    run.left -= 1
    if run.left < 0:
        return NOTHING
    if expr.kind not in ("call", "fun", "local_fun"):  # that is reached once its arguments have values
        run.reach(expr)
    way = run.ways.get(expr.kind)
    return way(run, expr, env) if way else parts_in(run, expr.parts, env)


def parts_in(run: Run, parts: object, env: Env) -> Values:
    """Expressions one after the other, of whose values nothing is known."""
    if isinstance(parts, Expr):
        found = value_in(run, parts, env)
        if run.endless is None:
            use(parts, DOUBTFUL, env)
        return DOUBTFUL if found else NOTHING
    if isinstance(parts, tuple):
        for part in parts:
            if not parts_in(run, part, env):
                return NOTHING
    return DOUBTFUL


def use(expr: Expr, as_: Values, env: Env) -> None:
    """A variable was used: the compiler may know its type from then on."""
    if expr.kind == "var":
        env[expr.parts[0]] = as_
