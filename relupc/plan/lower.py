"""Groups of module instructions -> low-level instructions, where the first of each group stands.

Counterpart: `systools_rc:translate_dependent_instrs/4`, `translate_dep_to_low/3`.
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.build import App, Release
from relupc.model.codes import A102
from relupc.model.diagnostic import Direction, Fix, Problems
from relupc.model.guess import nearest
from relupc.model.instruction import argument, load, name_of, remove
from relupc.model.layout import flat
from relupc.model.otp import otp_note, otp_says
from relupc.model.plan import Draft, Step
from relupc.model.source import Span
from relupc.model.term import Atom, List, Term, Tuple, as_atom, is_tagged, string, tup
from relupc.model.value import dataclass, replace
from relupc.plan.graph import MODULE_INSTRUCTIONS


@dataclass(frozen=True, slots=True)
class _Member:
    """A module instruction in its longest form, taken apart."""

    step: Step
    verb: str
    module: Atom
    static: bool
    timeout: Term
    extra: Term | None
    pre: Term
    post: Term


def lower(draft: Draft, problems: Problems) -> Draft:
    """Replace the first instruction of each group by the whole group's low-level instructions; drop the others."""
    members = {m.module.name: m for step in draft.after if (m := _member(step))}
    group_of = {name: group for group in draft.groups for name in group}
    homes = _homes(draft.post)
    before, after, done = list(draft.before), list[Step](), set[str]()
    for step in draft.after:
        module = argument(step.instruction)
        if name_of(step.instruction) not in MODULE_INSTRUCTIONS or not isinstance(module, Atom):
            after.append(step)
        elif module.name not in done:
            group = [members[name] for name in group_of[module.name]]
            done.update(group_of[module.name])
            before += _object_code(group, homes, draft, problems)
            after += _emit(group, draft.direction)
    return replace(draft, before=tuple(before), after=tuple(after))


def _member(step: Step) -> _Member | None:
    match step.instruction:
        case Tuple((Atom("update"), Atom() as module, mod_type, timeout, change, pre, post, _)):
            extra = change.items[1] if isinstance(change, Tuple) and is_tagged(change, "advanced", 2) else None
            return _Member(step, "update", module, as_atom(mod_type) == "static", timeout, extra, pre, post)
        case Tuple((Atom("load_module"), Atom() as module, pre, post, _)):
            return _Member(step, "load_module", module, False, module, None, pre, post)
        case Tuple((Atom("delete_module"), Atom() as module, _)):
            return _Member(step, "delete_module", module, False, module, None, module, module)
    return None


def _homes(release: Release) -> dict[str, App]:
    """Module -> the first application, in sorted order, that lists it."""
    return {module.name: app for app in reversed(release.sorted) for module in app.modules}


def _object_code(group: list[_Member], homes: dict[str, App], draft: Draft, problems: Problems) -> Iterator[Step]:
    for member in group:
        if member.verb == "delete_module":
            continue
        app = homes.get(member.module.name)
        if app is None:
            _homeless(member, homes, draft, problems)
        else:
            about = tup(app.name, string(app.vsn), List((member.module,)))
            yield Step(tup("load_object_code", about), member.step.because)


def _emit(group: list[_Member], direction: Direction) -> Iterator[Step]:
    updates = [m for m in group if m.verb == "update"]
    because = _causes(updates)
    if updates:
        yield Step(tup("suspend", List(tuple(_suspension(m) for m in updates))), because)
    if direction == "up":
        for member in reversed(group):
            yield from _load(member)
        yield from _code_change("up", updates)
    else:
        yield from _code_change("down", [m for m in updates if not m.static])
        for member in group:
            yield from _load(member)
        yield from _code_change("down", [m for m in updates if m.static])
    if updates:
        yield Step(tup("resume", List(tuple(m.module for m in reversed(updates)))), because)


def _suspension(member: _Member) -> Term:
    return member.module if as_atom(member.timeout) == "default" else tup(member.module, member.timeout)


def _load(member: _Member) -> Iterator[Step]:
    if member.verb == "delete_module":
        yield Step(remove(member.module), member.step.because)
        yield Step(tup("purge", List((member.module,))), member.step.because)
    else:
        yield Step(load(member.module, member.pre, member.post), member.step.because)


def _code_change(mode: Direction, updates: list[_Member]) -> Iterator[Step]:
    advanced = [m for m in updates if m.extra is not None]
    changes = tuple(tup(m.module, m.extra) for m in advanced if m.extra is not None)
    if changes:
        yield Step(tup("code_change", mode, List(changes)), _causes(advanced))


def _causes(members: list[_Member]) -> tuple[Span | str, ...]:
    return tuple(dict.fromkeys(cause for m in members for cause in m.step.because))


def _homeless(member: _Member, homes: dict[str, App], draft: Draft, problems: Problems) -> None:
    reason = tup("no_such_module", member.module)
    name = member.module.name
    guess = f"Elixir.{name}" if f"Elixir.{name}" in homes else nearest(name, homes)
    problems.add(
        A102.at(
            member.module.span or member.step.instruction.span,
            f"no application of release {draft.post.name} {draft.post.vsn} lists `{flat(member.module)}`",
            help=f"did you mean `{flat(Atom(guess))}`?" if guess else "add it to `modules` of its .app file",
            notes=otp_note(reason),
            subject=draft.subject(draft.app_of(member.step), name),
            otp=otp_says("systools_rc", reason),
            fix=_renamed(member, guess, homes, draft) if guess else None,
        )
    )


def _renamed(member: _Member, guess: str, homes: dict[str, App], draft: Draft) -> Fix | None:
    """The name that was probably meant. Sure is only the prefix of Elixir, and only in the appup's own application."""
    from relupc.model.edit import replaced  # noqa: PLC0415 - only for a mistake
    from relupc.plan.written import as_written  # noqa: PLC0415

    text, own = flat(Atom(guess)), draft.app_of(member.step)
    sure = guess == f"Elixir.{member.module.name}" and homes[guess].name == own
    edits = replaced(member.module, text) if as_written(member.module) else ()
    return Fix(f"replace by `{text}`", edits, safe=sure) if edits else None
