"""Groups of module instructions -> low-level instructions, where the first of each group stands.

Counterpart: `systools_rc:translate_dependent_instrs/4`, `translate_dep_to_low/3`.
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.build import Release
from relupc.model.codes import A102
from relupc.model.diagnostic import Direction, Fix, Problems
from relupc.model.guess import nearest
from relupc.model.instruction import argument, load, name_of, remove
from relupc.model.layout import flat
from relupc.model.otp import otp_note, otp_says
from relupc.model.plan import Draft, Step, new_step
from relupc.model.source import Span
from relupc.model.term import Atom, Term, Tuple, as_atom, is_tagged, new_list, new_tuple, string, tup
from relupc.model.value import NamedTuple, replace
from relupc.plan.graph import MODULE_INSTRUCTIONS

_LOAD_OBJECT_CODE, _PURGE, _CODE_CHANGE = Atom("load_object_code"), Atom("purge"), Atom("code_change")
_SUSPEND, _RESUME = Atom("suspend"), Atom("resume")
_MODES: dict[Direction, Atom] = {"up": Atom("up"), "down": Atom("down")}


class _Member(NamedTuple):
    """A module instruction in its longest form, taken apart."""

    step: Step
    verb: str
    module: Atom
    static: bool
    timeout: Term | None
    extra: Term | None
    pre: Term
    post: Term


def lower(draft: Draft, problems: Problems) -> Draft:
    """Replace the first instruction of each group by the whole group's low-level instructions; drop the others."""
    taken = [(step, _member(step)) for step in draft.after]
    members = {member.module.name: member for _, member in taken if member}
    group_of = {name: group for group in draft.groups for name in group}
    after, done, emitted = list[Step](), set[str](), list[_Member]()
    for step, member in taken:
        if member is None:
            after.append(step)
        elif member.module.name not in done:
            names = group_of[member.module.name]
            group = [members[name] for name in names]
            done.update(names)
            emitted += group
            after += _emit(group, draft.direction)
    loaded = [member for member in emitted if member.verb != "delete_module"]
    before = (*draft.before, *_object_code(loaded, draft, problems))
    return replace(draft, before=before, after=tuple(after))


def _member(step: Step) -> _Member | None:
    name, module = name_of(step.instruction), argument(step.instruction)
    if name not in MODULE_INSTRUCTIONS or not isinstance(module, Atom) or not isinstance(step.instruction, Tuple):
        return None
    if name == "load_module":
        pre, post = step.instruction.items[2:4]
        return _Member(step, name, module, False, None, None, pre, post)
    if name == "delete_module":
        return _Member(step, name, module, False, None, None, module, module)
    mod_type, timeout, change, pre, post = step.instruction.items[2:7]
    extra = change.items[1] if isinstance(change, Tuple) and is_tagged(change, "advanced", 2) else None
    limit = None if as_atom(timeout) == "default" else timeout
    return _Member(step, name, module, as_atom(mod_type) == "static", limit, extra, pre, post)


class _Home(NamedTuple):
    """An application, and its name and version as a `load_object_code` names it."""

    app: str
    name: Term
    vsn: Term


def _homes(release: Release) -> dict[str, _Home]:
    """Module -> the first application, in sorted order, that lists it."""
    found: dict[str, _Home] = {}
    for app in reversed(release.sorted):
        found.update(dict.fromkeys((m.name for m in app.modules), _Home(app.name, Atom(app.name), string(app.vsn))))
    return found


def _object_code(loaded: list[_Member], draft: Draft, problems: Problems) -> Iterator[Step]:
    """What reads the code of the modules, for each application once."""
    homes, by_app = _homes(draft.post), dict[str, list[_Member]]()
    for member in loaded:
        if home := homes.get(member.module.name):
            by_app.setdefault(home.app, []).append(member)
        else:
            _homeless(member, homes, draft, problems)
    for members in by_app.values():
        home = homes[members[0].module.name]
        about = new_tuple((home.name, home.vsn, new_list(tuple(member.module for member in members))))
        yield new_step(new_tuple((_LOAD_OBJECT_CODE, about)), _causes(members))


def _emit(group: list[_Member], direction: Direction) -> list[Step]:
    loads = list[Step]()
    for member in reversed(group) if direction == "up" else group:
        loads += _load(member)
    updates = [member for member in group if member.verb == "update"]
    if not updates:
        return loads
    because = _causes(updates)
    suspend = new_step(new_tuple((_SUSPEND, new_list(tuple([_suspension(m) for m in updates])))), because)
    resume = new_step(new_tuple((_RESUME, new_list(tuple([m.module for m in reversed(updates)])))), because)
    if direction == "up":
        return [suspend, *loads, *_code_change("up", updates), resume]
    early, late = ([m for m in updates if m.static is static] for static in (False, True))
    return [suspend, *_code_change("down", early), *loads, *_code_change("down", late), resume]


def _suspension(member: _Member) -> Term:
    return new_tuple((member.module, member.timeout)) if member.timeout else member.module


def _load(member: _Member) -> tuple[Step, ...]:
    because = member.step.because
    if member.verb == "delete_module":
        return new_step(remove(member.module), because), new_step(
            new_tuple((_PURGE, new_list((member.module,)))), because
        )
    return (new_step(load(member.module, member.pre, member.post), because),)


def _code_change(mode: Direction, updates: list[_Member]) -> tuple[Step, ...]:
    advanced = [(m, m.extra) for m in updates if m.extra is not None]
    if not advanced:
        return ()
    changes = new_list(tuple([new_tuple((m.module, extra)) for m, extra in advanced]))
    return (new_step(new_tuple((_CODE_CHANGE, _MODES[mode], changes)), _causes([m for m, _ in advanced])),)


def _causes(members: list[_Member]) -> tuple[Span | str, ...]:
    if len(members) == 1:  # most groups are one module
        return members[0].step.because
    return tuple(dict.fromkeys(cause for m in members for cause in m.step.because))


def _homeless(member: _Member, homes: dict[str, _Home], draft: Draft, problems: Problems) -> None:
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


def _renamed(member: _Member, guess: str, homes: dict[str, _Home], draft: Draft) -> Fix | None:
    """The name that was probably meant. Sure is only the prefix of Elixir, and only in the appup's own application."""
    from relupc.model.edit import replaced  # noqa: PLC0415 - only for a mistake
    from relupc.plan.written import as_written  # noqa: PLC0415

    text, own = flat(Atom(guess)), draft.app_of(member.step)
    sure = guess == f"Elixir.{member.module.name}" and homes[guess].app == own
    edits = replaced(member.module, text) if as_written(member.module) else ()
    return Fix(f"replace by `{text}`", edits, safe=sure) if edits else None
