"""Every format by its name, and the same bytes each time."""

from __future__ import annotations

import pytest

from relupc.cli.parser import PLAN_FORMATS
from relupc.config.keys import PLAN_FORMATS as KNOWN
from relupc.model.timeline import Planned
from relupc.report import Style
from relupc.report.plan_formats import FOR_READERS, drawn
from tests.timelines import demo, entry, nasty

DRAWN = [name for name in PLAN_FORMATS if name not in ("term", "json")]


def test_there_are_as_many_as_the_configuration_knows() -> None:
    assert PLAN_FORMATS == KNOWN
    assert set(FOR_READERS) <= set(DRAWN)


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("planned", [demo(), nasty(), Planned((entry(""),))], ids=["demo", "nasty", "empty"])
@pytest.mark.parametrize("verbose", [True, False])
def test_each_draws_all(name: str, planned: Planned, verbose: bool) -> None:
    text = drawn(name, planned, Style(), verbose=verbose)
    assert text.endswith("\n")
    assert text == drawn(name, planned, Style(), verbose=verbose)
    assert not any(char in text for char in "\x00\x1b\u202e")
