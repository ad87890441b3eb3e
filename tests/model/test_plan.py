from __future__ import annotations

from relupc.model.diagnostic import Subject
from relupc.model.plan import Draft
from relupc.model.term import List
from tests.builds import sorted_release

TOP, BASE = sorted_release("2.0", "13", List(())), sorted_release("1.0", "13", List(()))


def test_before_and_after_the_way() -> None:
    up, down = Draft("up", TOP, BASE, {}), Draft("down", TOP, BASE, {})
    assert (up.pre, up.post) == (BASE, TOP)
    assert (down.pre, down.post) == (TOP, BASE)


def test_subject() -> None:
    assert Draft("up", TOP, BASE, {}).subject("a", "m") == Subject("a", "m", None, "up", "1.0", "2.0")
    assert Draft("down", TOP, BASE, {}).subject() == Subject(None, None, None, "down", "2.0", "1.0")
