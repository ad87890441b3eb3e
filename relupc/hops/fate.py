"""What two steps do with a module -> what one step does with it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from relupc.model.instruction import BRUTAL, SOFT_PURGE
from relupc.model.term import Atom, Int, List, Term, Tuple, as_list, is_tagged, tup
from relupc.model.value import dataclass, replace

Verb: TypeAlias = Literal["add", "load", "update", "delete"]
_VERBS: dict[str, Verb] = {
    "add_module": "add",
    "load_module": "load",
    "update": "update",
    "delete_module": "delete",
}
_SOFT, _DEFAULT, _INFINITY, _DYNAMIC, _STATIC = map(Atom, ("soft", "default", "infinity", "dynamic", "static"))
_DEFAULT_MILLISECONDS = 5000
SUPERVISOR = tup("advanced", List(()))
#: What an instruction, and one in the next step, come to; "" is nothing at all.
_TOGETHER: dict[tuple[Verb, Verb], Verb | Literal[""]] = {
    ("add", "load"): "add",
    ("add", "update"): "add",
    ("add", "delete"): "",
    ("load", "load"): "load",
    ("load", "update"): "update",
    ("load", "delete"): "delete",
    ("update", "load"): "update",
    ("update", "update"): "update",
    ("update", "delete"): "delete",
}


@dataclass(frozen=True, slots=True)
class Fate:
    """What an instruction does with a module. `change` is `soft` or `{advanced, Extra}`; `term` is the instruction."""

    verb: Verb
    module: Atom
    term: Term
    deps: tuple[str, ...]
    static: Term = _DYNAMIC
    timeout: Term = _DEFAULT
    change: Term = _SOFT
    pre: Term = BRUTAL
    post: Term = BRUTAL

    @property
    def is_advanced(self) -> bool:
        return self.verb == "update" and is_tagged(self.change, "advanced", 2)

    @property
    def is_supervisor(self) -> bool:
        return self.verb == "update" and self.static == _STATIC and self.change == SUPERVISOR


def fate_of(instruction: Term) -> Fate | None:
    """The fate that a module instruction in its longest form means; None for another instruction."""
    match instruction:
        case Tuple((Atom("update"), Atom() as module, static, timeout, change, pre, post, deps)):
            return Fate("update", module, instruction, _names(deps), static, timeout, change, pre, post)
        case Tuple((Atom("load_module"), Atom() as module, pre, post, deps)):
            return Fate("load", module, instruction, _names(deps), pre=pre, post=post)
        case Tuple((Atom("add_module" | "delete_module" as name), Atom() as module, deps)):
            return Fate(_VERBS[name], module, instruction, _names(deps))
    return None


def _names(deps: Term) -> tuple[str, ...]:
    return tuple(dep.name for dep in as_list(deps) or () if isinstance(dep, Atom))


@dataclass(frozen=True, slots=True)
class Clash:
    """Why two fates have no common one: `contradiction` or `conversion`, and what is wrong."""

    kind: Literal["contradiction", "conversion"]
    label: str


def together(first: Fate, second: Fate) -> Fate | Clash | None:
    """The fate that both come to; None if nothing is left to do."""
    verb = _TOGETHER.get((first.verb, second.verb))
    if verb is None:
        return Clash("contradiction", f"`{first.verb}` in the first step, `{second.verb}` in the second")
    if not verb:
        return None
    deps = tuple(dict.fromkeys((*first.deps, *second.deps)))
    if verb in ("add", "delete"):
        return Fate(verb, second.module, second.term, deps)
    both = replace(
        second, verb=verb, deps=deps, pre=_purge(first.pre, second.pre), post=_purge(first.post, second.post)
    )
    return both if verb == "load" else _updated(first, second, both)


def _updated(first: Fate, second: Fate, both: Fate) -> Fate | Clash:
    advanced = [one for one in (first, second) if one.is_advanced]
    if len(advanced) == 2 and first.change != second.change:
        return Clash("conversion", "another Extra in the other step")
    if len(advanced) == 2 and first.static != second.static:
        return Clash("contradiction", "`static` in one step, `dynamic` in the other")
    chosen = advanced[-1] if advanced else second if second.verb == "update" else first
    timeouts = [one.timeout for one in (first, second) if one.verb == "update"]
    longest = max(timeouts, key=_milliseconds)
    return replace(both, static=chosen.static, change=chosen.change, timeout=longest)


def _purge(first: Term, second: Term) -> Term:
    """Soft only if both are: a process that stays in old code is killed on the way if one is brutal."""
    return SOFT_PURGE if first == SOFT_PURGE == second else BRUTAL


def _milliseconds(timeout: Term) -> float:
    if timeout == _INFINITY:
        return float("inf")
    return timeout.value if isinstance(timeout, Int) else _DEFAULT_MILLISECONDS


def longer(first: Term, second: Term) -> Term:
    """The longer of two timeouts of `suspend`."""
    return max(first, second, key=_milliseconds)


def instruction_of(fate: Fate) -> Term:
    """The instruction for a fate, in the shortest form that says all of it."""
    module, deps = fate.module, List(tuple(map(Atom, fate.deps)))
    more = (deps,) if fate.deps else ()
    if fate.verb in ("add", "delete"):
        return tup(f"{fate.verb}_module", module, *more)
    brutal = fate.pre == fate.post == BRUTAL
    if fate.verb == "load":
        return tup("load_module", module, *more) if brutal else tup("load_module", module, fate.pre, fate.post, deps)
    usual = brutal and fate.timeout == _DEFAULT
    if fate.is_supervisor and usual and not fate.deps:
        return tup("update", module, "supervisor")
    if fate.static == _DYNAMIC and usual:
        change = () if fate.change == _SOFT else (fate.change,)
        return tup("update", module, *change, *more)
    whole = (fate.static, fate.timeout, fate.change, fate.pre, fate.post, deps)
    if fate.static == _DYNAMIC:
        return tup("update", module, *(whole[2:] if fate.timeout == _DEFAULT else whole[1:]))
    return tup("update", module, *whole)
