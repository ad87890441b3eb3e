from __future__ import annotations

import re

from relupc.model.instruction import SHAPES
from relupc.plan.verify import verify
from relupc.plan.wording import FAULT_LABELS
from tests.cases import FIXTURES, compare, read_cases
from tests.plan.world import answer

FILE = FIXTURES / "plan" / "verify.txt"


def test_fixtures(refresh: bool) -> None:
    compare(FILE, answer(verify), refresh)


def test_every_fault_and_every_instruction_has_a_case() -> None:
    text = FILE.read_text("utf-8")
    faults = set(re.findall(r"systools_rc/(\w+)", text))
    assert set(FAULT_LABELS) <= faults
    given = "".join(case.given for case in read_cases(FILE))
    for name, _ in SHAPES:
        assert f"{{{name}, " in given, f"no case for {name}"
