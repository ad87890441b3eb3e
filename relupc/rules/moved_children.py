"""For A602 and A603: a child that only one build has -> what calls of the upgrade do to it."""

from __future__ import annotations

from relupc.model.call import Call, Verb
from relupc.model.inits import Moved
from relupc.model.program import UpgradeCode
from relupc.model.supervision import Child
from relupc.model.term import Atom, Tuple
from relupc.rules.supervised import calls_of, handled


def done_to(moved: Moved, upgrade: UpgradeCode) -> set[Verb]:
    """What calls of this way do to a child, as far as its supervisor is known: some other one may have the same id."""
    name, calls = moved.supervisor.registered, [child for child in handled(upgrade) if child.id == moved.child.id]
    here = {call.verb for call in calls if name in (None, call.supervisor) or not isinstance(call.supervisor, Atom)}
    return here | {"start" for call in calls_of(upgrade) if _starts(call, moved.child)}


def _starts(call: Call, child: Child) -> bool:
    """Whether a call is Elixir's `Supervisor.start_child/2` with what the list has, or `Mod` or `{Mod, Arg}` for it."""
    if call.function.name != "start_child" or call.args is None or len(call.args) != 2:
        return False
    if call.args[1] == child.whole:
        return True
    match call.args[1]:
        case Tuple((Atom() as module, _)) | (Atom() as module):
            return module == child.id or (child.start is not None and child.start[0] == module.name)
    return False
