"""Which entries of two files follow each other."""

from __future__ import annotations

from relupc.hops.entries import hops
from relupc.model.diagnostic import Problems
from tests.hops.scripts import entries, said


def met(first: str, second: str) -> tuple[list[tuple[str, tuple[str, str, str]]], list[tuple[str, str]]]:
    one, two = entries(first, "2.appup"), entries(second, "3.appup")
    problems = Problems()
    found = hops(one[1], two[1], (one[0], two[0]), problems)
    return [(hop.direction, hop.versions) for hop in found], said(problems)


FIRST = '{"2", [{"1", []}, {<<"0\\\\..*">>, []}], [{"1", []}]}.'


def test_each_older_version() -> None:
    found, problems = met(FIRST, '{"3", [{"2", []}], [{"2", []}]}.')
    assert found == [
        ("up", ("1", "2", "3")),
        ("up", ('<<"0\\\\..*">>', "2", "3")),
        ("down", ("3", "2", "1")),
    ]
    assert not problems


def test_patterns_that_meet_and_that_do_not() -> None:
    assert len(met(FIRST, '{"3", [{<<"[0-9]">>, []}], [{<<"2.*">>, []}]}.')[0]) == 3
    assert met(FIRST, '{"3", [{<<"1.*">>, []}, {<<"(?=2)2">>, []}], []}.') == (
        [],
        [("A801", "error"), ("A801", "warning")],
    )


def test_a_pattern_that_cannot_be_read_hides_what_follows() -> None:
    later = '{"3", [{<<"(?=2)2">>, []}, {"2", []}], []}.'
    assert met(FIRST, later) == ([], [("A801", "error"), ("A801", "warning")])


def test_files_in_the_wrong_order() -> None:
    assert met('{"3", [{"2", []}], []}.', '{"2", [{"1", []}], []}.') == ([], [("A801", "error")])


def test_no_way_down() -> None:
    assert met('{"2", [{"1", []}], []}.', '{"3", [{"2", []}], []}.') == ([("up", ("1", "2", "3"))], [])
    found, problems = met(FIRST, '{"3", [{"2", []}], []}.')
    assert [way for way, _ in found] == ["up", "up"]
    assert problems == [("A801", "warning")]
    found, problems = met('{"2", [{"1", []}], []}.', '{"3", [{"2", []}], [{"2", []}]}.')
    assert [way for way, _ in found] == ["up"]
    assert problems == [("A801", "warning")]


def test_a_version_that_is_no_string() -> None:
    assert met("{vsn, [], []}.", '{"3", [{"2", []}], []}.') == ([], [("A801", "error")])
