"""A006 version-pattern-too-wide: a pattern that matches versions that its instructions were not written for."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.appup import Appup
from relupc.model.codes import A006
from relupc.model.coverage import gap, keyed, languages, last_resort, pattern_of
from relupc.model.diagnostic import Diagnostic, Fix, Label, Subject
from relupc.model.edit import removed, replaced
from relupc.model.layout import flat
from relupc.model.term import Bin, as_string

ON = Appup
SILENT = "a mistake in a key above it does not show: the upgrade succeeds, and old code keeps running"


def check(appup: Appup) -> Iterator[Diagnostic]:
    yield from _last_resort(appup)
    patterns = languages(appup.up) | languages(appup.down)
    for entry, subject in keyed(appup):
        pattern = pattern_of(entry.key)
        if not pattern or entry.key not in patterns:
            continue
        from relupc.model.pattern_text import too_wide  # noqa: PLC0415 - many appups have no pattern

        if found := too_wide(pattern.decode(), as_string(appup.vsn)):
            advice = f"write `{flat(Bin(found.meant.encode()))}`"
            fix = Fix(advice, replaced(entry.key, flat(Bin(found.meant.encode()))), safe=False)
            yield A006.at(
                entry.key.span,
                found.label,
                help=advice,
                subject=subject,
                severity=found.severity,
                fix=fix,
            )


def _last_resort(appup: Appup) -> Iterator[Diagnostic]:
    """An entry for every version that does nothing, in one list or in both."""
    places = [(entries, entry) for entries in (appup.up, appup.down) if (entry := last_resort(entries))]
    if not places:
        return
    entries, entry = places[0]
    others = tuple(Label(e.key.span, "and here on the way down") for _, e in places[1:] if e.key.span)
    place, about = entry.key.span, Subject(appup.app or None)
    if others and all(len(e.items) == 1 and not e.odd for e in (appup.up, appup.down)):
        advice = "put entries above it for versions that need something"
        label = "whatever the version, nothing is done"
        yield A006.at(place, label, labels=others, help=advice, subject=about, severity="note")
        return
    missing = gap(appup, entries, entry)
    who = f"{missing} gets here, as does any version" if missing else "any version"
    label = f"{who} without an entry of its own{'' if missing else ' gets here'}, and nothing is done"
    advice = "delete it: OTP then refuses a version that has no entry"
    edits = (edit for e, entry in places if e.term and entry.term for edit in removed(e.term, entry.term))
    fix = Fix("delete it", tuple(edits), safe=False)
    yield A006.at(place, label, labels=others, help=advice, notes=(SILENT,), subject=about, fix=fix)
