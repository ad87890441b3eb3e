"""C408 supervisor-not-registered: a call of a supervisor by the name of its module, under which it does not run."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.call import called, child_of
from relupc.model.codes import C408
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import replaced
from relupc.model.program import EntryCode, Program
from relupc.model.term import Atom, Term, Unknown
from relupc.model.typed import typed
from relupc.rules.children import said

ON = EntryCode
UNNAMED = "register it: `{local, ?MODULE}` in its `start_link`"


def check(code: EntryCode) -> Iterator[Diagnostic]:
    programs = [program for program in (code.new, code.old) if program]
    for step in code.entry.steps:
        child = child_of(called(step.instruction))
        name = child.supervisor if child else None
        if isinstance(name, Atom) and not any(may_have(program, name) for program in programs):
            known = [other for program in programs for other in names(program, name.name) if isinstance(other, Atom)]
            taken = dict.fromkeys(map(typed, known))
            better = f"write `{' or '.join(taken)}`, its name" if taken else UNNAMED
            edits = replaced(name, *taken) if len(taken) == 1 else ()
            yield C408.at(
                name.span or step.instruction.span,
                f"`{said(name)}` is a supervisor, but does not register this name",
                help=better,
                notes=("`supervisor` exits with `noproc`, and the node restarts into the old release",),
                subject=code.entry.subject(name.name),
                fix=Fix(better, edits, safe=False) if edits else None,
            )


def may_have(program: Program, name: Atom) -> bool:
    """Whether a process may be registered so, unless all is known of the supervisor whose module has this name."""
    module = program.modules.get(name.name)
    own = [one for one in program.supervisors.get(name.name, ()) if one.listing == "init"]
    known = names(program, name.name)
    if module is None or not own or not known or any(isinstance(other, Unknown) for other in known):
        return True
    every = (process.name for several in program.starts.values() for process in several)
    return any(other == name for other in every)


def names(program: Program, module: str) -> list[Term | None]:
    """The names under which the supervisors of a module are started."""
    calls = [process for several in program.starts.values() for process in several]
    kids = [kid.runs for several in program.supervisors.values() for one in several for kid in one.children if kid.runs]
    return [process.name for process in (*calls, *kids) if process.kind == "supervisor" and process.module == module]
