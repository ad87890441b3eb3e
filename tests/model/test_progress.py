from __future__ import annotations

from relupc.model.progress import Progress

Step = tuple[str, int, int, str]


def test_without_anybody_to_tell_the_things_are_handed_back() -> None:
    things = [1, 2, 3]
    assert Progress().each(things, "reading", "files") is things


def test_each_step_is_told_before_it_is_done() -> None:
    told: list[Step] = []
    steps = iter(Progress(lambda *step: told.append(step)).each("abc", "reading", "files"))
    assert told == []
    assert next(steps) == "a"
    assert told == [("reading", 1, 3, "files")]
    assert list(steps) == ["b", "c"]
    assert told[-1] == ("reading", 3, 3, "files")


def test_one_thing_is_no_progress() -> None:
    told: list[Step] = []
    assert list(Progress(lambda *step: told.append(step)).each("a", "reading", "files")) == ["a"]
    assert told == []
