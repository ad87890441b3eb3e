"""For A306: an update in, its text for the other direction out."""

from __future__ import annotations

from relupc.model.instruction import dep_mods
from relupc.model.term import Tuple, as_atom
from relupc.model.typed import typed
from relupc.rules.effects import Side


def spelled(update: Tuple, here: Side) -> str:
    """An update as it is written, or without its DepMods if `here` has no instruction for one of them."""
    written = update.span.text if update.span else ""
    known = all(here.has("load", dep.name) or here.has("delete", dep.name) for dep in dep_mods(update))
    if known and written.startswith("{") and "\n" not in written and "%" not in written:
        return written
    short = as_atom(update.items[2]) == "static" and not update.items[2].span
    return f"{{update, {typed(update.items[1])}, {'supervisor' if short else typed(update.items[4])}}}"
