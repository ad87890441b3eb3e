"""The functions of a module -> those of whose code the compiler leaves nothing out.

It follows types through the functions of a module: a branch for values that never come is dropped, and so is what
stands behind a call that does not return. So the module is run here with values that surely come, as often as it takes
until nothing new is reached. A function of which not everything is reached may have less code when compiled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relupc.analyse.erl.syntax import Clause, Expr
from relupc.analyse.ex.running import Run, arms
from relupc.analyse.ex.witness import ANY, of
from relupc.model.beam import FA

_POINTS = {"call", "receive", "fun", "case", "local_fun", "external_fun"}


def kept_whole(module: str, functions: Mapping[FA, Sequence[Clause]], public: set[FA]) -> set[FA]:
    """The functions whose code is surely all there; others may have less."""
    run = Run(module, functions)
    for fa in functions:
        if fa in public:
            run.begin((fa, (ANY,) * fa.arity))
    while run.waiting and run.left > 0:
        given = run.at = next(iter(run.waiting))
        del run.waiting[given]
        fa, args = given
        gives = of(run.gives[given], arms(run, functions[fa], [args], {}))
        if gives != run.gives[given]:
            run.gives[given] = gives
            run.waiting |= run.callers.get(given, {})
    return {fa for fa, clauses in functions.items() if all(id(part) in run.reached for part in _points(clauses))}


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
