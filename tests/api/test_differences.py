"""Which applications of two releases differ, and which of the others may mind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from relupc.analyse import module_of
from relupc.api.differences import diffs_of, touched
from relupc.beam import read_beam_file
from relupc.model.beam import FA, MFA, Beam
from relupc.model.build import App, Release
from relupc.model.code import Module
from tests.report.plans import app, release

EBIN = Path(__file__).parents[2] / "fixtures" / "codes" / "A301" / "bad" / "old" / "shop" / "ebin"
D606 = Path(__file__).parents[2] / "fixtures" / "codes" / "D606" / "bad"
BASE = read_beam_file(str(EBIN / "shop_price.beam"))


def beam(name: str, md5: bytes = b"1", **changes: object) -> Beam:
    """A module that exports `f/0` and calls nothing."""
    assert isinstance(BASE, Beam)
    made = replace(BASE, module=name, md5=md5, exports=frozenset({FA("f", 0)}), imports=(), atoms=(name,), chunks={})
    return replace(made, **changes)  # type: ignore[arg-type]


Builds = dict[str, tuple[Beam, ...]]


def sides(old: Builds, new: Builds, vsn: str = "1") -> tuple[Release, Release, dict[str, tuple[Beam, ...]]]:
    """Two releases of applications with these modules; those of the new one are of version `vsn`."""
    apps = [[app(name, "1") for name in old], [app(name, vsn) for name in new]]
    apps[1] = [replace(each, directory=f"new/{each.name}") for each in apps[1]]
    beams = {each.directory: old[each.name] for each in apps[0]} | {each.directory: new[each.name] for each in apps[1]}
    made = [replace(release("1", *each), apps=tuple(each)) for each in apps]
    return made[0], made[1], beams


def names(old: Builds, new: Builds, vsn: str = "1", left_out: tuple[str, ...] = ()) -> list[str]:
    base, top, beams = sides(old, new, vsn)
    return sorted(touched(base, top, left_out, lambda one: beams[one.directory]))


def test_applications_that_differ() -> None:
    one, other = (beam("cart"),), (beam("cart", b"2"),)
    assert names({"shop": one}, {"shop": one}) == []
    assert names({"shop": one}, {"shop": one}, "2") == ["shop"]
    assert names({"shop": one, "till": one}, {"shop": other, "till": one}) == ["shop"]
    assert names({"shop": one}, {"audit": one}) == ["audit", "shop"]
    assert names({"shop": one}, {"shop": other}, left_out=("shop",)) == []


@pytest.mark.parametrize(
    ("caller", "minds"),
    [
        (beam("page", imports=(MFA("cart", "f", 0),)), True),
        (beam("page", imports=(MFA("cart", "g", 0),)), False),
        (beam("page", atoms=("page", "cart", "f")), True),
        (beam("page", atoms=("page", "cart")), False),
        (beam("page", atoms=("page", "f")), False),
    ],
)
def test_applications_that_mind_a_function_that_is_gone(caller: Beam, minds: bool) -> None:
    old, new = (beam("cart"),), (beam("cart", b"2", exports=frozenset({FA("g", 0)})),)
    assert names({"shop": old, "web": (caller,)}, {"shop": new, "web": (caller,)}) == ["shop"] + ["web"] * minds


def test_applications_that_mind_a_record_with_other_fields() -> None:
    cart = [read_beam_file(str(D606 / build / "shop" / "ebin" / "shop_cart.beam")) for build in ("old", "new")]
    old, new = ((each,) for each in cart if isinstance(each, Beam))
    for user, minds in (
        (beam("stock", atoms=("stock", "item")), True),
        (beam("stock", atoms=("stock", "cart")), False),
    ):
        assert names({"shop": old, "till": (user,)}, {"shop": new, "till": (user,)}) == ["shop"] + ["till"] * minds


def test_what_changed_in_each() -> None:
    old, new = (
        {"shop": (beam("cart"),), "till": ()},
        {"web": (beam("page"),), "shop": (beam("cart", b"2"),), "till": ()},
    )
    base, top, beams = sides(old, new, "2")

    def of(one: App) -> tuple[Beam, ...]:
        return beams[one.directory]

    def side(built: Release) -> dict[str, dict[str, Module]]:
        return {one.name: {each.module: module_of(each, None, one.name) for each in of(one)} for one in built.apps}

    before, after = side(base), side(top)
    modules = (lambda name: before.get(name, {})), (lambda name: after.get(name, {}))
    found = diffs_of(base, top, modules, (), of)
    assert list(found) == ["web", "shop"]  # no module in either build of till
    assert [(diff.old, diff.new) for diff in found.values()] == [(None, "2"), ("1", "2")]
    assert [[c.kind for c in diff.changes] for diff in found.values()] == [["added"], ["changed"]]
    assert list(diffs_of(base, top, modules, ("web",), of)) == ["shop"]
