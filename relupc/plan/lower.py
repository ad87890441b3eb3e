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
from relupc.model.plan import Draft, Step
from relupc.model.source import Span
from relupc.model.term import Atom, List, Term, Tuple, as_atom, is_tagged, string, tup
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
    timeout: Term
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
    match name, step.instruction.items[2:]:
        case "update", (mod_type, timeout, change, pre, post, _):
            extra = change.items[1] if isinstance(change, Tuple) and is_tagged(change, "advanced", 2) else None
            return _Member(step, name, module, as_atom(mod_type) == "static", timeout, extra, pre, post)
        case "load_module", (pre, post, _):
            return _Member(step, name, module, False, module, None, pre, post)
        case "delete_module", (_,):
            return _Member(step, name, module, False, module, None, module, module)
    return None


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
        about = Tuple((home.name, home.vsn, List(tuple(member.module for member in members))))
        yield Step(Tuple((_LOAD_OBJECT_CODE, about)), _causes(members))


def _emit(group: list[_Member], direction: Direction) -> list[Step]:
    loads = [step for member in (reversed(group) if direction == "up" else group) for step in _load(member)]
    updates = [m for m in group if m.verb == "update"]
    if not updates:
        return loads
    because = _causes(updates)
    suspend = Step(Tuple((_SUSPEND, List(tuple([_suspension(m) for m in updates])))), because)
    resume = Step(Tuple((_RESUME, List(tuple([m.module for m in reversed(updates)])))), because)
    if direction == "up":
        return [suspend, *loads, *_code_change("up", updates), resume]
    early, late = ([m for m in updates if m.static is static] for static in (False, True))
    return [suspend, *_code_change("down", early), *loads, *_code_change("down", late), resume]


def _suspension(member: _Member) -> Term:
    return member.module if as_atom(member.timeout) == "default" else tup(member.module, member.timeout)


def _load(member: _Member) -> tuple[Step, ...]:
    because = member.step.because
    if member.verb == "delete_module":
        return Step(remove(member.module), because), Step(Tuple((_PURGE, List((member.module,)))), because)
    return (Step(load(member.module, member.pre, member.post), because),)


def _code_change(mode: Direction, updates: list[_Member]) -> tuple[Step, ...]:
    advanced = [(m, m.extra) for m in updates if m.extra is not None]
    if not advanced:
        return ()
    changes = List(tuple([Tuple((m.module, extra)) for m, extra in advanced]))
    return (Step(Tuple((_CODE_CHANGE, _MODES[mode], changes)), _causes([m for m, _ in advanced])),)


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
