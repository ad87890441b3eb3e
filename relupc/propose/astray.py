"""A process of the build that runs -> why OTP, or its callers, would not find it after an upgrade."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.code import parts
from relupc.model.program import Program
from relupc.model.spelling import module_name
from relupc.model.supervision import Child, Process, missing
from relupc.model.term import Term, Unknown
from relupc.propose.way import Way


def unseen(way: Way, name: str) -> str | None:
    """Why an update does not suspend and convert a process (release_handler_1:get_supervised_procs/0), if so."""
    if any(missing(child) == name for child in _children(way.pre)):
        return (
            f"a child specification does not list `{module_name(name)}` in its `modules`, so that OTP does not find it"
        )
    hidden = (process for several in way.pre.outside.values() for process in several)
    if any(process.module == name for process in hidden):
        return f"a process of `{module_name(name)}` is started below no supervisor, where OTP does not find it"
    return None


def renamed(way: Way, name: str) -> str | None:
    """Whether callers go for a name that the process that runs does not have."""
    before, after = ({one.name for one in _starts(program, name)} for program in (way.pre, way.post))
    if not before or not after or before & after or not all(map(_is_told, before | after)) or None in after:
        return None
    return f"the processes of `{module_name(name)}` are registered under other names, and one that runs keeps its own"


def _starts(program: Program, name: str) -> Iterator[Process]:
    known = [child.runs for child in _children(program) if child.runs and child.runs.module == name]
    everywhere = (one for several in program.starts.values() for one in several if one.module == name)
    return iter(known or everywhere)


def _children(program: Program) -> Iterator[Child]:
    return (child for several in program.supervisors.values() for one in several for child in one.children)


def _is_told(name: Term | None) -> bool:
    return name is None or not any(isinstance(part, Unknown) for part in parts(name))
