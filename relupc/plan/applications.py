"""Instructions for whole applications -> module instructions and calls.

Counterpart: `systools_rc:translate_application_instrs/3`, `translate_add_module_instrs/1`.
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.build import App
from relupc.model.codes import A113, A114
from relupc.model.diagnostic import Problems
from relupc.model.instruction import BRUTAL, apply, name_of, remove
from relupc.model.layout import flat, spell_atom
from relupc.model.otp import otp_note, otp_says
from relupc.model.plan import Draft, Step
from relupc.model.term import Atom, List, Term, Tuple, tup
from relupc.model.value import replace

OF_APPLICATIONS = ("add_application", "remove_application", "restart_application")
NO_DEPS = List(())
_LOAD_MODULE = Atom("load_module")


def applications(draft: Draft, problems: Problems) -> Draft:
    """Expand add, remove and restart of applications where they stand; then `add_module` is `load_module`."""
    pre = {app.name: app for app in reversed(draft.pre.sorted)}
    post = {app.name: app for app in reversed(draft.post.sorted)}
    after: list[Step] = []
    for step in draft.after:
        if name_of(step.instruction) not in OF_APPLICATIONS:
            after.append(_load_module(step))
            continue
        match step.instruction:
            case Tuple((Atom("add_application"), Atom(name), start_type)):
                if not _missing(step, name, draft, problems, post):
                    after += _add(post[name], start_type, step)
            case Tuple((Atom("remove_application"), Atom(name))):
                if name in post:
                    _still_there(step, name, draft, problems)
                elif not _missing(step, name, draft, problems, pre):
                    after += _stop(pre[name], step)
                    after.append(Step(apply("application", "unload", Atom(name)), step.because))
            case Tuple((Atom("restart_application"), Atom(name))):
                if not _missing(step, name, draft, problems, pre, post):
                    after += _stop(pre[name], step)
                    after += _add(post[name], Atom(post[name].type), step)
            case _:
                after.append(step)
    return replace(draft, after=tuple(after))


def _add(app: App, start_type: Term, step: Step) -> Iterator[Step]:
    for module in app.modules:
        yield Step(Tuple((_LOAD_MODULE, module, BRUTAL, BRUTAL, NO_DEPS)), step.because)
    if start_type == Atom("load"):
        yield Step(apply("application", "load", Atom(app.name)), step.because)
    elif start_type != Atom("none"):
        yield Step(apply("application", "start", Atom(app.name), start_type), step.because)


def _stop(app: App, step: Step) -> Iterator[Step]:
    yield Step(apply("application", "stop", Atom(app.name)), step.because)
    for module in app.modules:
        yield Step(remove(module), step.because)
    yield Step(tup("purge", List(app.modules)), step.because)


def _load_module(step: Step) -> Step:
    instruction = step.instruction
    if isinstance(instruction, Tuple) and name_of(instruction) == "add_module":
        _, module, deps = instruction.items
        return Step(Tuple((_LOAD_MODULE, module, BRUTAL, BRUTAL, deps), instruction.span), step.because)
    return step


def _missing(step: Step, name: str, draft: Draft, problems: Problems, *releases: dict[str, App]) -> bool:
    if all(name in release for release in releases):
        return False
    absent = draft.pre if len(releases) > 1 and name not in releases[0] else draft.post
    if name_of(step.instruction) == "remove_application":
        absent = draft.pre
    reason = tup("no_such_application", Atom(name))
    problems.add(
        A113.at(
            step.instruction.span,
            f"`{spell_atom(name)}` is not in release {absent.name} {absent.vsn}",
            path=absent.path,
            help="name an application of the release, or list it in the .rel file",
            notes=otp_note(reason),
            subject=draft.subject(name),
            otp=otp_says("systools_rc", reason),
        )
    )
    return True


def _still_there(step: Step, name: str, draft: Draft, problems: Problems) -> None:
    reason = tup("removed_application_present", Atom(name))
    problems.add(
        A114.at(
            step.instruction.span,
            f"`{spell_atom(name)}` is still in release {draft.post.name} {draft.post.vsn}",
            path=draft.post.path,
            help=f"delete `{flat(step.instruction)}`, or take the application out of the .rel file",
            notes=otp_note(reason),
            subject=draft.subject(name),
            otp=otp_says("systools_rc", reason),
        )
    )
