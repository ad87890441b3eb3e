"""The versions of a checkout in, a table or a JSON document out."""

from __future__ import annotations

from typing import Any

from relupc.model.checkout import Versioned, Versions
from relupc.model.spelling import spell_atom
from relupc.report.json import diagnostics_of, json_text
from relupc.report.table import table


def versions_table(found: Versions, *, width: int) -> str:
    """A row for each application; empty without one. `width` is in columns, 0 is no limit."""
    if not found.apps:
        return ""
    compared = found.against is not None
    head = ["app", "version", "in the sources", "folder", *(["since", "old"] if compared else [])]
    return table(head, [_row(app, compared) for app in found.apps], width)


def _row(app: Versioned, compared: bool) -> list[str]:
    one = app.declared
    version = f"{app.version}{' + changes' if app.dirty else ''}"
    since = "version not raised" if app.since == "not raised" else str(app.since)
    return [spell_atom(one.app), version, one.vsn or "-", one.folder, *([since, app.old or "-"] if compared else [])]


def versions_summary(found: Versions) -> str:
    """`2 applications: 1 changed since v1.3.0`."""
    count = len(found.apps)
    said = f"{count} application{'' if count == 1 else 's'}"
    if found.against is None or not found.apps:
        return said if found.apps else ""
    changed = sum(app.since in ("changed", "not raised", "new") for app in found.apps)
    return f"{said}, {changed or 'none'} changed since {found.against}"


def versions_document(found: Versions, version: str) -> str:
    """The document for programs, with a newline at its end: version 1, one object, ASCII; `version` is relupc's own."""
    document = {
        "version": 1,
        "tool": {"name": "relupc", "version": version},
        "from": found.against,
        "applications": [_application(app, found) for app in found.apps],
        "diagnostics": diagnostics_of(found.diagnostics),
    }
    return json_text(document)


def _application(app: Versioned, found: Versions) -> dict[str, Any]:
    one, old = app.declared, {"since": app.since, "old": app.old, "changed": list(app.changed)}
    return {
        "name": one.app,
        "version": app.version,
        "commit": app.commit.hash,
        "time": app.commit.time,
        "declared": one.vsn,
        "folder": one.folder,
        "file": one.file,
        "uncommitted": list(app.dirty),
        **(old if found.against is not None else {}),
    }
