"""Broken appups: lint has an answer for each.

`benchmarks/mutate.py` does the same for any number, and looks at the time.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants import APP, look, mutants, seeds

FIXTURES = Path(__file__).parent.parent / "fixtures"
COUNT = 400


def test_broken_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = seeds([FIXTURES])
    monkeypatch.chdir(tmp_path)
    (tmp_path / "src").mkdir()
    for folder in (".", "src"):
        (tmp_path / folder / "shop.app").write_text(APP)
    found = [look(mutant, fully=mutant.number % 10 == 0) for mutant in mutants(texts, COUNT, seed=1)]
    assert len([said for said in found if said]) > COUNT / 2
    again = [look(mutant, fully=False) for mutant in mutants(texts, 20, seed=1)]
    assert again == found[:20]


def test_the_same_seed_makes_the_same_texts() -> None:
    texts = {b'{"2", [{"1", [{load_module, a}]}], []}.': ".appup", b"{x}.": "relup"}
    assert list(mutants(texts, 20, seed=5)) == list(mutants(texts, 20, seed=5))
    assert list(mutants(texts, 20, seed=5))[10:] == list(mutants(texts, 10, seed=15))
