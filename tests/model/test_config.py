from __future__ import annotations

from relupc.model.codes import TABLE
from relupc.model.config import Config
from relupc.model.selection import selected


def test_the_default_is_every_code() -> None:
    config = Config()
    assert selected(config.select, config.ignore) == frozenset(TABLE)
    assert config.fail_on == "warning"
