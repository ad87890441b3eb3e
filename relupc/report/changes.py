"""Comparisons of builds in, tables out: what changed in each application, and what its appup says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from relupc.model.comparison import AppRows, Comparison, Row
from relupc.model.program import ChangeKind, Diff
from relupc.model.spelling import module_name, spell_atom
from relupc.report.printable import printable
from relupc.report.table import table

_KINDS: tuple[ChangeKind, ...] = ("changed", "added", "removed", "same")


def changes_text(compared: Sequence[Comparison], *, width: int, verbose: bool) -> str:
    """A line and a table for each application. `width` is in columns; verbose tables are as wide as they need to be."""
    limit = 0 if verbose else width
    blocks = []
    for one in compared:
        blocks += [printable(one.title)] if len(compared) > 1 and one.apps else []
        blocks += ["\n".join(_app(app, one, limit)) for app in one.apps]
    return "\n\n".join(blocks)


def summary(diffs: Sequence[Diff]) -> str:
    """`2 applications changed, 11 are the same`."""
    changed = sum(diff.is_changed for diff in diffs)
    same = len(diffs) - changed
    said = f"{changed} application{'' if changed == 1 else 's'} changed" if changed else "nothing changed"
    many = f"{same} application{'' if same == 1 else 's'}" if not changed else str(same)
    return f"{said}, {many} {'is' if same == 1 else 'are'} the same" if same else said


def _app(app: AppRows, compared: Comparison, limit: int) -> Iterator[str]:
    yield printable(_counted(app, compared))
    if app.rows and compared.appups:
        head = ["module", "change", "what changed", f"{spell_atom(app.diff.app)}.appup says", ""]
        yield table(head, [[*_cells(row), row.says or "-", _verdict(row)] for row in app.rows], limit)
    elif app.rows:
        yield table(["module", "change", "what changed"], [_cells(row) for row in app.rows], limit)


def _counted(app: AppRows, compared: Comparison) -> str:
    """`shop: 4 changed, 1 added, 12 same`, with the versions where no line above says them."""
    diff, name = app.diff, spell_atom(app.diff.app)
    if diff.old is None or diff.new is None:
        many = f"{len(diff.changes)} module{'' if len(diff.changes) == 1 else 's'}"
        return f"{name} {diff.new or diff.old}: {'new' if diff.old is None else 'removed'} application, {many}"
    counts = Counter(change.kind for change in diff.changes)
    versions = "" if compared.appups else f" {diff.old}" + ("" if diff.old == diff.new else f" -> {diff.new}")
    return f"{name}{versions}: {', '.join(f'{counts[kind]} {kind}' for kind in _KINDS if counts[kind]) or 'no modules'}"


def _cells(row: Row) -> list[str]:
    return [module_name(row.change.module), row.change.kind, "; ".join(row.change.why)]


def _verdict(row: Row) -> str:
    return " ".join(row.codes) or ("ok" if row.says else "-")
