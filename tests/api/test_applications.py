from __future__ import annotations

from pathlib import Path

import pytest

from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.outcome import Linted, Options
from tests.shop import app

APPUP = '{"2", [{"1", [{load_module, cart}]}], [{"1", [{load_module, cart}]}]}.\n'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lay_down(appup: str | None = APPUP, new: str = "cart", old: str = "cart") -> None:
    for vsn, modules in (("2", new), ("1", old)):
        Path(f"shop-{vsn}/ebin").mkdir(parents=True)
        Path(f"shop-{vsn}/ebin/shop.app").write_text(app("shop", vsn, modules))
    if appup is not None:
        Path("shop-2/ebin/shop.appup").write_text(appup)


def linted(*old: str, new: str = "shop-2", options: Options | None = None) -> Linted:
    return examine([new], old, options or Options(), Config())


def codes(found: Linted) -> list[str]:
    return [d.code.code for d in found.diagnostics]


def test_alone() -> None:
    lay_down()
    found = linted()
    assert (codes(found), found.files, found.headline) == ([], ("shop-2/ebin/shop.appup",), "")
    assert {"builds", "release"} <= set(found.skipped)
    assert "app" not in found.skipped


def test_alone_with_the_sources_of_its_appup() -> None:
    lay_down(None)
    Path("shop-2/src").mkdir()
    Path("shop-2/src/shop.appup.src").write_text("{oops")
    assert codes(linted()) == ["T001"]


def test_two_versions() -> None:
    lay_down()
    found = linted("shop-1")
    assert codes(found) == []
    assert found.headline == "shop 1 -> 2   (shop-1 -> shop-2, OTP 25)"
    assert {"shop-1/ebin/shop.app", "shop-2/ebin/shop.app", "shop-2/ebin/shop.appup"} == set(found.files)
    assert {"builds", "app"}.isdisjoint(found.skipped)
    assert "release" in found.skipped


def test_what_the_versions_tell() -> None:
    lay_down(new="cart, tax", old="cart, old")
    assert sorted(codes(linted("shop-1"))) == ["A302", "A302", "A303", "A303"]


def test_what_keeps_an_upgrade_from_being_chosen() -> None:
    lay_down('{"2", [], []}.')
    assert {"A003", "A004"} <= set(codes(linted("shop-1")))
    Path("shop-2/ebin/shop.appup").unlink()
    assert codes(linted("shop-1")) == ["R002"]


def test_other_applications_of_the_release_are_not_asked_for() -> None:
    """What is not in this application may be in another one: only the whole release can tell."""
    script = "{load_module, cart, [till]}, {restart_application, till}, {add_application, web}, {update, till_db}"
    lay_down(f'{{"2", [{{"1", [{script}]}}], [{{"1", [{script}]}}]}}.')
    assert not [d for d in linted("shop-1").diagnostics if d.severity == "error"]


def test_an_appup_that_lies_elsewhere() -> None:
    lay_down(None)
    Path("relups").mkdir()
    Path("relups/shop-2.appup").write_text('{"2", [{"1", [oops]}], [{"1", []}]}.')
    assert "A101" in codes(linted("shop-1", options=Options(appups="relups")))


def test_what_cannot_be_compared() -> None:
    lay_down()
    Path("till/ebin").mkdir(parents=True)
    Path("till/ebin/till.app").write_text(app("till", "1"))
    assert codes(linted("till")) == ["T008"]
    assert codes(linted("nowhere")) == ["T003"]
    assert codes(linted("nowhere", "shop-1")) == ["T003"]
    Path("shop-2/ebin/shop.app").write_text("{")
    assert codes(linted("shop-1")) == ["T001"]


def test_a_version_at_the_head_that_differs_is_an_error_said_once() -> None:
    lay_down(APPUP.replace('{"2"', '{"3"'))
    (only,) = linted("shop-1").diagnostics
    assert (only.code.code, only.severity) == ("A002", "error")
