"""One entry of an appup -> what it becomes by itself, without the releases around it.

What the passes of a whole upgrade check is checked here too, as far as one entry tells. Modules and applications that
it does not know may be those of others: they are let through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from relupc.model.appup import Appup, Entry
from relupc.model.build import App, Release
from relupc.model.codes import A103, A104, A107
from relupc.model.diagnostic import Code, Direction, Problems
from relupc.model.guess import MAX_GUESSES
from relupc.model.instruction import POINT_OF_NO_RETURN, argument, faults, modules, name_of
from relupc.model.lazy import Later
from relupc.model.lint import EntryPlan, OwnApp, entry_plan
from relupc.model.plan import Draft, Script, Step, by_name
from relupc.model.term import Atom, List, Term, Tuple, Unknown, as_list, is_known
from relupc.model.value import NamedTuple, replace
from relupc.plan.applications import OF_APPLICATIONS, applications
from relupc.plan.expand import expand
from relupc.plan.graph import MODULE_INSTRUCTIONS, graph, guess, unknown_dep
from relupc.plan.lower import lower
from relupc.plan.merge import merge
from relupc.plan.select import written_steps
from relupc.plan.verify import normal_step, verify

NOTHING = List(())


class Used(NamedTuple):
    """The script that a plan has of an entry, in full forms, and the modules of all cycles of that plan."""

    direction: Direction
    script: Script
    in_cycle: frozenset[str]


def plan_entry(
    appup: Appup, entry: Entry, direction: Direction, own: OwnApp | None, otp: int, problems: Problems
) -> EntryPlan | None:
    """The entry as written and as a node runs it; None if its instructions are no list, which is reported."""
    whole = entry_plan(appup, entry, direction, (), None)
    if isinstance(entry.script, Unknown):
        return whole
    steps = written_steps(entry, whole.subject(), problems)
    if steps is None:
        return None
    draft = _draft(whole, tuple(s for s in steps if not isinstance(s.instruction, Unknown)), own, otp)
    found = Problems()
    draft = expand(draft, found)
    full = tuple(map(normal_step, draft.scripts[0].steps))
    draft = verify(merge(draft, found), found)
    plan, certain = None, all(_is_certain(step) for step in steps)
    if not certain:  # what is unknown may be what the others lack
        found = Problems([d for d in found.found if d.code is not A107])
    if not found.fatal and certain:
        draft = graph(_own_dep_mods(_own_applications(draft, own, found), own, found), found)
        plan = None if found.fatal else _low_level(lower(draft, found))
    else:
        vague = any(isinstance(step.instruction, Unknown) for step in steps)
        _check_the_rest(draft, own, found, (A103,) if vague else (A103, A104))
    problems.found += found.found
    return entry_plan(appup, entry, direction, full, plan, draft.cycles)


def planned_entry(appup: Appup, entry: Entry, used: Used, own: OwnApp | None, otp: int) -> EntryPlan:
    """As `plan_entry` for an entry with which a whole upgrade was planned, with nothing to report.

    What it becomes by itself is worked out when a rule asks: nearly never.
    """

    def work_out() -> EntryPlan | None:
        return plan_entry(appup, entry, used.direction, own, otp, Problems())

    steps = tuple(map(normal_step, used.script.steps))
    if used.in_cycle and any(module.name in used.in_cycle for step in steps for module in modules(step.instruction)):
        whole = work_out()
        assert whole is not None, "its instructions are a list: there is a plan with them"
        return whole

    def plan() -> tuple[Step, ...] | None:
        alone = work_out()
        return alone.plan if alone else None

    return EntryPlan(appup, entry, used.direction, steps, cache(plan), (), Later(lambda: by_name(steps)))


def _check_the_rest(draft: Draft, own: OwnApp | None, problems: Problems, codes: tuple[Code, ...]) -> None:
    """Whether good instructions contradict each other, beside those that have faults or unknown parts."""
    good, others = list[Step](), list[Term]()
    for step in draft.after:
        if is_known(step.instruction) and not faults(step.instruction):
            good.append(normal_step(step))
        else:
            others.append(step.instruction)
    about = frozenset(name for instruction in others for name in _names(instruction))
    found = Problems()
    rest = _own_applications(replace(draft, after=tuple(good)), own, found)
    graph(_own_dep_mods(rest, own, found, about), found)
    # What is unknown may be the instruction that DepMods want.
    codes = codes if all(map(is_known, others)) else (A103,)
    problems.found += [d for d in found.found if d.code in codes]


def _names(term: Term) -> Iterator[str]:
    """The atoms of an instruction, those in its lists too."""
    if isinstance(term, Atom):
        yield term.name
    elif isinstance(term, Tuple | List):
        yield from (name for item in term.items for name in _names(item))


def _is_certain(step: Step) -> bool:
    """Whether no Unknown could change what a step is about; the arguments of a call may be anything."""
    if name_of(step.instruction) == "apply":
        return not isinstance(argument(step.instruction), Unknown)
    return is_known(step.instruction)


def _low_level(draft: Draft) -> tuple[Step, ...]:
    before = (step for step in draft.before if name_of(step.instruction) != "load_object_code")
    return (*before, Step(POINT_OF_NO_RETURN, ()), *draft.after)


def _draft(entry: EntryPlan, steps: tuple[Step, ...], own: OwnApp | None, otp: int) -> Draft:
    """A draft between two releases of this one application that list every module that is mentioned."""
    subject = entry.subject()
    name = entry.appup.app
    mentioned = _by_name(m for step in steps for m in modules(step.instruction))
    restarted = _by_name(own.modules or ()) if own else {}
    if entry.direction == "down":
        gone = {m.name for s in steps if name_of(s.instruction) == "delete_module" for m in modules(s.instruction)}
        restarted = {name: m for name, m in restarted.items() if name not in gone}
    # The modules of the application itself, as a restart loads them, and the others under a name of their own.
    others = tuple(m for module, m in mentioned.items() if module not in restarted)
    apps = (_app(name, tuple(restarted.values())), _app("", others))
    top, base = (
        Release(name, vsn or "", "", entry.appup.path, apps, apps, entry.appup.span)
        for vsn in ((subject.new, subject.old) if entry.direction == "up" else (subject.old, subject.new))
    )
    script = Script(name, entry.entry.key.span or "appup", steps)
    return Draft(entry.direction, top, base, {(name, top.vsn): entry.appup}, otp=otp, scripts=(script,))


def _by_name(atoms: Iterable[Atom]) -> dict[str, Atom]:
    """Each atom once, as it stands there for the first time."""
    found: dict[str, Atom] = {}
    for atom in atoms:
        found.setdefault(atom.name, atom)
    return found


def _app(name: str, listed: tuple[Atom, ...]) -> App:
    return App(name, "", "permanent", "", "", listed, (), (), (), (), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, "")


def _own_applications(draft: Draft, own: OwnApp | None, problems: Problems) -> Draft:
    """Expand what is about the appup's own application, if its modules are known; leave the others as they are."""
    after: list[Step] = []
    for foreign, run in groupby(draft.after, lambda step: _is_foreign(step, own)):
        steps = tuple(run)
        after += steps if foreign else applications(replace(draft, after=steps), problems).after
    return replace(draft, after=tuple(after))


