"""The modules of a build -> the records and structs that they put where an upgrade of code does not reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.analyse.keepers import keeps
from relupc.analyse.looks import looks, shape_of
from relupc.model.beam import MFA
from relupc.model.code import Argument, Call, Function, Module, options, origin_of, parts
from relupc.model.lazy import Lazy
from relupc.model.state import Shape, Stored
from relupc.model.term import Atom, Term

_CREATE = MFA("mnesia", "create_table", 2)


def stored_of(modules: Mapping[str, Module]) -> Mapping[str, tuple[Stored, ...]]:
    """What is kept in tables and the like, by the module that does."""
    kept = {called: keep.at[0] for called, keep in keeps().items() if keep.keeper == "store" and not keep.brief}
    keeping = frozenset(called[:2] for called in (*kept, _CREATE))
    return Lazy(sorted(modules), lambda name: tuple(_stored(modules[name], kept, keeping)), sparse=True)


def _stored(module: Module, kept: Mapping[MFA, int], keeping: frozenset[tuple[str, str]]) -> Iterator[Stored]:
    for function in module.calling(keeping):
        for call in function.calls:
            by = MFA(module.name, function.name, function.arity)
            shapes = dict.fromkeys(_shapes(function, call, kept.get(call.called)))
            yield from (Stored(shape, call.called, by, call.place or function.place) for shape in shapes)


def _shapes(function: Function, call: Call, at: int | None) -> Iterator[Shape]:
    """The shapes with a tag that a call keeps, as its argument `at`. A table of mnesia has the name of its records."""
    if at is not None and len(call.args) > at:
        found = (shape for part in parts(call.args[at]) for shape in _known(function, part))
        yield from (shape for shape in found if shape.tag and shape.kind != "plain")
    elif call.called == _CREATE and call.args and isinstance(call.args[0], Atom):
        yield Shape("tuple", call.args[0].name)


def _known(function: Function, part: Term) -> Iterator[Shape]:
    for value in options(part):
        origin = origin_of(value)
        if isinstance(origin, Argument):
            yield from looks(function.tests, origin.number)
        elif shape := shape_of(value):
            yield shape
