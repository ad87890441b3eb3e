"""Calls of applications that a release does not have, and code that is prepared for that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.model.beam import FA
from relupc.model.code import Call, Function, Module
from relupc.model.term import Atom
from relupc.model.value import NamedTuple

# What asks whether a module or an application is there, or sees to it.
_ASKS = {
    "code": ("ensure_loaded", "which", "is_loaded", "load_file", "ensure_modules_loaded", "get_object_code"),
    "erlang": ("function_exported", "module_loaded"),
    "application": ("ensure_started", "ensure_all_started", "load", "start", "loaded_applications", "get_key"),
    "Elixir.Code": ("ensure_loaded", "ensure_loaded?", "ensure_compiled", "ensure_compiled!", "ensure_loaded!"),
    "Elixir.Application": ("ensure_started", "ensure_all_started", "load", "started_applications", "spec"),
}
_ASKING = frozenset((module, name) for module, names in _ASKS.items() for name in names)
_COMPILE_TIME = ("MACRO-", "-MACRO-", "__", "-__")  # macros, and hooks such as __using__ and __before_compile__


class Absent(NamedTuple):
    """The first call of a module into an application that is not there."""

    app: str
    function: Function
    call: Call


def absent_calls(module: Module, elsewhere: Mapping[str, str]) -> list[Absent]:
    """The calls of a module that fail on a node, one for each application, by its name.

    `elsewhere` are the modules that are not there, and their applications. None is given where any function of the
    module minds that the application may be absent: by asking, or by a `try` or `catch` around such a call.
    """
    there = frozenset(called[:2] for called in module.imports if called.module in elsewhere)
    if not there:
        return []
    first: dict[str, Absent] = {}
    minded: set[str] = set()
    for function in module.calling(there | _ASKING):
        asks = [call for call in function.calls if _asks(call)]
        minded |= {app for call in asks for app in _asked(call, elsewhere)}
        for call in function.calls:
            app = elsewhere.get(call.called.module)
            if app and not _is_compile_time(function.fa):
                first.setdefault(app, Absent(app, function, call))
                minded |= {app} if asks or function.catches else set()
    return [one for app, one in sorted(first.items()) if app not in minded]


def _asks(call: Call) -> bool:
    return call.called[:2] in _ASKING


def _asked(call: Call, elsewhere: Mapping[str, str]) -> Iterator[str]:
    """The applications that a question is about."""
    names = [arg.name for arg in call.args if isinstance(arg, Atom)]
    yield from (elsewhere.get(name, name) for name in names)


def _is_compile_time(fa: FA) -> bool:
    return fa.name.startswith(_COMPILE_TIME)
