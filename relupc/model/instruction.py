"""The vocabulary of appups and relups: which instructions there are, and what their parts must be.

An instruction is a term, not a class of its own (docs/decisions/003): low-level instructions go from the
appup to the relup as they are, so that what is not looked at cannot be changed. The shapes, the order of
the checks and the names of the faults are those of systools_rc (sasl).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from relupc.model.term import Atom, Int, List, Term, Tuple, Unknown, as_atom, as_list, is_known, is_list, is_tagged, tup

BRUTAL, SOFT_PURGE = Atom("brutal_purge"), Atom("soft_purge")
POINT_OF_NO_RETURN = Atom("point_of_no_return")
RESTART_NEW_EMULATOR = Atom("restart_new_emulator")
RESTART_EMULATOR = Atom("restart_emulator")
START_TYPES = ("permanent", "transient", "temporary", "load", "none")

BARE = {"point_of_no_return", "restart_new_emulator", "restart_emulator", "restart", "reboot"}

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


def name_of(instruction: Term) -> str | None:
    """What an instruction is called; None if it is neither an atom nor a tuple that starts with one."""
    if isinstance(instruction, Tuple) and instruction.items:
        return as_atom(instruction.items[0])
    return as_atom(instruction)


def argument(instruction: Term) -> Term | None:
    """The second element, which for nearly all instructions says what they are about."""
    return instruction.items[1] if isinstance(instruction, Tuple) and len(instruction.items) > 1 else None


def faults(instruction: Term) -> Iterator[Fault]:
    """What is wrong with an instruction in its full form, in the order in which systools_rc looks.

    A part that is Unknown may be anything.
    """
    sure = is_known(instruction)
    return (fault for fault in _faults(instruction) if sure or _is_sure(*fault))


def _is_sure(fault: str, part: Term) -> bool:
    """Whether a fault is one whatever the Unknown parts of the instruction turn out to be."""
    return is_known(part) if fault == "bad_instruction" else not isinstance(part, Unknown)


def _faults(instruction: Term) -> Iterator[Fault]:
    if isinstance(instruction, Atom):
        if instruction.name == "mnesia_backup":
            yield "not_yet_implemented", instruction
        elif instruction.name not in BARE:
            yield "bad_instruction", instruction
        return
    shape = _shape_of(instruction)
    if shape is None or not isinstance(instruction, Tuple):
        yield "bad_instruction", instruction
        return
    parts = instruction.items[1:]
    if isinstance(shape[0], tuple):
        inner = parts[0]
        if not isinstance(inner, Tuple) or len(inner.items) != len(shape[0]):
            yield "bad_instruction", instruction
            return
        shape, parts = shape[0], inner.items
    elif shape == ("mode", "changes") and not is_list(parts[1]):  # systools looks at the list before the mode
        yield "bad_list", parts[1]
        parts, shape = parts[:1], shape[:1]
    for kind, part in zip(shape, parts, strict=True):
        yield from _CHECKS[str(kind)](part)


def _shape_of(instruction: Term) -> tuple[str | tuple[str, ...], ...] | None:
    if not isinstance(instruction, Tuple) or not instruction.items:
        return None
    return SHAPES.get((as_atom(instruction.items[0]) or "", len(instruction.items)))


def _atom(fault: str) -> Callable[[Term], Iterator[Fault]]:
    def check(part: Term) -> Iterator[Fault]:
        if not isinstance(part, Atom):
            yield fault, part

    return check


def _one_of(fault: str, *names: str) -> Callable[[Term], Iterator[Fault]]:
    def check(part: Term) -> Iterator[Fault]:
        if as_atom(part) not in names:
            yield fault, part

    return check


def _list(fault: str) -> Callable[[Term], Iterator[Fault]]:
    def check(part: Term) -> Iterator[Fault]:
        if not is_list(part):
            yield fault, part

    return check


def _each(element: Callable[[Term], Iterator[Fault]]) -> Callable[[Term], Iterator[Fault]]:
    def check(part: Term) -> Iterator[Fault]:
        if not is_list(part):
            yield "bad_list", part
            return
        for item in as_list(part) or (part.items if isinstance(part, List) else ()):
            yield from element(item)
        if isinstance(part, List) and part.tail is not None:
            yield IMPROPER, part.tail

    return check


def _change(part: Term) -> Iterator[Fault]:
    if as_atom(part) != "soft" and not is_tagged(part, "advanced", 2):
        yield "bad_change", part


def _timeout(part: Term) -> Iterator[Fault]:
    if as_atom(part) not in ("default", "infinity") and not (isinstance(part, Int) and part.value > 0):
        yield "bad_timeout", part


def _suspension(part: Term) -> Iterator[Fault]:
    if isinstance(part, Tuple) and len(part.items) == 2:
        yield from _mod(part.items[0])
        yield from _timeout(part.items[1])
    else:
        yield from _mod(part)


def _code_change(part: Term) -> Iterator[Fault]:
    if isinstance(part, Tuple) and len(part.items) == 2:
        yield from _mod(part.items[0])
    else:
        yield "bad_code_change", part


def _nodes_or_mfa(part: Term) -> Iterator[Fault]:
    if isinstance(part, Tuple) and len(part.items) == 3:
        for check, item in zip((_mod, _func, _args), part.items, strict=True):
            yield from check(item)
    else:
        yield from _each(_atom("bad_node"))(part)


def _any(_part: Term) -> Iterator[Fault]:
    return iter(())


_mod = _atom("bad_module")
_func = _atom("bad_func")
_args = _list("bad_args_list")
_purge = _one_of("bad_purge_method", "soft_purge", "brutal_purge")

_CHECKS: dict[str, Callable[[Term], Iterator[Fault]]] = {
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
    name, about = name_of(instruction), argument(instruction)
    if name in ("update", "load_module", "add_module", "delete_module"):
        return (about,) if isinstance(about, Atom) else ()
    if name in ("load", "remove"):
        return _only_atoms(about.items[:1]) if isinstance(about, Tuple) else ()
    if name == "load_object_code":
        return _only_atoms(as_list(about.items[2]) or ()) if isinstance(about, Tuple) and len(about.items) == 3 else ()
    if name in ("purge", "resume", "stop", "start"):
        return _only_atoms(as_list(about) or ()) if about is not None else ()
    if name in ("suspend", "code_change") and isinstance(instruction, Tuple):
        items = as_list(instruction.items[-1]) or ()
        return _only_atoms(tuple(i.items[0] if isinstance(i, Tuple) and i.items else i for i in items))
    return ()


def dep_mods(instruction: Term) -> tuple[Atom, ...]:
    """The modules that an instruction for a module, in its full form, is made dependent on."""
    if name_of(instruction) not in ("update", "load_module", "add_module", "delete_module"):
        return ()
    last = instruction.items[-1] if isinstance(instruction, Tuple) and len(instruction.items) > 2 else None
    return _only_atoms(as_list(last) or ()) if last is not None else ()


def purges(instruction: Term) -> tuple[Term, ...]:
    """The pre-purge and the post-purge of an instruction in its full form; nothing if it has none."""
    match instruction:
        case Tuple((Atom("update"), _, _, _, _, pre, post, _)) | Tuple((Atom("load_module"), _, pre, post, _)):
            return pre, post
        case Tuple((Atom("load" | "remove"), Tuple((_, pre, post)))):
            return pre, post
    return ()


def _only_atoms(items: tuple[Term, ...]) -> tuple[Atom, ...]:
    return tuple(item for item in items if isinstance(item, Atom))


def load(module: Term, pre: Term = BRUTAL, post: Term = BRUTAL) -> Tuple:
    return tup("load", tup(module, pre, post))


def remove(module: Term) -> Tuple:
    return tup("remove", tup(module, BRUTAL, BRUTAL))


def apply(module: str, function: str, *args: Term) -> Tuple:
    return tup("apply", tup(module, function, List(args)))
