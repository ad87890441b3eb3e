from __future__ import annotations

import os
from pathlib import Path

import pytest

from relupc.model.term import Atom
from relupc.read.own_app import own_app


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(file: str, text: str) -> None:
    os.makedirs(os.path.dirname(file), exist_ok=True)
    Path(file).write_text(text)


def test_a_built_application() -> None:
    written("ebin/shop.app", '{application, shop, [{vsn, "1.4.0"}, {modules, [cart, price]}]}.')
    own = own_app("ebin/shop.appup", "shop", 25)
    assert own
    assert (own.name, own.vsn, own.modules) == ("shop", "1.4.0", (Atom("cart"), Atom("price")))
    assert own.vsn_span
    assert own.vsn_span.text == '"1.4.0"'


def test_a_source_leaves_much_to_the_build() -> None:
    for vsn in ("git", '"git"', '"{{vsn1}}"', '"%VSN%"', "{git, short}", '{file, "VERSION"}', "[]"):
        written("src/shop.app.src", f"{{application, shop, [{{vsn, {vsn}}}, {{modules, []}}]}}.")
        own = own_app("src/shop.appup.src", "shop", 25)
        assert own
        assert (own.vsn, own.modules) == (None, None)
    written("src/shop.app.src", '{application, shop, [{vsn, "1.4.0"}]}.')
    own = own_app("src/shop.appup.src", "shop", 25)
    assert own
    assert (own.vsn, own.modules) == ("1.4.0", None)


def test_a_built_application_without_modules() -> None:
    written("ebin/shop.app", '{application, shop, [{vsn, "1"}, {modules, []}]}.')
    own = own_app("ebin/shop.appup", "shop", 25)
    assert own
    assert own.modules == ()


def test_the_built_one_counts_first_and_the_first_key() -> None:
    written("ebin/shop.app", '{application, shop, [{vsn, "1"}, {vsn, "2"}, odd]}.')
    written("ebin/shop.app.src", '{application, shop, [{vsn, "3"}]}.')
    own = own_app("ebin/shop.appup", "shop", 25)
    assert own
    assert own.vsn == "1"


@pytest.mark.parametrize("text", ["", "{application, shop}.", "nonsense", "[1, 2", "{application, shop, []} x"])
def test_what_cannot_be_read_says_nothing(text: str) -> None:
    written("ebin/shop.app", text)
    assert own_app("ebin/shop.appup", "shop", 25) is None
    assert own_app("ebin/other.appup", "other", 25) is None