def _is_foreign(step: Step, own: OwnApp | None) -> bool:
    """Whether an instruction for an application cannot be expanded here."""
    name = name_of(step.instruction)
    if name not in OF_APPLICATIONS:
        return False
    is_own = own is not None and own.modules is not None and argument(step.instruction) == Atom(own.name)
    return not (is_own and name == "restart_application")


def _own_dep_mods(draft: Draft, own: OwnApp | None, problems: Problems, others: frozenset[str] = frozenset()) -> Draft:
    """Report DepMods that name nothing here, and take them out: another appup of the upgrade may be about them.

    `others` are modules of which nothing is said.
    """
    steps = {m.name: s for s in draft.after for m in modules(s.instruction) if _is_module_instruction(s)}
    known = {m.name for m in own.modules or ()} if own else set()
    after, guesses = [], 0
    for step in draft.after:
        strangers = [dep for dep in _dep_mods(step) if dep.name not in steps]
        for dep in strangers:
            if dep.name in others or problems.enough(A104):
                continue
            guesses += 1
            near = guess(dep, step, steps) if guesses <= MAX_GUESSES else None
            if dep.name in known:
                problems.add(unknown_dep(dep, near, step, steps, draft))
            elif near:
                found = unknown_dep(dep, near, step, steps, draft)
                note = "right only if another application's appup in the same upgrade is about it"
                problems.add(replace(found, severity="warning", notes=(note, *found.notes)))
        after.append(_without(step, strangers) if strangers else step)
    return replace(draft, after=tuple(after))


def _is_module_instruction(step: Step) -> bool:
    return name_of(step.instruction) in MODULE_INSTRUCTIONS


def _dep_mods(step: Step) -> Iterator[Atom]:
    if _is_module_instruction(step) and isinstance(step.instruction, Tuple):
        yield from (dep for dep in as_list(step.instruction.items[-1]) or () if isinstance(dep, Atom))


def _without(step: Step, strangers: list[Atom]) -> Step:
    assert isinstance(step.instruction, Tuple), "only tuples have DepMods"
    *parts, deps = step.instruction.items
    gone = {dep.name for dep in strangers}
    kept = List(tuple(d for d in as_list(deps) or () if not isinstance(d, Atom) or d.name not in gone), None, deps.span)
    return Step(Tuple((*parts, kept), step.instruction.span), step.because)
