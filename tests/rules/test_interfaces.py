"""Rules on what modules call and export in two builds, where a fixture of fixtures/codes shows too little.

Modules are made of their texts; the application is `shop` in the versions 1 and 2.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from relupc import rules
from relupc.analyse.windows import windows_of
from relupc.api.appups import add_appup
from relupc.api.found import Found
from relupc.compare import diff_app
from relupc.model.build import Release
from relupc.model.code import Module
from relupc.model.codes import TABLE
from relupc.model.diagnostic import Direction, Problems
from relupc.model.lint import EntryPlan, OwnApp, ReleaseFolder, Upgrade
from relupc.model.plan import Draft, named_in
from relupc.model.program import Change, Diff, EntryCode, Program, UpgradeCode
from relupc.model.term import List
from relupc.plan import scripts
from relupc.read.appup import appup_from
from relupc.read.file import Unreadable
from relupc.read.text import read_text
from tests.builds import app, release
from tests.modules import module

CART, PRICE = "total(X) -> shop_price:gross(X).\n", "gross(X) -> X.\n"
TAXED = "total(X) -> shop_price:with_tax(X).\n"
Texts = dict[str, str]


def build(texts: Texts) -> Program:
    """Modules `shop_NAME`, or those of another application, `APP/NAME`."""
    made: dict[str, Module] = {}
    for name, text in texts.items():
        home, _, own = name.rpartition("/")
        full = f"{home or 'shop'}_{own}"
        made[full] = module(text, full, home or "shop", md5=text.encode())
    return Program(made, {m.app: "1" for m in made.values()} | {"shop": "1"}, 25)


def changes(old: Program, new: Program) -> dict[str, Diff]:
    apps = sorted(old.apps.keys() | new.apps.keys())
    versions = {"shop": ("1", "2")}
    return {
        a: diff_app(a, versions.get(a, (old.apps.get(a), new.apps.get(a))), old.of_app(a), new.of_app(a)) for a in apps
    }


def upgrade_code(way: Direction, old: Program, new: Program, script: str) -> UpgradeCode:
    """One way between two builds; `script` is that of the way."""
    text = '{{"2", [{{"1", {}}}], [{{"1", {}}}]}}'.format(*(script if way == d else "[]" for d in ("up", "down")))
    term = read_text(text, "shop.appup", 25)
    assert not isinstance(term, Unreadable)
    appup = appup_from(term, "shop", "shop.appup", Problems())
    assert appup
    top, base = (_release(program, vsn) for program, vsn in ((new, "2"), (old, "1")))
    draft = Draft(way, top, base, {("shop", "2"): appup})
    known = scripts(draft, Problems())
    upgrade = Upgrade(way, top, base, draft.appups, known, named_in(known), None, ReleaseFolder(top))
    found, own = Found(), OwnApp("shop", "2", None, "shop.app")
    add_appup(appup, own, 25, found)
    [plan] = [v for v in found.values if isinstance(v, EntryPlan) and v.direction == way]
    entry = EntryCode(plan, own, new, old)
    pre, post = (old, new) if way == "up" else (new, old)
    windows = windows_of(plan.plan or (), pre, post)
    return UpgradeCode(upgrade, old, new, changes(old, new), {"shop": entry}, windows)


def _release(program: Program, vsn: str) -> Release:
    apps = tuple(app(name, vsn if name == "shop" else "1") for name in program.apps)
    return replace(release(vsn, "13.1", List(())), apps=apps, sorted=apps)


def said(code: str, old: Texts, new: Texts, script: str = "[]", way: Direction = "up") -> list[str]:
    """What the rules of a code say of a way: severity, label, help."""
    assert code in TABLE
    value = upgrade_code(way, build(old), build(new), script)
    found = list(rules.run([value, *value.entries.values()], {code}, {}))
    return [f"{d.severity}: {d.label}; {d.help}" for d in found]


# A201: the copy of a module that runs when a call is made.
MOVE = "move the call behind the instruction for `shop_cart`"
LOAD, CALL = "{load_module, shop_cart}", "{apply, {shop_cart, total, [1]}}"


@pytest.mark.parametrize(
    ("script", "label", "advice"),
    [
        (f"[{CALL}, {LOAD}]", "`shop_cart` has no `total/1` yet when this call is made", MOVE),
        (f"[{LOAD}, {CALL}]", None, None),
        (f"[{LOAD}, {{apply, {{shop_cart, total, [1, 2]}}}}]",
         "`shop_cart` has no `total/2` when this call is made", "correct it, or export the function"),
        (f"[{{apply, {{shop_cart, sum, [1]}}}}, {LOAD}]", None, None),
        (f"[{LOAD}, {{apply, {{shop_cart, sum, [1]}}}}]", "`shop_cart` has no `sum/1` any more when this call is made",
         "move the call in front of the instruction for `shop_cart`"),
        ("[{apply, {lists, maximum, [[1]]}}]", None, None),  # the build has no such module at all: nobody knows
        ("[{apply, {erlang, nonsense, []}}]", None, None),
        (f"[restart_new_emulator, {LOAD}, {CALL}]", None, None),
    ],
)  # fmt: skip
def test_a_call_of_what_is_not_there(script: str, label: str | None, advice: str | None) -> None:
    old, new = {"cart": "sum(X) -> X.\n"}, {"cart": CART, "price": PRICE}
    assert said("A201", old, new, script) == ([f"error: {label}; {advice}"] if label else [])


def test_a_call_of_what_is_not_there_on_the_way_down() -> None:
    old, new = {"cart": "sum(X) -> X.\n"}, {"cart": CART, "price": PRICE}
    label = "`shop_cart` has no `total/1` any more when this call is made"
    assert said("A201", old, new, f"[{LOAD}, {CALL}]", "down")[0].startswith(f"error: {label}")
    assert said("A201", old, new, f"[{CALL}, {LOAD}]", "down") == []


def test_a_deleted_module_that_is_called() -> None:
    old, new, delete = {"cart": CART, "price": PRICE}, {"cart": CART}, "[{delete_module, shop_price}]"
    label = "`shop_price` is deleted, but `shop_cart:total/1` calls `shop_price:gross/1`"
    [found] = said("A304", old, new, delete)
    assert found == f"error: {label}; keep `shop_price` in this version, or take the call out"
    assert said("A304", old, {"cart": "total(X) -> X.\n"}, delete) == []
    assert said("D101", old, new, delete) == [], "A304 says it"
    assert len(said("D101", old, new)) == 1


def test_a_caller_in_another_application() -> None:
    old, new = {"price": PRICE, "web/page": CART}, {"price": "with_tax(X) -> X.\n", "web/page": CART}
    label = "this calls `shop_price:gross/1`, which shop 1 no longer has"
    assert said("D101", old, new) == [f"error: {label}; keep `gross/1` for one more version, or change the call"]
    assert said("D101", old, new, way="down") == []
    asks = {"web/page": "total(X) -> code:ensure_loaded(shop_price), shop_price:gross(X).\n"}
    assert said("D101", old, new | asks) == []


def test_a_function_lost_by_a_module_whose_application_is_gone() -> None:
    old, new = build({"tax/rate": PRICE, "cart": CART}), build({"cart": "total(X) -> tax_rate:gross(X).\n"})
    moved = module("net(X) -> X.\n", "tax_rate", "shop", md5=b"net")
    value = upgrade_code("up", old, replace(new, modules={**new.modules, "tax_rate": moved}), "[]")
    [found] = rules.run([value], {"D101"}, {})
    assert found.label == "this calls `tax_rate:gross/1`, which node 2 no longer has"


def test_a_call_whose_failure_may_be_minded() -> None:
    value = upgrade_code("up", build({"price": PRICE}), build({"price": "f() -> 1.\n", "cart": CART}), "[]")
    cart = value.new.modules["shop_cart"]
    careful = {fa: replace(function, catches=True) for fa, function in cart.functions.items()}
    modules = {**value.new.modules, "shop_cart": replace(cart, functions=careful)}
    [found] = rules.run([replace(value, new=replace(value.new, modules=modules))], {"D101"}, {})
    assert found.severity == "note"


ADD = "add `shop_price` to the list"


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (f"[{LOAD}, {{load_module, shop_price}}]",
         ["warning: nothing here waits for `shop_price`; write `{load_module, shop_cart, [shop_price]}`"]),
        ("[{load_module, shop_cart, []}, {load_module, shop_price}]",
         [f"warning: `shop_price` is missing here; {ADD}"]),
        ("[{update, shop_cart, {advanced, []}}, {load_module, shop_price}]",
         ["warning: nothing here waits for `shop_price`; write `{update, shop_cart, {advanced, []}, [shop_price]}`"]),
        ("[{update, shop_cart, supervisor}, {load_module, shop_price}]",
         ["warning: nothing here waits for `shop_price`; write the instruction for `shop_price` before this one"]),
        (f"[{{load_module, shop_price}}, {LOAD}]", []),
        ("[{load_module, shop_cart, [shop_price]}, {load_module, shop_price}]", []),
        ("[{update, shop_cart, {advanced, []}, [shop_price]}, {load_module, shop_price}]", []),
        ("[{restart_application, shop}]", []),
    ],
)  # fmt: skip
def test_what_dep_mods_are_missing(script: str, found: list[str]) -> None:
    old = {"cart": CART, "price": PRICE}
    assert said("A401", old, {"cart": TAXED, "price": PRICE + "with_tax(X) -> X.\n"}, script) == found


def test_where_no_dep_mods_help() -> None:
    old, new = {"cart": CART, "price": PRICE}, {"cart": TAXED, "price": "with_tax(X) -> X.\n"}
    [found] = said("A401", old, new, f"[{{load_module, shop_price}}, {LOAD}]")
    assert found.endswith("keep `gross/1` in `shop_price` for one more version: no order is right for both sides")
    suspended = "[{load_module, shop_price}, {update, shop_cart, {advanced, []}}]"
    assert said("A401", old, new, suspended)[0].endswith("write `{update, shop_cart, {advanced, []}, [shop_price]}`")


def test_a_caller_on_the_way_down_of_what_only_the_old_build_has() -> None:
    old, new, script = (
        {"cart": CART, "price": PRICE},
        {"cart": "total(X) -> X.\n"},
        f"[{LOAD}, {{add_module, shop_price}}]",
    )
    help_ = "write `{add_module, shop_price, [shop_cart]}`"
    assert said("A401", old, new, script, "down") == [f"warning: nothing here waits for `shop_cart`; {help_}"]
    assert said("A405", old, new, script, "down") == []


def test_modules_with_the_version_that_stays() -> None:
    value = upgrade_code("up", build({"cart": CART}), build({"cart": TAXED}), "[]")
    diff = replace(value.diffs["shop"], new="1")
    [found] = rules.run([replace(value, diffs={"shop": diff})], {"R001"}, {})
    assert (found.severity, found.label) == ("error", "shop is 1 in both, but `shop_cart` differs")
    lines: tuple[Change, ...] = tuple(change._replace(only_lines=True) for change in diff.changes)
    [found] = rules.run([replace(value, diffs={"shop": replace(diff, changes=lines)})], {"R001"}, {})
    assert found.severity == "note"
    assert not list(rules.run([value], {"R001"}, {}))


def test_unchanged_modules_that_are_there_for_a_reason() -> None:
    old, new = {"cart": CART, "price": PRICE}, {"cart": CART, "price": PRICE}
    assert len(said("A305", old, new, f"[{LOAD}, {{update, shop_price}}]")) == 2
    assert said("A305", old, new, "[{update, shop_cart, {advanced, []}}, {add_module, shop_price}]") == []
    assert said("A305", old, new, "[{update, shop_cart, soft, [shop_price]}, {restart_application, shop}]") == []


@pytest.mark.parametrize(
    ("script", "count"),
    [
        ("[]", 1),
        (LOAD.join("[]"), 0),
        ("[{update, shop_cart}]", 0),
        ("[{add_module, shop_cart}]", 0),
        ("[{restart_application, shop}]", 0),
        ("[restart_emulator]", 0),
        ("[{apply, {shop_release, reload, [shop_cart]}}]", 0),
        ("[{load_module, shop_price, [shop_cart]}]", 1),
    ],
)
def test_what_counts_as_loaded(script: str, count: int) -> None:
    assert len(said("A301", {"cart": CART, "price": PRICE}, {"cart": TAXED, "price": PRICE}, script)) == count
