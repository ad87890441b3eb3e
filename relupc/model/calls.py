"""A module in, where it calls a function of another one, unless it asks before whether that is there."""

from __future__ import annotations

from relupc.model.beam import FA, MFA, Place
from relupc.model.code import Call, Function, Module
from relupc.model.diagnostic import Severity
from relupc.model.program import Program, outer
from relupc.model.spelling import function_name, module_name

ANYTHING = FA("$handle_undefined_function", 2)  # error_handler calls it where there is no function
_ASKS = {
    "erlang": ("function_exported", "module_loaded"),
    "code": ("ensure_loaded", "ensure_modules_loaded", "get_object_code", "is_loaded", "load_file", "which"),
    "Elixir.Code": ("ensure_compiled", "ensure_compiled!", "ensure_loaded", "ensure_loaded!", "ensure_loaded?"),
}
Caller = tuple[FA | None, Place | None]
Calls = tuple[tuple[MFA, FA | None, Place | None], ...]


def asks(function: Function) -> bool:
    """Whether a function looks for modules or functions by their names: what it calls then may well be missing."""
    return any(call.called.name in _ASKS.get(call.called.module, ()) for call in function.calls)


def callers(module: Module, called: MFA) -> tuple[Caller, ...]:
    """The functions that call `called` without asking, with the first place of each; (None, None) where nobody knows.

    `called` is one of the module's imports.
    """
    found = [(f, call.place) for f in module.calling({called[:2]}) if (call := _first(f, called))]
    if not found:
        return ((None, None),)
    return tuple((function.fa, place) for function, place in found if not asks(function))


def severity(module: Module, caller: FA | None) -> Severity | None:
    """`note` for a call by a function that has a `try` or `catch`: it may mind what is missing. Else none."""
    function = module.functions.get(caller) if caller else None
    return "note" if function and function.catches else None


def _first(function: Function, called: MFA) -> Call | None:
    return next((call for call in function.calls if call.called == called and call.kind == "remote"), None)


def has(module: Module | None, function: FA) -> bool:
    """Whether a call of a function of this module finds something to run."""
    return module is not None and bool(module.exports & {function, ANYTHING})


def who(module: str, function: FA | None) -> str:
    """A function as its source has it, or its module where it is not known; for sentences."""
    return function_name(module, *outer(function)) if function else module_name(module)


def lost(old: Program, new: Program) -> dict[str, frozenset[FA]]:
    """The functions that only the old build exports, by their modules; those of modules that are gone, too."""
    found = {}
    for name, module in old.modules.items():
        other = new.modules.get(name)
        gone = frozenset(fa for fa in module.exports if not has(other, fa)) if other is not module else frozenset()
        if gone:
            found[name] = gone
    return found


def missing(module: Module, there: Program, other: Program) -> dict[str, Calls]:
    """The functions that a module calls in one build and that the other build does not have, by their modules."""
    found: dict[str, list[tuple[MFA, FA | None, Place | None]]] = {}
    for called in sorted(module.imports):
        has_it = there.modules.get(called.module)
        if has_it is None or called.module == module.name or called.local not in has_it.exports:
            continue
        if not has(other.modules.get(called.module), called.local):
            calls = callers(module, called)
            if calls:
                found.setdefault(called.module, []).append((called, *calls[0]))
    return {name: tuple(calls) for name, calls in found.items()}
