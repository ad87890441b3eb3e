"""A function of a module, run with values that surely come -> what is reached, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

from relupc.analyse.erl.covers import covers_clause, is_free
from relupc.analyse.erl.matching import matching, may_take, told
from relupc.analyse.erl.syntax import Clause, Expr
from relupc.analyse.erl.takes import shaped
from relupc.analyse.erl.witness import ANY, DOUBTFUL, NOTHING, Env, Values, of
from relupc.model.beam import FA
from relupc.model.value import dataclass, field

Given: TypeAlias = tuple[FA, Values]  # a function, and what it is called with
Way: TypeAlias = Callable[["Run", Expr, Env], Values]  # what the values of an expression are found by

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
        for number, inside in matching(clauses, values, env, others=others):
            if subject:
                is_new = values[0] == ANY and clauses[number].patterns[0].kind == "var"
                inside[subject] = DOUBTFUL if is_new else (shaped(clauses[number].patterns[0], values[0]),)
            matched.setdefault(number, []).append(inside)
    for number, several in matched.items():
        clause = clauses[number]
        run.reach(clause)
        inside = {**env, **{name: of(*(one[name] for one in several)) for name in several[0]}}
        inside |= told(clause.guard)
        value = body_in(run, clause.body, inside)
        found = of(found, value)
        ends += [inside] if value else []
    found = of(found, _perhaps(run, clauses, matched, given, env, ends))
    if run.endless is not None and ends:
        env |= {name: of(*(end[name] for end in ends)) for name in env}
    return found


def _perhaps(
    run: Run, clauses: Sequence[Clause], matched: Collection[int], given: Sequence[Values], env: Env, ends: list[Env]
) -> Values:
    """Something, where a clause that is not surely taken may be, and comes to an end."""
    if run.endless is None:
        return NOTHING
    run.dry += 1
    found = NOTHING
    for number, clause in enumerate(clauses):
        before = [one for one in clauses[:number] if is_free(one)]
        if number in matched or any(covers_clause(one, clause, env) for one in before):
            continue
        ways = [may_take(clause, values, env) for values in given]
        states = {state for _, state in ways}
        inside = next((inside for inside, state in ways if state in ("open", "holds")), None)
        if inside is not None:
            value = body_in(run, clause.body, inside)
            found = of(found, value)
            ends += [inside] if value else []
        if states == {"unknown"}:
            break
    run.dry -= 1
    return found


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
