"""For rules about funs that are kept: which ones a module gives away, in sentences, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import FA
from relupc.model.code import Module
from relupc.model.fun import Keeper, KeptFun
from relupc.model.program import ModuleCode, outer, spelled_function
from relupc.model.spelling import function_name, spell_atom

GONE = "a fun belongs to the version of the module that made it: when that is purged, it fails with `badfun`"


def kept(code: ModuleCode, keeper: Keeper) -> Iterator[KeptFun]:
    """The funs of a module that are kept in this way, one for each place."""
    found = (fun for fun in code.program.funs.get(code.module.name, ()) if fun.keeper == keeper)
    yield from {(fun.called, fun.place or fun.inside): fun for fun in found}.values()


def named(fun: FA) -> FA | None:
    """The function of a `fun name/1`; None for a fun without a name. Some compilers make a function for it."""
    found = outer(FA(fun.name.replace("-fun.", "-", 1), fun.arity)) if fun.name.startswith("-fun.") else fun
    return None if found.name.startswith("-") else found


def fun_said(module: Module, fun: FA) -> str:
    """A fun in a sentence."""
    found = named(fun)
    if found is None:
        return "a fun"
    return f"`{'&' if _is_elixir(module) else 'fun '}{_written(module, found)}`"


def taker(fun: KeptFun) -> str:
    """The call that keeps it, and by way of which function of the module."""
    way = f", by way of `{spelled_function(fun.helper)}`" if fun.helper else ""
    return f"`{function_name(*fun.called)}`{way}"


def instead(module: Module, fun: KeptFun, *, tuples: bool = True) -> str:
    """What to write instead, for `help`; `tuples` is whether `{Module, Function, Arguments}` can do."""
    found = named(fun.fun)
    own = "&__MODULE__." if _is_elixir(module) else "fun ?MODULE:"
    if found is None:
        name = "{Module, Function, Arguments}" if tuples else f"{own}name/{fun.arity}"
        return f"name an exported function instead: `{name}`"
    export = "" if found in module.exports else f", and {'make it public' if _is_elixir(module) else 'export it'}"
    return f"write `{own}{_written(module, found)}`{export}"


def _written(module: Module, function: FA) -> str:
    name = function.name if _is_elixir(module) else spell_atom(function.name)
    return f"{name}/{function.arity}"


def _is_elixir(module: Module) -> bool:
    return module.name.startswith("Elixir.")
