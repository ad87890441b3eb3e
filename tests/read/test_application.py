from __future__ import annotations

from pathlib import Path

import pytest

from relupc.model.diagnostic import Problems
from relupc.read.application import read_application
from relupc.read.find import search_for
from relupc.read.release import Library
from tests.shop import app


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lay_down(text: str | None, name: str = "shop.app") -> None:
    Path("shop/ebin").mkdir(parents=True)
    if text is not None:
        Path("shop/ebin", name).write_text(text)


def read(problems: Problems | None = None) -> tuple[str, list[str]]:
    found = problems or Problems()
    release = read_application("shop", Library(search_for([], [], True, None), None), 25, found)
    return f"{release.name} {release.vsn}" if release else "", [d.code.code for d in found.found]


def test_a_release_of_one_application() -> None:
    lay_down(app("shop", "1.4", "cart"))
    release = read_application("shop", Library(search_for([], [], True, None), None), 25, Problems())
    assert release
    assert [(one.name, one.vsn, one.type, one.directory) for one in release.sorted] == [
        ("shop", "1.4", "permanent", "shop/ebin")
    ]
    assert (release.name, release.vsn, release.erts, release.path) == ("shop", "1.4", "", "shop/ebin/shop.app")


def test_what_it_needs_is_not_asked_for() -> None:
    lay_down(app("shop", "1.4").replace("{applications, []}", "{applications, [kernel, elsewhere]}"))
    assert read() == ("shop 1.4", [])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (None, ["T003"]),
        ("{", ["T001"]),
        ("[].", ["R105"]),
        ("{application, shop, []}.", ["R105"] * 5),
        (app("stop", "1"), ["R106"]),
    ],
)
def test_what_is_no_application(text: str | None, codes: list[str]) -> None:
    lay_down(text)
    assert read() == ("", codes)
