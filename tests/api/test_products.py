from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from relupc.api.applications import application_values
from relupc.api.found import Found
from relupc.api.programs import Beams, add_code
from relupc.api.releases import release_values
from relupc.model.outcome import Options
from relupc.model.product import Products
from relupc.read.find import search_for
from relupc.read.release import Library, read_release
from relupc.read.targets import Target

CODES = Path(__file__).parent.parent.parent / "fixtures" / "codes"


def found(case: str, rel: str, where: Path, monkeypatch: pytest.MonkeyPatch, libraries: Sequence[str] = ()) -> Products:
    """The products of a release of fixtures/codes, in a copy in which it may be changed."""
    monkeypatch.chdir(where)
    values = Found()
    library = Library(search_for([], [rel], False, str(where)), None)
    release = read_release(rel, rel, library, values.problems)
    assert release, values.problems.found
    add_code(release, 25, (), Beams(values, libraries=libraries))
    [one] = [value for value in values.values if isinstance(value, Products)]
    return one


@pytest.fixture
def copy(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    shutil.copytree(CODES / request.param / "bad", tmp_path / "x")
    return tmp_path / "x"


@pytest.mark.parametrize("copy", ["D602"], indirect=True)
def test_native_code(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = found("D602", "rel/shop-1.4.0.rel", copy, monkeypatch)
    assert list(made.natives) == ["shop"]
    assert list(made.natives["shop"].libraries) == ["shop_tax.so"]
    assert made.natives["shop"].upgrades == {"shop_tax": True}
    assert made.otp == 25
    assert made.is_release
    assert list(made.beams["shop"]) == ["shop_cart", "shop_tax"]
    assert made.beams["kernel"] == {}


@pytest.mark.parametrize("copy", ["D501"], indirect=True)
def test_protocols(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = found("D501", "releases/1.4.0/shop.rel", copy, monkeypatch)
    assert list(made.consolidated) == ["Elixir.Shop.Price"]
    assert made.consolidated["Elixir.Shop.Price"].md5 != made.beams["shop"]["Elixir.Shop.Price"].md5
    assert made.natives == {}


@pytest.mark.parametrize("copy", ["R023"], indirect=True)
def test_modules_that_are_elsewhere(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = found("R023", "rel/shop-1.4.0.rel", copy, monkeypatch)
    assert made.elsewhere == {"Elixir.Mix": "mix"}
    for ebin in ("lib/tax-1.0/ebin", "lib/erts-13.1/ebin"):
        os.makedirs(copy / ebin)
        for name in ("erlang", "Elixir.Mix"):
            (copy / ebin / f"{name}.beam").write_text("")
    assert "erlang" not in found("R023", "rel/shop-1.4.0.rel", copy, monkeypatch, ["lib/erts-13.1/ebin"]).elsewhere
    made = found("R023", "rel/shop-1.4.0.rel", copy, monkeypatch, ["lib/erts-13.1/ebin", "lib/tax-1.0/ebin"])
    assert made.elsewhere == {"Elixir.Mix": "mix", "erlang": "tax"}


@pytest.mark.parametrize("copy", ["D602"], indirect=True)
def test_modules_without_a_file(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / "lib/shop-1.4.0/ebin/shop_cart.beam").write_bytes(b"broken")
    assert found("D602", "rel/shop-1.4.0.rel", copy, monkeypatch).missing == {"shop": ()}
    (copy / "lib/shop-1.4.0/ebin/shop_cart.beam").unlink()
    assert [m.name for m in found("D602", "rel/shop-1.4.0.rel", copy, monkeypatch).missing["shop"]] == ["shop_cart"]


def test_an_application_alone() -> None:
    """Nothing is said of a release that is not at hand."""
    values = Found()
    application_values(Target("application", str(CODES / "D605" / "bad" / "shop")), [], Options(), values)
    [made] = [value for value in values.values if isinstance(value, Products)]
    assert (made.is_release, made.otp, made.elsewhere, made.consolidated) == (False, None, {}, {})
    assert [m.name for m in made.missing["shop"]] == ["shop_price"]


@pytest.mark.parametrize("copy", ["D602"], indirect=True)
def test_two_builds_have_the_new_ones(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    values = Found()
    new = Target("rel", "rel/shop-1.4.0.rel")
    release_values(new, ["rel/shop-1.3.0.rel"], Options(["lib/*/ebin"], isolated=True), False, values)
    assert [value.release.vsn for value in values.values if isinstance(value, Products)] == ["1.4.0"]
