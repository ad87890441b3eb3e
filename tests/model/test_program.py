from __future__ import annotations

from relupc.model.program import Change, ChangeKind, Diff


def test_changes_of_some_kinds_in_their_order() -> None:
    kinds: tuple[ChangeKind, ...] = ("changed", "added", "same", "changed")
    changes = tuple(Change(f"m{number}", kind) for number, kind in enumerate(kinds))
    diff = Diff("shop", changes)
    assert [change.module for change in diff.of_kind("changed")] == ["m0", "m3"]
    assert [change.module for change in diff.of_kind("same", "added")] == ["m1", "m2"]
