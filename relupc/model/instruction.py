"""The vocabulary of appups and relups: which instructions there are, and what their parts must be.

An instruction is a term, not a class of its own (docs/decisions/003): low-level instructions go from the
appup to the relup as they are, so that what is not looked at cannot be changed. The shapes, the order of
the checks and the names of the faults are those of systools_rc (sasl).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from relupc.model.term import (
    Atom,
    Int,
    List,
    Term,
    Tuple,
    Unknown,
    as_atom,
    as_list,
    is_known,
    is_list,
    is_tagged,
    new_tuple,
    tup,
)

BRUTAL, SOFT_PURGE = Atom("brutal_purge"), Atom("soft_purge")
_LOAD, _REMOVE = Atom("load"), Atom("remove")
POINT_OF_NO_RETURN = Atom("point_of_no_return")
RESTART_NEW_EMULATOR = Atom("restart_new_emulator")
RESTART_EMULATOR = Atom("restart_emulator")
START_TYPES = ("permanent", "transient", "temporary", "load", "none")

BARE = {"point_of_no_return", "restart_new_emulator", "restart_emulator", "restart", "reboot"}

ABOUT_ONE = frozenset(("update", "load_module", "add_module", "delete_module"))
_MODULE_INSTRUCTION = ("mod", "mods")
# (name, size) -> the parts after the name; a part in a tuple stands in an inner tuple.
SHAPES: dict[tuple[str, int], tuple[str | tuple[str, ...], ...]] = {
    ("update", 6): ("mod", "change", "purge", "purge", "mods"),
    ("update", 7): ("mod", "timeout", "change", "purge", "purge", "mods"),
    ("update", 8): ("mod", "modtype", "timeout", "change", "purge", "purge", "mods"),
    ("load_module", 5): ("mod", "purge", "purge", "mods"),
    ("add_module", 2): ("mod",),
    ("add_module", 3): _MODULE_INSTRUCTION,
    ("delete_module", 2): ("mod",),
    ("delete_module", 3): _MODULE_INSTRUCTION,
    ("add_application", 3): ("application", "start_type"),
    ("remove_application", 2): ("application",),
    ("restart_application", 2): ("application",),
    ("load_object_code", 2): (("lib", "lib_vsn", "mods"),),
    ("load", 2): (("mod", "purge", "purge"),),
    ("remove", 2): (("mod", "purge", "purge"),),
    ("purge", 2): ("mods",),
    ("suspend", 2): ("suspensions",),
    ("resume", 2): ("mods",),
    ("code_change", 2): ("changes",),
    ("code_change", 3): ("mode", "changes"),
    ("stop", 2): ("mods",),
    ("start", 2): ("mods",),
    ("sync_nodes", 3): ("any", "nodes_or_mfa"),
    ("apply", 2): (("mod", "func", "args"),),
}

Fault = tuple[str, Term]
"""The name that systools_rc gives to a fault, and the part that has it."""

IMPROPER = "function_clause"
_Check: TypeAlias = Callable[[Term], tuple[Fault, ...]]


def name_of(instruction: Term) -> str | None:
    """What an instruction is called; None if it is neither an atom nor a tuple that starts with one."""
    if isinstance(instruction, Tuple):
        first = instruction.items[0] if instruction.items else instruction
        return first.name if isinstance(first, Atom) else None
    return instruction.name if isinstance(instruction, Atom) else None


def argument(instruction: Term) -> Term | None:
    """The second element, which for nearly all instructions says what they are about."""
    return instruction.items[1] if isinstance(instruction, Tuple) and len(instruction.items) > 1 else None


def faults(instruction: Term) -> tuple[Fault, ...]:
    """What is wrong with an instruction in its full form, in the order in which systools_rc looks.

    A part that is Unknown may be anything.
    """
    found = _faults(instruction)
    if not found or is_known(instruction):
        return found
    return tuple(fault for fault in found if _is_sure(*fault))


def _is_sure(fault: str, part: Term) -> bool:
    """Whether a fault is one whatever the Unknown parts of the instruction turn out to be."""
    return is_known(part) if fault == "bad_instruction" else not isinstance(part, Unknown)


def _faults(instruction: Term) -> tuple[Fault, ...]:
    if isinstance(instruction, Atom):
        if instruction.name == "mnesia_backup":
            return (("not_yet_implemented", instruction),)
        return () if instruction.name in BARE else (("bad_instruction", instruction),)
    shape = SHAPES.get((name_of(instruction) or "", len(instruction.items))) if isinstance(instruction, Tuple) else None
    if shape is None or not isinstance(instruction, Tuple):
        return (("bad_instruction", instruction),)
    found: tuple[Fault, ...] = ()
    parts = instruction.items[1:]
    if isinstance(shape[0], tuple):
        inner = parts[0]
        if not isinstance(inner, Tuple) or len(inner.items) != len(shape[0]):
            return (("bad_instruction", instruction),)
        shape, parts = shape[0], inner.items
    elif shape == ("mode", "changes") and not is_list(parts[1]):  # systools looks at the list before the mode
        found = (("bad_list", parts[1]),)
        parts, shape = parts[:1], shape[:1]
    for kind, part in zip(shape, parts, strict=True):
        if wrong := _CHECKS[kind](part):
            found += wrong
    return found


def _atom(fault: str) -> _Check:
    return lambda part: () if isinstance(part, Atom) else ((fault, part),)


def _one_of(fault: str, *names: str) -> _Check:
    return lambda part: () if isinstance(part, Atom) and part.name in names else ((fault, part),)


def _list(fault: str) -> _Check:
    return lambda part: () if is_list(part) else ((fault, part),)


def _each(element: _Check) -> _Check:
    def check(part: Term) -> tuple[Fault, ...]:
        if isinstance(part, List) and not part.items:  # as most DepMods are
            return ()
        if not is_list(part):
            return (("bad_list", part),)
        items = as_list(part) or (part.items if isinstance(part, List) else ())
        found = [fault for item in items for fault in element(item)]
        if isinstance(part, List) and part.tail is not None:
            found.append((IMPROPER, part.tail))
        return tuple(found)

    return check


def _change(part: Term) -> tuple[Fault, ...]:
    return () if as_atom(part) == "soft" or is_tagged(part, "advanced", 2) else (("bad_change", part),)


def _timeout(part: Term) -> tuple[Fault, ...]:
    good = as_atom(part) in ("default", "infinity") or (isinstance(part, Int) and part.value > 0)
    return () if good else (("bad_timeout", part),)


def _suspension(part: Term) -> tuple[Fault, ...]:
    if isinstance(part, Tuple) and len(part.items) == 2:
        return (*_mod(part.items[0]), *_timeout(part.items[1]))
    return _mod(part)


def _code_change(part: Term) -> tuple[Fault, ...]:
    if isinstance(part, Tuple) and len(part.items) == 2:
        return _mod(part.items[0])
    return (("bad_code_change", part),)


def _nodes_or_mfa(part: Term) -> tuple[Fault, ...]:
    if isinstance(part, Tuple) and len(part.items) == 3:
        module, function, args = part.items
        return (*_mod(module), *_func(function), *_args(args))
    return _each(_atom("bad_node"))(part)


def _any(_part: Term) -> tuple[Fault, ...]:
    return ()


_mod = _atom("bad_module")
_func = _atom("bad_func")
_args = _list("bad_args_list")
_purge = _one_of("bad_purge_method", "soft_purge", "brutal_purge")

_CHECKS: dict[object, _Check] = {
    "any": _any,
    "application": _atom("bad_application"),
    "args": _args,
    "change": _change,
    "changes": _each(_code_change),
    "func": _func,
    "lib": _atom("bad_lib"),
    "lib_vsn": _list("bad_lib_vsn"),
    "mod": _mod,
    "mods": _each(_mod),
    "mode": _one_of("bad_mode", "up", "down"),
    "modtype": _one_of("bad_mod_type", "static", "dynamic"),
    "nodes_or_mfa": _nodes_or_mfa,
    "purge": _purge,
    "start_type": _one_of("bad_start_type", *START_TYPES),
    "suspensions": _each(_suspension),
    "timeout": _timeout,
}


def modules(instruction: Term) -> tuple[Atom, ...]:
    """The modules that a well-formed instruction is about, in its order; none for `apply` and the like."""
    if not isinstance(instruction, Tuple) or len(instruction.items) < 2:
        return ()
    first, about = instruction.items[:2]
    name = first.name if isinstance(first, Atom) else None  # name_of, which is not called here: this is called often
    if name in ABOUT_ONE:
        return (about,) if isinstance(about, Atom) else ()
    if name in ("load", "remove"):
        return _only_atoms(about.items[:1]) if isinstance(about, Tuple) else ()
    if name == "load_object_code":
        return _only_atoms(as_list(about.items[2]) or ()) if isinstance(about, Tuple) and len(about.items) == 3 else ()
    if name in ("purge", "resume", "stop", "start"):
        return _only_atoms(as_list(about) or ())
    if name in ("suspend", "code_change"):
        items = as_list(instruction.items[-1]) or ()
        return _only_atoms(tuple(i.items[0] if isinstance(i, Tuple) and i.items else i for i in items))
    return ()


def dep_mods(instruction: Term) -> tuple[Atom, ...]:
    """The modules that an instruction for a module, in its full form, is made dependent on."""
    if not isinstance(instruction, Tuple) or len(instruction.items) < 3 or name_of(instruction) not in ABOUT_ONE:
        return ()
    return _only_atoms(as_list(instruction.items[-1]) or ())


def purges(instruction: Term) -> tuple[Term, ...]:
    """The pre-purge and the post-purge of an instruction in its full form; nothing if it has none."""
    if not isinstance(instruction, Tuple):
        return ()
    name, items = name_of(instruction), instruction.items
    if (name, len(items)) in (("update", 8), ("load_module", 5)):
        return items[-3:-1]
    if name in ("load", "remove") and len(items) == 2 and isinstance(items[1], Tuple) and len(items[1].items) == 3:
        return items[1].items[1:]
    return ()


def _only_atoms(items: tuple[Term, ...]) -> tuple[Atom, ...]:
    return tuple(item for item in items if isinstance(item, Atom))


def load(module: Term, pre: Term = BRUTAL, post: Term = BRUTAL) -> Tuple:
    return new_tuple((_LOAD, new_tuple((module, pre, post))))


def remove(module: Term) -> Tuple:
    return Tuple((_REMOVE, Tuple((module, BRUTAL, BRUTAL))))


def apply(module: str, function: str, *args: Term) -> Tuple:
    return tup("apply", tup(module, function, List(args)))
