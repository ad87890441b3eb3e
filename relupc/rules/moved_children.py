"""For A602 and A603: the children of a supervisor in two builds -> those that only one of them has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from relupc.model.call import Call, Verb
from relupc.model.program import UpgradeCode
from relupc.model.supervision import Child, Supervisor
from relupc.model.term import Atom, Term, Tuple
from relupc.rules.inits import SIMPLE
from relupc.rules.supervised import calls_of, handled


class Moved(NamedTuple):
    """A child that only one build has, and its supervisor there."""

    supervisor: Supervisor
    child: Child


def only_in(here: Sequence[Supervisor], there: Sequence[Supervisor]) -> Iterator[Moved]:
    """The children that `here` has in any case and `there` cannot have, each once.

    A supervisor of copies has no list, and a significant child is one that may end by itself.
    """
    if any(one.strategy == SIMPLE for one in (*here, *there)) or not all(one.whole for one in there):
        return
    elsewhere = {child.id for one in there for child in one.children}
    always = set[Term].intersection(*({child.id for child in one.children if child.sure} for one in here))
    for child in here[0].children:
        if child.id in always - elsewhere and child.is_id_known and not child.significant:
            yield Moved(here[0], child)


def done_to(moved: Moved, upgrade: UpgradeCode) -> set[Verb]:
    """What calls of this way do to a child, as far as its supervisor is known: some other one may have the same id."""
    name, calls = moved.supervisor.registered, [child for child in handled(upgrade) if child.id == moved.child.id]
    here = {call.verb for call in calls if name in (None, call.supervisor) or not isinstance(call.supervisor, Atom)}
    return here | {"start" for call in calls_of(upgrade) if _starts(call, moved.child)}


def _starts(call: Call, child: Child) -> bool:
    """Whether a call is one of Elixir's `Supervisor.start_child/2` with `Mod` or `{Mod, Arg}` for the child."""
    if call.function.name != "start_child" or call.args is None or len(call.args) != 2:
        return False
    match call.args[1]:
        case Tuple((Atom() as module, _)) | (Atom() as module):
            return module == child.id or (child.start is not None and child.start[0] == module.name)
    return False
