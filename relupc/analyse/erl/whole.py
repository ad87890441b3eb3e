"""The functions of a module -> what of their code is surely compiled.

The compiler follows types through the functions of a module: a branch for values that never come is dropped, and so is
what stands behind a call that does not return. So the module is run here with values that surely come, as often as it
takes until nothing new is reached.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from relupc.analyse.erl.calling import CALLS
from relupc.analyse.erl.forks import FORKS
from relupc.analyse.erl.makes import MAKES
from relupc.analyse.erl.running import Run, arms
from relupc.analyse.erl.syntax import Clause, Expr
from relupc.analyse.erl.unused import unused
from relupc.analyse.erl.witness import ANY, of
from relupc.model.beam import FA
from relupc.model.value import NamedTuple

_POINTS = {"call", "receive", "fun", "case", "local_fun", "external_fun"}


class Reached(NamedTuple):
    """What running a module comes to: the identities of its clauses and expressions.

    `never` are functions that are called and never give anything back.
    """

    parts: set[int]
    never: frozenset[FA]


def reached(
    module: str,
    functions: Mapping[FA, Sequence[Clause]],
    public: Collection[FA],
    *,
    endless: frozenset[FA] | None = None,
) -> Reached:
    """What is surely compiled.

    With `endless` all functions but these, and all that is not seen to fail, may return.
    """
    never = frozenset(one for clauses in functions.values() for one in unused(clauses))
    run = Run(module, functions, {**FORKS, **CALLS, **MAKES}, endless, never)
    for fa in functions:
        if fa in public:
            run.begin((fa, (ANY,) * fa.arity))
    while run.waiting and run.left > 0:
        fa, args = given = run.next()
        gives = of(run.gives[given], arms(run, functions[fa], [args], {}))
        if gives != run.gives[given]:
            run.gives[given] = gives
            run.waiting |= run.callers.get(given, {})
    called, ends = ({fa for (fa, _), gives in run.gives.items() if gives or not only} for only in (False, True))
    return Reached(run.reached, frozenset(called - ends))


def kept_whole(module: str, functions: Mapping[FA, Sequence[Clause]], public: set[FA]) -> set[FA]:
    """The functions whose code is surely all there; others may have less."""
    there = reached(module, functions, public).parts
    return {fa for fa, clauses in functions.items() if all(id(part) in there for part in _points(clauses))}


def _points(part: object) -> Iterator[object]:
    """The clauses and expressions that count."""
    if isinstance(part, Clause):
        yield part
        yield from _points(part.body)
    elif isinstance(part, Expr):
        if part.kind in _POINTS:
            yield part
        yield from _points(part.parts)
    elif isinstance(part, tuple | list):
        for inner in part:
            yield from _points(inner)
