"""What an entry of an appup does to the processes of a module, and which version of it converts their state."""

from __future__ import annotations

from typing import Literal, TypeAlias

from relupc.model.changes import LOADS
from relupc.model.instruction import BRUTAL, dep_mods, modules, name_of
from relupc.model.lint import EntryPlan
from relupc.model.program import EntryCode, Program
from relupc.model.state import CONVERTERS, kind_of
from relupc.model.term import Atom, List, Term, Tuple, Unknown, as_atom, as_list, is_tagged
from relupc.model.typed import typed
from relupc.model.value import NamedTuple

Copy: TypeAlias = Literal["pre", "post"]


class Handling(NamedTuple):
    """The instruction that loads a module, the module as named there, and the version that is asked to convert."""

    instruction: Term
    module: Atom
    converts: Copy | None


def handlings(entry: EntryPlan) -> dict[str, Handling]:
    """What an entry does to each module that it loads, by name. What is not known for certain is left out."""
    found: dict[str, Handling] = {}
    asked: dict[str, Copy] = {}
    odd = set[str]()
    for step in entry.steps:
        name = name_of(step.instruction)
        for module in modules(step.instruction):
            if name == "code_change":
                asked.setdefault(module.name, "post" if module.name in found else "pre")
            elif name == "update" and (change := _change(step.instruction)) is not None:
                if isinstance(change, Unknown):
                    odd.add(module.name)
                elif is_tagged(change, "advanced", 2):
                    asked.setdefault(module.name, _asked(step.instruction, entry))
            if name in LOADS:
                found.setdefault(module.name, Handling(step.instruction, module, None))
    known = ((name, handling) for name, handling in found.items() if name not in odd)
    return {name: handling._replace(converts=asked.get(name)) for name, handling in known}


def _change(update: Term) -> Term | None:
    """How an update changes the state; None for a form that OTP refuses."""
    return update.items[4] if isinstance(update, Tuple) and len(update.items) == 8 else None


def _asked(update: Term, entry: EntryPlan) -> Copy:
    """Going up the new module is asked; going down the newer one as well, but for `static`."""
    static = isinstance(update, Tuple) and as_atom(update.items[2]) == "static"
    return "post" if entry.direction == "up" or static else "pre"


def asks(code: EntryCode, handling: Handling) -> Program | None:
    """The build whose module is asked to convert."""
    return None if handling.converts is None else code.pre if handling.converts == "pre" else code.post


def advanced(handling: Handling, *, static: bool = False) -> str:
    """The instruction that has the state converted, for the same module, with the same purges and DepMods."""
    module, deps = typed(handling.module), typed(List(dep_mods(handling.instruction)))
    items = handling.instruction.items if isinstance(handling.instruction, Tuple) else ()
    purges = items[-3:-1] if len(items) in (5, 8) else (BRUTAL, BRUTAL)
    long = f"{', '.join(map(typed, purges))}, {deps}"
    if static:
        return f"{{update, {module}, static, default, {{advanced, []}}, {long}}}"
    short = deps if deps != "[]" else ""
    rest = long if purges != (BRUTAL, BRUTAL) else short
    return f"{{update, {module}, {{advanced, []}}{', ' if rest else ''}{rest}}}"


def only_loaded(handling: Handling) -> str:
    """The instruction that loads the same module and leaves its processes as they are."""
    items = handling.instruction.items if isinstance(handling.instruction, Tuple) else ()
    purges = items[-3:-1] if len(items) == 8 else (BRUTAL, BRUTAL)
    deps = typed(List(dep_mods(handling.instruction)))
    rest = f", {', '.join(map(typed, purges))}, {deps}" if purges != (BRUTAL, BRUTAL) else f", {deps}"
    return f"{{load_module, {typed(handling.module)}{'' if rest == ', []' else rest}}}"


def is_tool(handling: Handling) -> bool:
    """Whether the instruction stands alone for its module, so that another one can be written in its place."""
    return name_of(handling.instruction) in ("load_module", "update")


def converter(program: Program, module: str) -> str | None:
    """The function that a process of a module needs to be converted by, if the module exports it."""
    known = program.modules.get(module)
    kind = kind_of(known) if known else None
    function = CONVERTERS.get(kind) if kind else None
    return f"{function.name}/{function.arity}" if known and function in known.exports and function else None


def other_way(entry: EntryPlan) -> tuple[Term, ...]:
    """The instructions, as written, of the entry for the same version in the other direction; none if there is none."""
    entries = entry.appup.down if entry.direction == "up" else entry.appup.up
    found = next((other for other in entries.items if other.key == entry.entry.key), None)
    return (as_list(found.script) or ()) if found else ()


def is_converted_up(entry: EntryPlan, module: str) -> bool:
    """Whether the way up has the state of a module converted, so that A306 tells what is missing on the way down."""
    return entry.direction == "down" and any(
        name_of(other) == "update"
        and any(one.name == module for one in modules(other))
        and isinstance(other, Tuple)
        and any(is_tagged(part, "advanced", 2) for part in other.items)
        for other in other_way(entry)
    )
