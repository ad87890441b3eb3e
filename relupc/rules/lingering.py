"""For rules: the words for a process that stays in the code of a module."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import FA
from relupc.model.code import Module
from relupc.model.diagnostic import Code
from relupc.model.lingering import Kept, kept_in
from relupc.model.loop import Loop
from relupc.model.program import ModuleCode, outer, spelled_function
from relupc.model.spelling import function_name

KILLED = "OTP kills a process in old code when the release is made permanent, or when the next upgrade loads the module"


def of_code(code: ModuleCode, wanted: Code) -> Iterator[Kept]:
    """The loops of which the rule of a code speaks; where the upgrade purges softly they are nothing but notes."""
    for kept in kept_in(code.program, code.module.name):
        if kept.code == wanted:
            yield kept._replace(severity="note") if code.soft else kept


def said(function: FA) -> str:
    """A function of the module at hand, in a sentence; a fun by the function that makes it."""
    name = f"`{spelled_function(function)}`"
    return f"a fun in {name}" if function.name.startswith("-") else name


def begun(loop: Loop) -> tuple[str, ...]:
    """Who starts the process, as a note."""
    if loop.entry is None or loop.starter is None:
        return ()
    fun = "a fun in " if loop.entry.name.startswith("-") else ""
    at = f"{fun}`{function_name(loop.entry.module, *outer(loop.entry.local))}`"
    return (f"the process is started with `{function_name(*loop.starter)}` and begins in {at}",)


def through(module: Module, function: FA) -> str:
    """How to go on through the module: what to type."""
    elixir = module.name.startswith("Elixir.")
    own = "__MODULE__." if elixir else "?MODULE:"
    if function.name.startswith("-"):
        return f"move the loop into an exported function of its own that goes on with `{own}name(...)`"
    call = f"go on with `{own}{function.name}(...)`"
    if function in module.exports:
        return call
    return f"{'make' if elixir else 'export'} `{spelled_function(function)}`{' public' if elixir else ''} and {call}"
