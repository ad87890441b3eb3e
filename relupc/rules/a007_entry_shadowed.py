"""A007 entry-shadowed: an entry that is never used, since those before it match all that it could."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.model.appup import Appup
from relupc.model.codes import A007
from relupc.model.coverage import Shadowed, keyed, shadowed
from relupc.model.diagnostic import Diagnostic, Fix, Label
from relupc.model.edit import moved, removed
from relupc.model.layout import flat
from relupc.model.term import List

ON = Appup
MAX_LABELS = 3


def check(appup: Appup) -> Iterator[Diagnostic]:
    subjects = {id(entry): subject for entry, subject in keyed(appup)}
    for entries in (appup.up, appup.down):
        whole = entries.term or List(())
        places = {id(item): place for place, item in enumerate(whole.items)}
        for found in shadowed(entries):
            first, *more = found.earlier
            what = "others come first and match all of it" if more else f"`{flat(first.key)}` comes first"
            fix = _fix(whole, places, found)
            yield A007.at(
                found.entry.key.span,
                f"never used: {what}",
                labels=tuple(Label(e.key.span, "this is taken") for e in found.earlier[:MAX_LABELS] if e.key.span),
                help=fix.title if fix else "keep one of them",
                subject=subjects[id(found.entry)],
                fix=fix,
            )


def _fix(whole: List, places: Mapping[int, int], found: Shadowed) -> Fix | None:
    """Delete what has the same instructions as the entry that is taken; else put that behind it, if it matches more."""
    entry, (first, *more) = found.entry, found.earlier
    place, before = places.get(id(entry.term)), places.get(id(first.term))
    if more or place is None or before is None:
        return None
    item = whole.items[place]
    if entry.script == first.script:
        near = List(whole.items[place - 1 : place + 2])
        return Fix("delete it, the instructions are the same", removed(near, item), safe=True)
    edits = moved(whole, before, place) if found.wider else ()
    return Fix(f"put `{flat(first.key)}` behind it", edits, safe=False) if edits else None
