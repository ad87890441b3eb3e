from __future__ import annotations

from pathlib import Path

import pytest

from relupc.api.builds import check_options, is_lost, read_builds
from relupc.model.diagnostic import Problems
from relupc.model.outcome import Options
from tests.shop import PATH, shop


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shop(tmp_path)


def test_each_release_is_read_once() -> None:
    problems = Problems()
    search = check_options(Options([PATH], isolated=True), problems)
    builds = read_builds("new", ["old", "older", "old"], search, problems)
    assert [release.vsn for release in builds.read] == ["2.0", "1.0", "0.9"]
    assert builds.bases[0] is builds.bases[2]
    assert list(builds.appups) == [("shop", "2")]
    assert (builds.otp, problems.found) == (25, [])
    assert "new.rel" in builds.files


def test_the_otp_asked_for_counts() -> None:
    problems = Problems()
    search = check_options(Options([PATH], isolated=True, otp="27.1"), problems)
    assert read_builds("new", [], search, problems).otp == 27


def test_a_release_that_is_nowhere() -> None:
    problems = Problems()
    builds = read_builds("new", ["nowhere"], check_options(Options([PATH], isolated=True), problems), problems)
    assert builds.top
    assert builds.bases == (None,)
    assert is_lost(problems)


def test_what_is_no_option() -> None:
    problems = Problems()
    check_options(Options(["no/*/where"], otp_root="nowhere", appups="nowhere", otp="99", fail_on="error"), problems)
    assert [d.path for d in problems.found] == ["--otp", "no/*/where", "nowhere", "nowhere"]
    assert {d.code.code for d in problems.found} == {"T008"}
