"""Short forms of instructions -> their full forms, script by script.

Counterpart: `systools_rc:expand_script/1`.
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A101
from relupc.model.diagnostic import Problems
from relupc.model.instruction import BRUTAL
from relupc.model.otp import otp_says
from relupc.model.plan import Draft, Script, Step
from relupc.model.term import Atom, List, Term, Tuple, as_atom, as_list, is_list, tup
from relupc.model.value import replace

NO_DEPS = List(())
SOFT = Atom("soft")


def expand(draft: Draft, problems: Problems) -> Draft:
    """Give every instruction its full form; splice lists inside a script without expanding their elements."""
    scripts = tuple(replace(s, steps=tuple(_steps(s, draft, problems))) for s in draft.scripts)
    return replace(draft, scripts=scripts)


def _steps(script: Script, draft: Draft, problems: Problems) -> Iterator[Step]:
    for step in script.steps:
        if not is_list(step.instruction):
            yield Step(full_form(step.instruction), step.because)
        elif (inner := as_list(step.instruction)) is not None:
            # systools flattens one level after expanding, so only full forms work in an inner list.
            yield from (Step(item, (item.span,) if item.span else step.because) for item in inner)
        else:
            problems.add(
                A101.at(
                    step.instruction.span,
                    "a list inside a script must be a proper list",
                    help="write the instructions one after the other, without the inner brackets",
                    subject=draft.subject(script.app),
                    otp=otp_says("crash", Atom("badarg")),
                )
            )


def full_form(instruction: Term) -> Term:
    """The full form of a short form; anything else as it is, to be judged by `verify`."""
    match instruction:
        case Tuple((Atom("load_module"), module)):
            long = tup("load_module", module, BRUTAL, BRUTAL, NO_DEPS)
        case Tuple((Atom("load_module"), module, deps)) if is_list(deps):
            long = tup("load_module", module, BRUTAL, BRUTAL, deps)
        case Tuple((Atom("update"), module)):
            long = tup("update", module, SOFT, BRUTAL, BRUTAL, NO_DEPS)
        case Tuple((Atom("update"), module, Atom("supervisor"))):
            change = tup("advanced", NO_DEPS)
            long = tup("update", module, "static", "default", change, BRUTAL, BRUTAL, NO_DEPS)
        case Tuple((Atom("update"), module, change)) if _is_change(change):
            long = tup("update", module, change, BRUTAL, BRUTAL, NO_DEPS)
        case Tuple((Atom("update"), module, deps)) if is_list(deps):
            long = tup("update", module, SOFT, BRUTAL, BRUTAL, deps)
        case Tuple((Atom("update"), module, change, deps)) if _is_change(change) and is_list(deps):
            long = tup("update", module, change, BRUTAL, BRUTAL, deps)
        case Tuple((Atom("add_application"), app)):
            long = tup("add_application", app, "permanent")
        case _:
            return instruction
    return Tuple(long.items, instruction.span)


def _is_change(term: Term) -> bool:
    return isinstance(term, Tuple) or as_atom(term) == "soft"
