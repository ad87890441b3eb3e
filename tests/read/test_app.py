from __future__ import annotations

import pytest

from relupc.model.source import Source
from relupc.read.app import faults_before_build
from relupc.read.file import Unreadable
from relupc.read.text import read_first
from tests.cases import FIXTURES, compare
from tests.read.facts import app_facts


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "read" / "app.txt", app_facts, refresh)


def labels(text: str) -> list[str]:
    term = read_first(Source("shop.app.src", text))
    assert not isinstance(term, Unreadable)
    return [fault.label for fault in faults_before_build(term, 25)]


@pytest.mark.parametrize("vsn", ["git", "semver", '"git"', '{cmd, "cat VERSION"}', '"%VSN%"', '{file, "VERSION"}'])
def test_what_a_build_fills_in(vsn: str) -> None:
    assert labels(f"{{application, shop, [{{vsn, {vsn}}}, {{applications, [kernel]}}, {{licenses, []}}]}}.") == []
    assert labels("{application, shop, [{modules, '%MODULES%'}]}.") == []


def test_what_a_build_leaves_as_it_is() -> None:
    keys = "{description, none}, {registered, shop}, {mod, shop_app}, {env, [a]}, {applications, [kernel | stdlib]}"
    assert labels(f"{{application, shop, [{keys}]}}.") == [
        "bad value of `description`",
        "bad value of `registered`",
        "bad value of `applications`",
        "bad value of `mod`",
        "bad value of `env`",
    ]
    assert labels("{application, shop, none}.") == ["this is no application"]
    assert labels("[].") == ["this is no application"]
    assert labels("{application, shop, [{vsn, git} | more]}.") != []
