"""A110 supervisor-update-verb: going down, `supervisor` is right for supervisors, and wrong for all others.

Going up the two forms come to the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A110
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import replaced
from relupc.model.instruction import name_of
from relupc.model.program import EntryCode
from relupc.model.spelling import module_name
from relupc.model.state import SUPERVISORS
from relupc.model.term import Atom, Term, Tuple, as_atom, is_tagged
from relupc.model.typed import typed
from relupc.rules.reread import as_supervisor

ON = EntryCode
OTHERS = {"gen_server", "gen_statem", "gen_event", "gen_fsm", "Elixir.GenServer"}
NEWER = "going down, OTP asks the `init/1` of the newer version, and loads the older one afterwards: nothing changes"
OLDER = "going down, OTP then asks the `code_change` of the older version, which does not know the newer state"


def check(code: EntryCode) -> Iterator[Diagnostic]:
    for step in code.entry.steps if code.entry.direction == "down" else ():
        match step.instruction:
            case Tuple((Atom("update"), Atom() as module, sort, _, change, *_)) if is_tagged(change, "advanced", 2):
                known = code.new.modules.get(module.name)
                own = set(known.behaviours) if known else set()
                if own & SUPERVISORS and as_atom(sort) == "dynamic":
                    better = as_supervisor(step.instruction, module)
                    yield found(
                        code, step.instruction, module, "is a supervisor, but not updated as one", better, NEWER
                    )
                elif own & OTHERS and not own & SUPERVISORS and as_atom(sort) == "static" and not sort.span:
                    better = f"{{update, {typed(module)}, {{advanced, []}}}}"
                    yield found(code, step.instruction, module, "is no supervisor, but updated as one", better, OLDER)


def found(code: EntryCode, update: Term, module: Atom, what: str, better: str, note: str) -> Diagnostic:
    assert name_of(update) == "update", "only updates are looked at"
    edits = replaced(update, better)
    return A110.at(
        module.span,
        f"`{module_name(module.name)}` {what}",
        help=f"write `{better}`",
        notes=(note,),
        subject=code.entry.subject(module.name),
        fix=Fix(f"write `{better}`", edits, safe=False) if edits else None,
    )
