from __future__ import annotations

from relupc.model.budget import Budget
from relupc.model.pattern_samples import language, matched


def test_work_takes_from_it() -> None:
    pattern, budget = language(rb"1\.[0-9]+"), Budget(1_000)
    assert pattern is not None
    assert matched(pattern.program, "1.20", budget) is True
    assert 0 < budget.left < 1_000
    assert matched(pattern.program, "1.20", Budget(1)) is None
