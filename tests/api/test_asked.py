from __future__ import annotations

import pytest

from relupc.api.asked import asked_otp
from relupc.model.diagnostic import Problems
from relupc.model.outcome import Options


@pytest.mark.parametrize(("asked", "major"), [(None, None), (25, 25), ("26", 26), ("27.3.1", 27), ("28.0-rc1", 28)])
def test_an_otp_is_known_by_its_first_number(asked: int | str | None, major: int | None) -> None:
    problems = Problems()
    assert asked_otp(Options(otp=asked), problems) == major
    assert not problems.found


@pytest.mark.parametrize("asked", [24, "29", "", "OTP-26", "2", "026"])
def test_any_other_is_a_wrong_argument(asked: int | str) -> None:
    problems = Problems()
    assert asked_otp(Options(otp=asked), problems) is None
    [d] = problems.found
    assert (d.code.code, d.path) == ("T008", "--otp")


def test_what_is_no_severity() -> None:
    problems = Problems()
    asked_otp(Options(fail_on="loud"), problems)  # type: ignore[arg-type]
    assert [(d.code.code, d.path) for d in problems.found] == [("T008", "--fail-on")]
