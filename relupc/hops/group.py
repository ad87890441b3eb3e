"""The script of a relup -> the code that it reads, and its groups: what is suspended, loaded and resumed as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relupc.hops.hop import Hop, refused_because, refused_in_relup
from relupc.model.diagnostic import Direction, Problems
from relupc.model.instruction import POINT_OF_NO_RETURN, argument, modules, name_of
from relupc.model.lint import EntryPlan
from relupc.model.term import Atom, List, Term, Tuple, as_list, tup
from relupc.model.value import dataclass, field, replace

_BY_HAND = "write what the whole upgrade needs by hand"
_DEFAULT = Atom("default")


@dataclass(frozen=True, slots=True)
class Load:
    """`load` or `remove` of a module, and whether a `purge` of it follows."""

    verb: str
    module: Atom
    pre: Term
    post: Term
    purged: bool = False


@dataclass(slots=True)
class Group:
    """Instructions that belong together; `before` and `after` are the code_changes on either side of the loads."""

    place: Term
    suspends: dict[str, tuple[Atom, Term]] = field(default_factory=dict)
    before: dict[str, tuple[Atom, Term]] = field(default_factory=dict)
    loads: dict[str, Load] = field(default_factory=dict)
    after: dict[str, tuple[Atom, Term]] = field(default_factory=dict)
    resumes: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The modules that it is about."""
        return list(dict.fromkeys((*self.suspends, *self.before, *self.loads, *self.after)))


@dataclass(frozen=True, slots=True)
class Script:
    """A script of a relup, taken apart: by application the version and the modules that are read, and the groups."""

    code: dict[str, tuple[Term, tuple[str, ...]]]
    groups: tuple[Group, ...]
    restarts: frozenset[str]


def taken_apart(entry: EntryPlan, hop: Hop, problems: Problems) -> Script | None:
    """The parts of a script; None if it does not consist of such parts, which is reported."""
    steps = [step.instruction for step in entry.steps]
    restarts = {name for name in ("restart_new_emulator", "restart_emulator") if Atom(name) in steps}
    steps = steps[1:] if steps[:1] == [Atom("restart_new_emulator")] else steps
    at = steps.index(POINT_OF_NO_RETURN) if POINT_OF_NO_RETURN in steps else len(steps)
    code: dict[str, tuple[Term, tuple[str, ...]]] = {}
    good = True
    for step in steps[:at]:
        match step:
            case Tuple((Atom("load_object_code"), Tuple((Atom(app), vsn, _)))):
                read = (*code.get(app, (vsn, ()))[1], *(module.name for module in modules(step)))
                code[app] = vsn, tuple(dict.fromkeys(read))
            case _:
                problems.add(refused_in_relup(step, name_of(step) or "", hop))
                good = False
    late = [step for step in steps[at + 1 :] if step != Atom("restart_emulator")]
    found = list(_groups(late, hop, problems))
    good = good and all(group is not None for group in found)
    return Script(code, tuple(group for group in found if group), frozenset(restarts)) if good else None


def _groups(steps: Sequence[Term], hop: Hop, problems: Problems) -> Iterator[Group | None]:
    """The groups of the part behind the point of no return; None for each instruction that fits into none."""
    opened: Group | None = None
    closed: dict[str, Group] = {}
    for step in steps:
        name = name_of(step) or ""
        fault = _fault(name, step, opened, closed, hop.direction)
        if fault is not None:
            problems.add(refused_because(step, fault, _BY_HAND, hop) if fault else refused_in_relup(step, name, hop))
            yield None
        elif name == "suspend":
            opened = Group(step, {module.name: (module, time) for module, time in _suspended(step)})
        elif name == "resume" and opened:
            opened.resumes = tuple(module.name for module in modules(step))
            yield opened
            closed |= dict.fromkeys(opened.loads, opened)
            opened = None
        elif name == "code_change" and opened:
            (opened.after if opened.loads else opened.before).update(_changes(step))
        elif name == "purge":
            for module in modules(step):
                home = opened if opened and module.name in opened.loads else closed[module.name]
                home.loads[module.name] = replace(home.loads[module.name], purged=True)
        else:
            group = opened or Group(step)
            load = _load(name, step)
            group.loads[load.module.name] = load
            if group is not opened:
                closed[load.module.name] = group
                yield group
    if opened:
        problems.add(refused_because(opened.place, "no `resume` follows that ends this", _BY_HAND, hop))
        yield None


def _fault(name: str, step: Term, opened: Group | None, closed: dict[str, Group], way: Direction) -> str | None:
    """What keeps an instruction from being part of a group; empty if it is one that can never be."""
    names = [module.name for module in modules(step)]
    suspended = opened.suspends if opened else {}
    homes = [opened if opened and n in opened.loads else closed.get(n) for n in names]
    label = None
    match name:
        case "suspend":
            label = "something is suspended already" if opened else None
        case "resume":
            label = (
                "what is resumed is not what was suspended before"
                if {*names} != suspended.keys() or not opened
                else None
            )
        case "code_change":
            is_good = opened and _mode(step) == way and all(n in suspended for n in names)
            label = None if is_good else "of this module nothing is suspended, or it is for the other direction"
        case "load" | "remove":
            if any(homes) or (opened and opened.after):
                label = "this is the second time, or it stands behind a code_change"
        case "purge":
            removed = all(home and home.loads[n].verb == "remove" for n, home in zip(names, homes, strict=True))
            label = None if removed else "a module is purged that was not removed before"
        case _:
            label = ""
    return label


def _mode(step: Term) -> str:
    match step:
        case Tuple((_, Atom(mode), _)):
            return mode
    return "up"


def _suspended(step: Term) -> Iterator[tuple[Atom, Term]]:
    for item in as_list(argument(step) or List(())) or ():
        match item:
            case Atom():
                yield item, _DEFAULT
            case Tuple((Atom() as module, time)):
                yield module, time


def _changes(step: Term) -> dict[str, tuple[Atom, Term]]:
    assert isinstance(step, Tuple), "a code_change has parts"
    pairs = [item for item in as_list(step.items[-1]) or () if isinstance(item, Tuple)]
    return {
        module.name: (module, extra) for module, extra in (pair.items for pair in pairs) if isinstance(module, Atom)
    }


def _load(name: str, step: Term) -> Load:
    about = argument(step)
    assert isinstance(about, Tuple), "it is well-formed"
    module, pre, post = about.items
    assert isinstance(module, Atom), "it is well-formed"
    return Load(name, module, pre, post)


def emitted(group: Group, direction: Direction) -> Iterator[Term]:
    """The instructions of a group, in the order in which `systools_rc:translate_dep_to_low/3` has them."""
    if group.suspends:
        yield tup("suspend", List(tuple(m if t == _DEFAULT else tup(m, t) for m, t in group.suspends.values())))
    yield from _code_change(group.before, direction)
    for load in group.loads.values():
        yield tup(load.verb, tup(load.module, load.pre, load.post))
        if load.purged:
            yield tup("purge", List((load.module,)))
    yield from _code_change(group.after, direction)
    if group.suspends:
        yield tup("resume", List(tuple(group.suspends[name][0] for name in group.resumes)))


def _code_change(changes: dict[str, tuple[Atom, Term]], direction: Direction) -> Iterator[Term]:
    if changes:
        yield tup("code_change", direction, List(tuple(tup(m, extra) for m, extra in changes.values())))
