"""The modules of a build -> the records and structs that they put where an upgrade of code does not reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.analyse.keepers import keeps
from relupc.analyse.looks import looks, shape_of
from relupc.model.beam import MFA
from relupc.model.code import Argument, Call, Function, Module, options, origin_of, parts
from relupc.model.state import Shape, Stored
from relupc.model.term import Atom, Term

_CREATE = MFA("mnesia", "create_table", 2)


def stored_of(modules: Mapping[str, Module]) -> tuple[Stored, ...]:
    """What is kept in tables and the like, by whom."""
    kept = {called: keep.at[0] for called, keep in keeps().items() if keep.keeper == "store" and not keep.brief}
    found = []
    for name in sorted(modules):
        for function in modules[name].functions.values():
            for call in function.calls:
                by = MFA(name, function.name, function.arity)
                shapes = dict.fromkeys(_shapes(function, call, kept.get(call.called)))
                found += [Stored(shape, call.called, by, call.place or function.place) for shape in shapes]
    return tuple(found)


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
