"""Thousands of one code in one file."""

from __future__ import annotations

from itertools import repeat

from relupc.model.bound import bounded, some
from relupc.model.codes import A101, A306, T015
from relupc.model.diagnostic import MAX_ALIKE, Diagnostic


def found(count: int, path: str = "shop.appup") -> list[Diagnostic]:
    return [A101.at(None, f"number {number}", path=path) for number in range(count)]


def test_as_many_as_are_shown() -> None:
    assert bounded(found(MAX_ALIKE)) == found(MAX_ALIKE)
    assert bounded([*found(MAX_ALIKE), A306.at(None, "one", path="shop.appup")])[-1].code is A306
    assert len(bounded([*found(MAX_ALIKE), *found(MAX_ALIKE, "other.appup")])) == 2 * MAX_ALIKE


def test_one_word_of_all_the_others() -> None:
    kept = bounded([*found(MAX_ALIKE + 2), *found(1, "other.appup")])
    assert kept[:MAX_ALIKE] == found(MAX_ALIKE)
    more, other = kept[MAX_ALIKE:]
    assert (more.code, more.file, more.severity) == (T015, "shop.appup", "error")
    assert "A101" in more.label
    assert other.file == "other.appup"


def test_what_is_seen_by_the_others_is_made_no_further() -> None:
    endless = repeat(A101.at(None, "again", path="shop.appup"))
    assert len(list(some(endless))) == MAX_ALIKE + 1
    assert len(bounded(some(endless))) == MAX_ALIKE + 1
    mixed = [d for pair in zip(found(600), found(600, "other.appup"), strict=True) for d in pair]
    assert list(some(mixed)) == mixed
