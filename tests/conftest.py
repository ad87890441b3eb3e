"""Shared by all tests: `--refresh` rewrites the expected files."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import settings

# Machines differ in speed: a slow example is no failure. The same examples every time in CI.
settings.register_profile("relupc", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("relupc")

# No test gets an answer that another one, or its user, has kept: tests/cli/test_again.py has folders of its own.
os.environ["XDG_CACHE_HOME"] = os.devnull


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="rewrite the expected files of the fixtures")


@pytest.fixture(scope="session")
def refresh(pytestconfig: pytest.Config) -> bool:
    """Whether expected files are to be rewritten instead of compared."""
    return bool(pytestconfig.getoption("--refresh"))


@pytest.fixture(scope="session")
def erl() -> str:
    """The `escript` of a real OTP. Its absence is a failure in CI and a skip elsewhere."""
    found = shutil.which("escript")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Erlang: apt-get install erlang-nox erlang-dev")
        pytest.skip("no escript on PATH: the comparison with a real OTP is skipped")
    return found


@pytest.fixture(scope="session")
def elixirc(erl: str) -> str:
    """The compiler of a real Elixir, likewise."""
    found = shutil.which("elixirc")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Elixir: apt-get install elixir")
        pytest.skip("no elixirc on PATH: the comparison with a real Elixir is skipped")
    return found
