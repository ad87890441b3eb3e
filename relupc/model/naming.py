"""What code and configuration hold of functions as data: `fun M:F/A`, or a module, a name and arguments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from relupc.model.beam import FA, MFA, Place
from relupc.model.code import Function, Module, parts
from relupc.model.source import Span
from relupc.model.term import Atom, Fun, Map, Term, Tuple, as_list
from relupc.model.value import NamedTuple

# Calls that keep what they are given for longer than a call takes.
_KEEP = {
    "ets": ("insert", "insert_new", "update_element"),
    "dets": ("insert", "insert_new"),
    "persistent_term": ("put",),
    "application": ("set_env",),
    "timer": ("apply_after", "apply_interval", "apply_repeatedly"),
    "telemetry": ("attach", "attach_many"),
    "logger": (
        "add_handler",
        "add_handler_filter",
        "add_primary_filter",
        "update_handler_config",
        "set_handler_config",
    ),
    "Elixir.Application": ("put_env",),
    "Elixir.Agent": ("start", "start_link", "update", "cast"),
}
_KEEPING = frozenset((module, name) for module, names in _KEEP.items() for name in names)
_START = Atom("start")
_STARTS = {"supervisor": ("start_child",), "Elixir.Supervisor": ("start_child",)}


class Named(NamedTuple):
    """A function that another one names. `kept`: it hands the name to something that keeps it."""

    function: MFA
    by: FA
    place: Place | None
    kept: bool


def named(module: Module, wanted: Mapping[str, Collection[FA]] | None = None, *, kept: bool = False) -> Iterator[Named]:
    """The functions that a module names, or only those that are `kept`; those of child specifications are not there.

    With `wanted`, functions by their modules, others may be left out.
    """
    for function in _functions(module, wanted, kept):
        fa = function.fa
        for call in function.calls:
            if call.called.name not in _STARTS.get(call.called.module, ()):
                keeps = call.called.name in _KEEP.get(call.called.module, ())
                for found in _in_args(call.args):
                    yield Named(found, fa, call.place or function.place, keeps)
        for value in function.returns:
            for found, _ in functions_in(value):
                yield Named(found, fa, function.place, kept=False)


def _functions(module: Module, wanted: Mapping[str, Collection[FA]] | None, kept: bool) -> Iterable[Function]:
    among = None if wanted is None else module.naming(wanted)
    if among is not None and not among:
        return ()
    if kept:
        return module.calling(_KEEPING, among)
    return (module.functions[fa] for fa in module.functions if among is None or fa in among)


def _in_args(args: tuple[Term, ...]) -> Iterator[MFA]:
    for at, arg in enumerate(args):
        yield from (found for found, _ in functions_in(arg))
        if found := _spelled(args[at : at + 3]):
            yield found


def functions_in(value: Term) -> Iterator[tuple[MFA, Span | None]]:
    """The functions that a value holds, and where it is written; start functions of children are left out."""
    starts: list[Term] = []
    for part in parts(value):
        match part:
            case Fun(module, name, arity):
                yield MFA(module, name, arity), part.span
            case Map(pairs):
                starts += [start for key, start in pairs if key == _START]
            case Tuple((_, start, _, _, _, _)):
                starts.append(start)
            case Tuple(items):
                found = _spelled(items)
                if found and not any(part is start for start in starts):
                    yield found, part.span


def _spelled(items: tuple[Term, ...]) -> MFA | None:
    match items:
        case (Atom(module), Atom(name), given) if (args := as_list(given)) is not None:
            return MFA(module, name, len(args))
    return None
