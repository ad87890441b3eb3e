"""A201 apply-target-unavailable, with compiled modules: the copy that runs when a call is made has no such function."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import FA
from relupc.model.call import Call, called
from relupc.model.calls import has
from relupc.model.codes import A201
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.instruction import modules, name_of
from relupc.model.otp import PRELOADED
from relupc.model.plan import Step
from relupc.model.program import EntryCode, Program
from relupc.model.spelling import module_name
from relupc.rules.places import added_by, loaded_by, move_behind, starts

ON = EntryCode
FAILS = "the call fails with `undef`; after the point of no return the node restarts"


def check(code: EntryCode) -> Iterator[Diagnostic]:
    plan, loaded, gone = code.entry.plan or (), set[str](), set[str]()
    loads = {module.name: step for step in plan for module in loaded_by(step.instruction)}
    left_to_text = added_by(code.entry).keys()
    for step in plan:
        loaded |= {module.name for module in loaded_by(step.instruction)}
        gone |= {m.name for m in modules(step.instruction) if name_of(step.instruction) == "remove"}
        call = called(step.instruction)
        written = call and call.args is not None and step.instruction.span
        if call and written and call.module.name not in (gone | left_to_text) - loaded:
            name = call.module.name
            builds = [code.post] if name in loaded else [code.pre] if name in loads else [code.pre, code.post]
            if not any(_may_have(build, call, name in loads) for build in builds):
                yield _unavailable(code, step, call, loads.get(name), is_loaded=name in loaded)


def _may_have(build: Program | None, call: Call, is_own: bool) -> bool:
    """Whether a build has the function that is called, or nobody knows; an `is_own` module is one of the appup's."""
    module = build.modules.get(call.module.name) if build else None
    if build is None or call.module.name in PRELOADED or (module is None and not is_own and not build.is_whole):
        return True
    return has(module, FA(call.function.name, len(call.args or ())))


def _unavailable(code: EntryCode, step: Step, call: Call, load: Step | None, *, is_loaded: bool) -> Diagnostic:
    name, span = module_name(call.module.name), step.instruction.span
    is_there = load is not None and _may_have(code.pre if is_loaded else code.post, call, is_own=True)
    when, side = (" any more", "in front of") if is_loaded else (" yet", "behind")
    place = load.because[0] if load and is_there and not isinstance(load.because[0], str) else None
    advice = f"move the call {side} the instruction for `{name}`" if is_there else "correct it, or export the function"
    function = f"`{call.function.name}/{len(call.args or ())}`{when if is_there else ''}"
    labels = (Label(place, "its new code is loaded here"),) if place else ()
    fix = None if is_loaded else move_behind(code.entry, starts(code.entry), span, place, advice)
    where, about = call.module.span or span, code.entry.subject(call.module.name)
    label = f"`{name}` has no {function} when this call is made"
    return A201.at(where, label, labels=labels, help=advice, notes=(FAILS,), subject=about, fix=fix)
