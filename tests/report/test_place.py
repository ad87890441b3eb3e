from __future__ import annotations

import pytest

from relupc.report import Report
from relupc.report.place import from_root


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("a.appup", "back end/a.appup"),
        ("./x/../a.appup", "back end/a.appup"),
        ("../a.appup", "a.appup"),
        ("/repo/back end/a.appup", "back end/a.appup"),
        ("../../a.appup", "/a.appup"),
        ("/repository/a.appup", "/repository/a.appup"),
        ("-", "back end/-"),
    ],
)
def test_relative_to_the_repository(path: str, there: str) -> None:
    assert from_root(Report("lint", (), (), root="/repo", folder="/repo/back end"), path) == there


def test_at_the_top_of_the_disk() -> None:
    assert from_root(Report("lint", (), (), root="/", folder="/"), "a/b") == "a/b"


def test_where_the_root_is_unknown() -> None:
    assert from_root(Report("lint", (), ()), "../a//b") == "../a//b"
