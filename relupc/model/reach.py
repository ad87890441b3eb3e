"""Functions of a module in, those that they lead to out: by calls, and by the funs that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relupc.model.beam import FA, Place
from relupc.model.code import Function, Module, local_funs


def led_to(module: Module, starts: Iterable[FA]) -> dict[FA, Function]:
    """The functions themselves, and all of the module that they lead to, in the order in which they are met."""
    found: dict[FA, Function] = {}
    todo = list(reversed(list(starts)))
    while todo:
        fa = todo.pop()
        function = module.functions.get(fa)
        if function is not None and fa not in found:
            found[fa] = function
            todo += reversed(list(_used(module.name, function)))
    return found


def _used(module: str, function: Function) -> Iterator[FA]:
    for call in function.calls:
        if call.called.module == module:
            yield call.called.local
        yield from (fun.function for arg in call.args for fun in local_funs(arg))
    yield from (fun.function for value in function.returns for fun in local_funs(value))


def doing(module: Module, function: FA) -> list[object]:
    """What a function and those that it leads to do, wherever they stand."""
    return [(fa, *_placeless(found)) for fa, found in sorted(led_to(module, [function]).items())]


def _placeless(function: Function) -> tuple[object, ...]:
    nowhere: Place | None = None
    calls = tuple(call._replace(place=nowhere) for call in function.calls)
    waits = tuple(wait._replace(place=nowhere) for wait in function.waits)
    return calls, function.returns, function.tests, waits
