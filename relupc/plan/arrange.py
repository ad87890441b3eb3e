"""An instruction for a module with the right parts in a wrong form -> the form that these parts belong in."""

from __future__ import annotations

from relupc.model.diagnostic import Fix
from relupc.model.edit import Edit
from relupc.model.instruction import BRUTAL
from relupc.model.layout import flat
from relupc.model.source import Span
from relupc.model.term import Atom, Int, List, Term, Tuple, as_atom, is_tagged, tup
from relupc.model.typed import typed
from relupc.model.value import dataclass
from relupc.plan.written import Repair, as_written, sound

SUPERVISOR = Atom("supervisor")
NO_DEPS = List(())
_ADVANCED = tup("advanced", List(()))
_PURGES = ("soft_purge", "brutal_purge")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands after the module, sorted by what it can be."""

    mod_type: Term | None = None
    timeout: Term | None = None
    change: Term | None = None
    purges: tuple[Term, ...] = ()
    deps: List | None = None

    @property
    def both(self) -> tuple[Term, ...]:
        """What is to be done with old code before and after the load."""
        return (*self.purges, *self.purges)[:2] or (BRUTAL, BRUTAL)


def arranged(instruction: Tuple, name: str) -> Repair | None:
    """`{update, m, supervisor, []}`, `{load_module, m, soft_purge}`, `{load_module, m, [], soft_purge, soft_purge}`."""
    if name not in ("update", "load_module", "add_module", "delete_module") or len(instruction.items) < 3:
        return None
    verb, module, *old = instruction.items
    parts = _sorted(old)
    if parts is None:
        return None
    found = _by_verb(name, parts)
    if found is None:
        return None
    new, label, safe = found
    whole = Tuple((verb, module, *new))
    if tuple(old) == new or not sound(whole):
        return None
    edits = _edits(module, old, list(new)) if as_written(instruction) else ()
    text = typed(whole)
    return Repair(instruction, f"write `{text}`", label, Fix(f"write `{text}`", edits, safe) if edits else None)


def _sorted(terms: list[Term]) -> _Parts | None:
    """The parts by their kinds; None if there is one of no kind, or too many of one."""
    kinds: dict[str, list[Term]] = {}
    for term in terms:
        kinds.setdefault(_kind(term), []).append(term)
    purges = tuple(kinds.pop("purge", ()))
    if "" in kinds or len(purges) > 2 or any(len(found) > 1 for found in kinds.values()):
        return None
    found = {kind: terms[0] for kind, terms in kinds.items()}
    deps = found.get("deps")
    return _Parts(
        found.get("mod_type"),
        found.get("timeout"),
        found.get("change"),
        purges,
        deps if isinstance(deps, List) else None,
    )


def _kind(term: Term) -> str:
    word = as_atom(term)
    if word in _PURGES:
        return "purge"
    if word in ("static", "dynamic"):
        return "mod_type"
    if word in ("default", "infinity") or (isinstance(term, Int) and term.value > 0):
        return "timeout"
    if word in ("soft", "supervisor") or is_tagged(term, "advanced", 2):
        return "change"
    is_deps = isinstance(term, List) and term.tail is None and all(isinstance(item, Atom) for item in term.items)
    return "deps" if is_deps else ""


def _by_verb(name: str, parts: _Parts) -> tuple[tuple[Term, ...], str, bool] | None:
    """What should follow the module, what is wrong with what does, and whether nothing was made up or lost."""
    deps = parts.deps or NO_DEPS
    if name == "update":
        return _supervisor(parts, deps) if parts.change == SUPERVISOR else _update(parts, deps)
    if parts.mod_type or parts.timeout or parts.change:
        return None
    if name == "load_module":
        return (*parts.both, deps), _lack(parts), len(parts.purges) != 1
    return ((deps,) if deps.items else ()), f"`{name}` takes no purge options", False


def _update(parts: _Parts, deps: List) -> tuple[tuple[Term, ...], str, bool]:
    change = parts.change or Atom("soft")
    if parts.mod_type:
        new: tuple[Term, ...] = (parts.mod_type, parts.timeout or Atom("default"), change, *parts.both, deps)
    elif parts.timeout:
        new = (parts.timeout, change, *parts.both, deps)
    elif parts.purges:
        new = (change, *parts.both, deps)
    else:
        new = (change, deps)
    return new, _lack(parts), len(parts.purges) != 1


def _supervisor(parts: _Parts, deps: List) -> tuple[tuple[Term, ...], str, bool]:
    """`supervisor` stands for static, advanced, brutal purges: all that can be said with it, can be said without."""
    alone = parts.deps is None or not (parts.purges or parts.mod_type or parts.timeout)
    label = "`supervisor` takes no dependency list" if alone else "`supervisor` takes no other parts"
    mod_type, timeout = parts.mod_type or Atom("static"), parts.timeout or Atom("default")
    long = (mod_type, timeout, _ADVANCED, *parts.both, deps)
    if long == (Atom("static"), Atom("default"), _ADVANCED, BRUTAL, BRUTAL, NO_DEPS):
        return (SUPERVISOR,), label, True
    return long, label, False


def _lack(parts: _Parts) -> str:
    if len(parts.purges) == 1:
        return f"`{flat(parts.purges[0])}` should stand here twice: for before and for after the load"
    if parts.deps is None and parts.purges:
        return "the list of DepMods is missing"
    return "the right parts, but not in this form"


def _edits(module: Term, old: list[Term], new: list[Term]) -> tuple[Edit, ...]:
    """What turns the old parts into the new ones: the first ones that are the same are left alone."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    last = old[same - 1] if same else module
    if last.span is None or old[-1].span is None:
        return ()
    source, start, end = last.span.source, last.span.end, old[-1].span.end
    if "%" in source.text[start:end]:
        return ()
    text = "".join(f", {term.span.text if term.span else typed(term)}" for term in new[same:])
    return ((Span(source, start, end), text),)
