from __future__ import annotations

from dataclasses import replace

from relupc.model.build import Release
from relupc.model.codes import R011
from relupc.model.environment import differing, environment, of_config, of_list
from relupc.model.lint import ReleaseFolder
from relupc.model.source import Source
from relupc.model.term import Term
from relupc.read.file import Unreadable
from relupc.read.text import read_first
from tests.builds import app


def term(text: str) -> Term:
    found = read_first(Source("sys.config", text + "."), 25)
    assert not isinstance(found, Unreadable)
    return found


def folder(config: str | None) -> ReleaseFolder:
    return ReleaseFolder(Release("shop", "1", "", "shop.rel", ()), term(config) if config else None)


def test_what_a_config_says() -> None:
    found = of_config(
        folder('[{shop, [{port, 1}, {"odd", 2}]}, "other.config", {till, []}, {shop, [{rate, 3}]}]'), "shop"
    )
    assert {key: value for key, (_, value) in found.items()} == {"port": term("1"), "rate": term("3")}
    for config in (None, "[]", "{odd}", "[{shop, odd}]"):
        assert of_config(folder(config), "shop") == {}
    broken = replace(folder(None), sys_config=R011.at(None, "broken"))
    assert of_config(broken, "shop") == {}


def test_a_config_stands_before_the_application() -> None:
    shop = replace(app("shop", "1"), env=term("[{port, 80}, {rate, 1}]"))
    found = environment(folder("[{shop, [{port, 8080}]}]"), shop)
    assert {key: value for key, (_, value) in found.items()} == {"port": term("8080"), "rate": term("1")}


def test_what_differs() -> None:
    old, new = of_list(term("[{a, 1}, {b, 2}, {c, [3]}]")), of_list(term("[{c, [3]}, {b, 1}, {d, 1}]"))
    assert differing(old, new) == ["a", "b", "d"]
    assert differing(old, old) == []
