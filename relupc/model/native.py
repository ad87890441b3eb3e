"""Modules that load native code, and the libraries that they load."""

from __future__ import annotations

from collections.abc import Sequence

from relupc.model.beam import MFA
from relupc.model.code import Module, parts
from relupc.model.reach import led_to
from relupc.model.term import Atom, Bin, Str

LOAD_NIF = MFA("erlang", "load_nif", 2)


def loads_native(module: Module) -> bool:
    """Whether a module loads a native library: it calls erlang:load_nif/2."""
    return LOAD_NIF in module.imports


def loads_when_loaded(module: Module) -> bool:
    """Whether a module loads its library whenever it is loaded itself: by its `-on_load`."""
    starts = [module.on_load] if module.on_load else []
    return any(call.called == LOAD_NIF for one in led_to(module, starts).values() for call in one.calls)


def library_of(name: str, users: Sequence[Module]) -> Module | None:
    """The one of these modules that loads a library called so; None if that cannot be told."""
    if len(users) == 1:
        return users[0]
    stem = name.rpartition("/")[2].partition(".")[0]
    named = [module for module in users if any(stem in text.split("/") for text in _texts(module))]
    return named[0] if len(named) == 1 else None


def _texts(module: Module) -> set[str]:
    """The atoms and strings that its calls are given, where they say which library is meant."""
    found: set[str] = set()
    for function in module.functions.values():
        for value in (part for call in function.calls for arg in call.args for part in parts(arg)):
            match value:
                case Str(text) | Atom(text):
                    found.add(text)
                case Bin(data, 0):
                    found.add(data.decode("utf-8", "replace"))
    return found
