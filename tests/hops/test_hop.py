"""What two steps are called."""

from __future__ import annotations

from relupc.hops.hop import spanning
from relupc.model.term import Atom
from tests.hops.scripts import hop


def test_versions_in_the_order_of_the_way() -> None:
    assert hop("", "").versions == ("1", "2", "3")
    assert hop("", "", "down").versions == ("3", "2", "1")
    assert hop("", "", "down").subject("m").old == "3"


def test_whose_code_change_runs() -> None:
    up, down = (spanning(Atom("m"), twice=False, hop=hop("", "", way)) for way in ("up", "down"))
    assert up.label == "code_change of `m` 3 is called for both steps: from 1 to 3"
    assert down.label == "code_change of `m` 3 is called for both steps: from 3 to 1"
