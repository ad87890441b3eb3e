"""For rules: what instructions delete for good, what is said if it is needed, and the fix that takes one out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from relupc.model.appup import Entry
from relupc.model.changes import LOADS, REMOVALS
from relupc.model.codes import A304
from relupc.model.diagnostic import Diagnostic, Fix, Label, Subject
from relupc.model.edit import Edit, removed
from relupc.model.instruction import modules, name_of
from relupc.model.plan import Step
from relupc.model.source import Span
from relupc.model.spelling import module_name, spell_atom
from relupc.model.term import Atom, List, Term


def deleted(steps: Iterable[Step]) -> Iterator[Atom]:
    """The modules that are deleted or removed, and that no later instruction loads."""
    found: dict[str, Atom] = {}
    for step in steps:
        name = name_of(step.instruction)
        if name in REMOVALS:
            found.update((module.name, module) for module in modules(step.instruction))
        for module in modules(step.instruction) if found and name in LOADS else ():
            found.pop(module.name, None)
    yield from found.values()


def still_needed(
    module: Atom, owner: tuple[str, str | None], listed: Span | None, entry: Entry | None, subject: Subject
) -> Diagnostic:
    """A deletion that leaves the node without a module of `owner`, an application; `listed` is its place there."""
    name, vsn = owner
    edits = without(entry.script, module) if entry else ()
    return A304.at(
        module.span,
        f"`{module_name(module.name)}` is deleted, but {spell_atom(name)}{f' {vsn}' if vsn else ''} still has it",
        labels=(Label(listed, "it is listed here"),) if listed else (),
        help="delete this instruction",
        notes=("a node in embedded mode does not load it again: calls end in `undef`",),
        subject=subject,
        fix=Fix("delete this instruction", edits, safe=False) if edits else None,
    )


def without(script: Term, module: Atom) -> tuple[Edit, ...]:
    """What takes an instruction out of a script: the one in which a module stands."""
    if not isinstance(script, List) or module.span is None:
        return ()
    at = bisect_right(script.items, module.span.start, key=_start) - 1
    item = script.items[max(at, 0)]
    inside = item.span is not None and item.span.start <= module.span.start < item.span.end
    return removed(List(script.items[max(at - 1, 0) : at + 2]), item) if inside else ()


def _start(term: Term) -> int:
    return term.span.start if term.span else -1
