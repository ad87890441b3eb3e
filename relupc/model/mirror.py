"""An entry of one direction in, the entry of the other direction that is likely to be right out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from relupc.model.appup import Appup, Entry
from relupc.model.diagnostic import Direction, Fix
from relupc.model.edit import Edit, appended
from relupc.model.instruction import name_of
from relupc.model.layout import flat
from relupc.model.source import Span
from relupc.model.term import Atom, List, Term, Tuple, as_list, tup
from relupc.model.typed import typed
from relupc.model.value import NamedTuple

Scripts: TypeAlias = Sequence[tuple[Term, tuple[Term, ...]]]

_SAME = ("restart_application", "load_module", "update", "restart_new_emulator", "restart_emulator")
_OPPOSITE = {"add_module": Atom("delete_module"), "delete_module": Atom("add_module")}
_FAR = 60  # a column beyond which nothing is put on lines of its own
_ROOM = 100  # characters of an entry that stays on one line


class Proposal(NamedTuple):
    """What to tell people to write, and the fix that writes it."""

    help: str | None
    fix: Fix | None


def proposed(
    appup: Appup, direction: Direction, missing: Sequence[tuple[Term, Entry]], before: Entry | None = None
) -> Proposal:
    """Entries for these keys, for the list of this direction: each the mirror image of its entry in the other list.

    They belong at the end of the list, or before the entry `before`.
    """
    up = direction == "up"
    scripts = [(key, script) for key, entry in missing if (script := mirrored(entry, appup.app)) is not None]
    if not scripts:
        return Proposal(None, None)
    (key, script), *others = scripts
    place = f"to the {'first' if up else 'second'} list" if before is None else f"before `{flat(before.key)}`"
    short = entry_text(key, script)
    if len(short) <= _ROOM:
        advice = f"add `{short}` {place}{', and so on' if others else ''}"
    else:
        other = "second" if up else "first"
        advice = f"add `{{{typed(key)}, [...]}}` {place}, with the mirror image of what the {other} one has"
    edits = _edits((appup.up if up else appup.down).term, scripts, before)
    title = f"add {'entries' if others else f'an entry for {typed(key)}'} {place}"
    return Proposal(advice, Fix(title, edits, safe=False) if edits else None)


def _edits(whole: List | None, scripts: Scripts, before: Entry | None) -> tuple[Edit, ...]:
    if whole is None or whole.span is None:
        return ()
    first = before.term if before else whole.items[0] if whole.items else None
    span = first.span if first else whole.span
    if span is None:
        return ()
    at = span.source.line_col(span.start)[1] + (first is None)
    column = at if at <= _FAR else None
    gap = "\n" + " " * (column - 1) if column else " "
    text = f",{gap}".join(entry_text(key, script, column) for key, script in scripts)
    if before is None:
        return appended(whole, text)
    return ((Span(span.source, span.start, span.start), f"{text},{gap}"),)


def mirrored(entry: Entry, app: str) -> tuple[Term, ...] | None:
    """The instructions of the way back: the same in reverse order, but a module added there is deleted here.

    Where an instruction has no plain opposite, the application is restarted. None if that has no name.
    """
    instructions = as_list(entry.script)
    found = [_mirrored(instruction) for instruction in reversed(instructions or (Atom(""),))]
    simple = tuple(instruction for instruction in found if instruction is not None)
    if instructions == () or len(simple) == len(found):
        return simple
    return (tup("restart_application", app),) if app else None


def _mirrored(instruction: Term) -> Term | None:
    name = name_of(instruction)
    if name in _OPPOSITE and isinstance(instruction, Tuple):
        return Tuple((_OPPOSITE[name], *instruction.items[1:]))
    return instruction if name in _SAME else None


def entry_text(key: Term, script: Sequence[Term], column: int | None = None) -> str:
    """The text of an entry; if it is long and stands at a column, with a line for each instruction."""
    short = typed(tup(key, List(tuple(script))))
    if column is None or len(short) + column <= _ROOM or not script:
        return short
    gap = "\n" + " " * (column + 1)
    return f"{{{typed(key)},{gap[:-1]}[{f',{gap}'.join(map(typed, script))}]}}"
