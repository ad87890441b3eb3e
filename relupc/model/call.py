"""An `apply` in, what it calls out; and of a call of a supervisor, what it does to which child."""

from __future__ import annotations

from typing import Literal, TypeAlias

from relupc.model.instruction import name_of
from relupc.model.term import Atom, Map, Term, Tuple, as_atom, as_list, is_known
from relupc.model.value import NamedTuple

Verb: TypeAlias = Literal["start", "restart", "terminate", "delete"]

SUPERVISORS = ("supervisor", "Elixir.Supervisor")
_VERBS: dict[str, Verb] = {
    "start_child": "start",
    "restart_child": "restart",
    "terminate_child": "terminate",
    "delete_child": "delete",
}


class Call(NamedTuple):
    """`{apply, {Module, Function, Args}}`; `args` is None where it is not known which there are."""

    module: Atom
    function: Atom
    args: tuple[Term, ...] | None


class Child(NamedTuple):
    """A child of a supervisor and what is done to it; `module` holds its start function, as far as that is said."""

    verb: Verb
    supervisor: Term
    id: Term
    module: str | None

    @property
    def key(self) -> tuple[Term, Term]:
        """What tells children apart."""
        return self.supervisor, self.id


def called(instruction: Term) -> Call | None:
    """What an instruction calls; None if it is no `apply`, or one of a function that is not known."""
    if not isinstance(instruction, Tuple) or len(instruction.items) != 2 or name_of(instruction) != "apply":
        return None  # as nearly all: to match them takes longer
    match instruction.items[1]:
        case Tuple((Atom() as module, Atom() as function, args)):
            return Call(module, function, as_list(args))
    return None


def child_of(call: Call | None) -> Child | None:
    """The child that a call of `supervisor` or Elixir's `Supervisor` is about; None if that is not sure."""
    if call is None or call.module.name not in SUPERVISORS or not call.args or len(call.args) != 2:
        return None
    verb = _VERBS.get(call.function.name)
    supervisor, about = call.args
    named, module = _of_spec(about) if verb == "start" else (about, None)
    if verb is None or named is None or not is_known(supervisor) or not is_known(named):
        return None
    return Child(verb, supervisor, named, module)


def _of_spec(spec: Term) -> tuple[Term | None, str | None]:
    """The id of a child specification, and the module of its start function."""
    match spec:
        case Map(pairs):
            keys = {as_atom(key): value for key, value in pairs}
            return keys.get("id"), _start_module(keys.get("start"))
        case Tuple((name, start, _, _, _, _)):
            return name, _start_module(start)
    return None, None


def _start_module(start: Term | None) -> str | None:
    return as_atom(start.items[0]) if isinstance(start, Tuple) and len(start.items) == 3 else None
