"""C302 special-process-deaf: an upgrade asks a process by system messages to stand still, and it has to answer."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C302
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import modules, name_of
from relupc.model.loop import Loop
from relupc.model.program import EntryCode, Program
from relupc.model.spelling import module_name
from relupc.model.supervision import Child
from relupc.rules.lingering import KILLED, said

ON = EntryCode
WAITS = "OTP waits 5 seconds for it to be suspended and 5 for it to resume, and goes on: its state is not converted"
ANSWER = "answer `{system, From, Request}` with `sys:handle_system_msg/6` in its loop, or make it a `gen_server`"


def check(code: EntryCode) -> Iterator[Diagnostic]:
    program = code.pre or code.new
    for step in code.entry.steps:
        verb = name_of(step.instruction)
        for module in modules(step.instruction) if verb in ("update", "load_module") else ():
            loop = _loop(program, module.name, hears=verb == "load_module")
            if loop is None:
                continue
            where = f"{said(loop.function)} of `{module_name(module.name)}`"
            if verb == "update":
                label, advice, note = f"the process in {where} does not answer system messages", ANSWER, WAITS
            else:
                label = f"the process in {where} leaves old code with a system message only, and this sends none"
                advice, note = "write `update` in place of `load_module`: that suspends and resumes it", KILLED
            about = code.entry.subject(module.name)
            yield C302.at(module.span, label, path=code.entry.appup.path, help=advice, notes=(note,), subject=about)


def _loop(program: Program, name: str, *, hears: bool) -> Loop | None:
    """The loop of a child of a supervisor that has this module; it `hears` system messages or does not."""
    module, staying = program.modules.get(name), program.staying.get(name)
    if module is None or staying is None or not any(_is_its(child, name) for child in _children(program)):
        return None
    answers = ("sys", "handle_system_msg") in {called[:2] for called in module.imports}
    if answers is not hears or any(called.name == "enter_loop" for called in module.imports):
        return None  # with `enter_loop` it becomes a server that OTP knows
    mine = (loop for loop in staying.loops if loop.entry and loop.block.kind != "blocking" and not loop.ends)
    return next((loop for loop in mine if loop.system is hears and (loop.turn == "local" or not hears)), None)


def _children(program: Program) -> Iterator[Child]:
    return (child for several in program.supervisors.values() for one in several for child in one.children)


def _is_its(child: Child, name: str) -> bool:
    """Whether a child lists a module, and is a process that begins in it and is no server of OTP."""
    runs, listed = child.runs, child.modules
    if runs is None or runs.kind not in ("special", "bare") or not isinstance(listed, tuple):
        return False
    return name == (runs.module or runs.by.module) and name in listed
