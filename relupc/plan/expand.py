"""Short forms of instructions -> their full forms, script by script.

Counterpart: `systools_rc:expand_script/1`.
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A101
from relupc.model.diagnostic import Problems
from relupc.model.instruction import BRUTAL, name_of
from relupc.model.otp import otp_says
from relupc.model.plan import Draft, Script, Step, new_step
from relupc.model.term import Atom, List, Term, Tuple, as_atom, as_list, is_list, new_tuple, tup
from relupc.model.value import replace

NO_DEPS = List(())
SOFT = Atom("soft")
# Behind the module of a supervisor: static, default, advanced.
_SUPERVISOR = (Atom("static"), Atom("default"), tup("advanced", NO_DEPS), BRUTAL, BRUTAL, NO_DEPS)


def expand(draft: Draft, problems: Problems) -> Draft:
    """Give every instruction its full form; splice lists inside a script without expanding their elements."""
    scripts = tuple(replace(s, steps=tuple(_steps(s, draft, problems))) for s in draft.scripts)
    return replace(draft, scripts=scripts)


def _steps(script: Script, draft: Draft, problems: Problems) -> Iterator[Step]:
    for step in script.steps:
        if not is_list(step.instruction):
            full = full_form(step.instruction)
            yield step if full is step.instruction else new_step(full, step.because)
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
    if not isinstance(instruction, Tuple) or not 2 <= len(instruction.items) <= 4:
        return instruction
    found = _parts(name_of(instruction), instruction.items)
    return new_tuple((instruction.items[0], *found), instruction.span) if found else instruction


def _parts(name: str | None, items: tuple[Term, ...]) -> tuple[Term, ...] | None:
    """What stands behind the name in the full form; None for what is no short form."""
    match name, items[1:]:
        case "load_module", (module,):
            return module, BRUTAL, BRUTAL, NO_DEPS
        case "load_module", (module, deps) if is_list(deps):
            return module, BRUTAL, BRUTAL, deps
        case "update", (module,):
            return module, SOFT, BRUTAL, BRUTAL, NO_DEPS
        case "update", (module, Atom("supervisor")):
            return module, *_SUPERVISOR
        case "update", (module, change) if _is_change(change):
            return module, change, BRUTAL, BRUTAL, NO_DEPS
        case "update", (module, deps) if is_list(deps):
            return module, SOFT, BRUTAL, BRUTAL, deps
        case "update", (module, change, deps) if _is_change(change) and is_list(deps):
            return module, change, BRUTAL, BRUTAL, deps
        case "add_application", (app,):
            return app, Atom("permanent")
    return None


def _is_change(term: Term) -> bool:
    return isinstance(term, Tuple) or as_atom(term) == "soft"
