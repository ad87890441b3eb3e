"""What changed between two builds in, the document of docs/diff.schema.json out: version 1, one object, ASCII."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from relupc.model.beam import FA
from relupc.model.build import Release
from relupc.model.comparison import Differences
from relupc.model.program import Change, ChangeKind, Diff
from relupc.report.json import diagnostics_of, json_text

MADE = frozenset({FA("module_info", 0), FA("module_info", 1)})  # the compiler gives these to every module
_KINDS: tuple[ChangeKind, ...] = ("changed", "added", "removed", "same")


def diff_document(found: Differences, version: str) -> str:
    """The document, with a newline at its end. Modules that are the same in each byte are only counted."""
    changes = [change for diff in found.diffs for change in diff.changes]
    shown = [diff for diff in found.diffs if diff.old != diff.new or any(map(_is_shown, diff.changes))]
    document = {
        "version": 1,
        "tool": {"name": "relupc", "version": version},
        "from": _build(found.old),
        "to": _build(found.new),
        "summary": _counts(changes),
        "applications": [_application(diff) for diff in shown],
        "diagnostics": diagnostics_of(found.diagnostics),
    }
    return json_text(document)


def _build(release: Release | None) -> dict[str, str] | None:
    return {"name": release.name, "version": release.vsn, "path": release.path} if release else None


def _counts(changes: Iterable[Change]) -> dict[str, int]:
    counts = Counter(change.kind for change in changes)
    return {str(kind): counts[kind] for kind in _KINDS}


def _application(diff: Diff) -> dict[str, Any]:
    modules = [_module(change) for change in diff.changes if _is_shown(change)]
    return {"name": diff.app, "from": diff.old, "to": diff.new, "summary": _counts(diff.changes), "modules": modules}


def _is_shown(change: Change) -> bool:
    return change.kind != "same" or bool(change.why)


def _module(change: Change) -> dict[str, Any]:
    before, after = (module.exports - MADE if module else frozenset() for module in (change.old, change.new))
    return {
        "name": change.module,
        "change": change.kind,
        "why": list(change.why),
        "exports": {
            "added": [f"{name}/{arity}" for name, arity in sorted(after - before)],
            "removed": [f"{name}/{arity}" for name, arity in sorted(before - after)],
        },
    }
