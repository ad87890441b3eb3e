"""An appup that people keep by hand and the one that relupc proposes -> what to add to its text.

What stands there stays as it is: an instruction for a module counts, whatever it does with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relupc.model.appup import Appup, Entries, Entry
from relupc.model.edit import Edit, inserted, replaced
from relupc.model.instruction import RESTART_EMULATOR, modules
from relupc.model.proposal import ProposedAppup, Suggestion
from relupc.model.term import Bin, List, Term, as_string, is_known, string, tup
from relupc.model.typed import typed
from relupc.model.value import NamedTuple
from relupc.model.versions import is_template
from relupc.propose.text import entry_text, lines_of

_Placed = Sequence[tuple[int, Suggestion]]  # each with the index of the instruction that it goes in front of


class _Missing(NamedTuple):
    """What one way lacks: edits to its entries, and the entries to put in front of them, as their lines."""

    edits: tuple[Edit, ...] = ()
    entries: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()


class UnclearError(Exception):
    """A part of an appup is in the way that is not known before it is run."""


def additions(appup: Appup, proposed: ProposedAppup) -> tuple[Edit, ...]:
    """The edits that add what is missing to an appup all of whose parts stand where they are written.

    A version that has no entry gets one in front of the others. So does one that only a pattern is for, if that lacks
    something: what its entry says is repeated there, since other versions have it too. Raises UnclearError.
    """
    edits = list(_version(appup, proposed))
    for entries, up in ((appup.up, True), (appup.down, False)):
        whole = entries.term
        if whole is None or whole.tail is not None or whole.span is None:
            raise UnclearError
        found = [_missing(entries, one.old, one.up if up else one.down, proposed.app) for one in proposed.entries]
        edits += (edit for one in found for edit in one.edits)
        fresh = [entry for one in found for entry in one.entries]
        if fresh:
            edits += inserted(whole, 0, [_in_front(whole, fresh)])
    return tuple(edits)


def _version(appup: Appup, proposed: ProposedAppup) -> tuple[Edit, ...]:
    """The version of an appup where it is written out, and no variable or template that stands for it."""
    there, text = appup.vsn.span.text if appup.vsn.span else "", typed(string(proposed.vsn))
    is_raised = there.startswith('"') and there != text and not is_template(there)
    return replaced(appup.vsn, text) if is_raised else ()


def _missing(entries: Entries, old: str, way: Sequence[Suggestion], app: str) -> _Missing:
    entry = _entry(entries, old)
    if entry is None:
        return _Missing(entries=((old, tuple(map(lines_of, way))),))
    script = entry.script
    if not isinstance(script, List) or script.tail is not None or not is_known(script):
        raise UnclearError
    placed = list(_placed(script.items, way, app))
    if not placed:
        return _Missing()
    if as_string(entry.key) == old:
        return _Missing(edits=tuple(_edits(script, placed)))
    return _Missing(entries=((old, tuple(_woven(script, placed))),))


def _entry(entries: Entries, old: str) -> Entry | None:
    """The entry that OTP takes for a version: the first that is for it."""
    for entry in entries.items:
        key = entry.key
        if isinstance(key, Bin) and not key.unused:
            from relupc.model.pattern import matches  # noqa: PLC0415 - many appups have no pattern

            found = matches(key.data, old)
            if not isinstance(found, bool):
                raise UnclearError
            if found:
                return entry
        elif not is_known(key):
            raise UnclearError
        elif as_string(key) == old:
            return entry
    return None


def _placed(items: Sequence[Term], way: Sequence[Suggestion], app: str) -> Iterator[tuple[int, Suggestion]]:
    """The suggestions for what no instruction is about, each behind the one that it follows in `way`."""
    if RESTART_EMULATOR in items or tup("restart_application", app) in items:
        return
    at = 0
    for one in way:
        about = _about(one.instruction)
        there = [index for index, item in enumerate(items) if not about.isdisjoint(_about(item))]
        if there:
            at = max(at, there[-1] + 1)
        elif one.instruction != tup("restart_application", app) or not items:
            yield at, one


def _about(instruction: Term) -> frozenset[str | Term]:
    """What an instruction is about: modules, else itself."""
    return frozenset(module.name for module in modules(instruction)) or frozenset((instruction,))


def _edits(script: List, placed: _Placed) -> Iterator[Edit]:
    for index in sorted({index for index, _ in placed}):
        blocks = [lines_of(one) for at, one in placed if at == index]
        lines = [f"{line}," if line is block[-1] else line for block in blocks for line in block]
        yield from inserted(script, index, [*lines[:-1], lines[-1].removesuffix(",")])


def _woven(script: List, placed: _Placed) -> Iterator[tuple[str, ...]]:
    """The lines of all instructions, those that are added and, letter by letter, those that stand there."""
    for index in range(len(script.items) + 1):
        yield from (lines_of(one) for at, one in placed if at == index)
        yield from ((item.span.text,) for item in script.items[index : index + 1] if item.span)


def _in_front(whole: List, entries: Sequence[tuple[str, tuple[tuple[str, ...], ...]]]) -> str:
    """The entries as they are laid out in this list."""
    assert whole.span is not None, "checked before"
    first = whole.items[0].span if whole.items else None
    column = whole.span.source.line_col(first.start if first else whole.span.start + 1)[1] - 1
    return f",\n{' ' * column}".join(entry_text(old, blocks, column=column) for old, blocks in entries)
