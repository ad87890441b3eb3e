"""Events become rows of a picture."""

from __future__ import annotations

from relupc.model.plan import Script, Step
from relupc.model.timeline import Suspension
from relupc.view.rows import verbs_of
from tests.timelines import entry, read, way


def test_rows_of_the_demo() -> None:
    rows = way().rows
    assert [(row.app, row.label) for row in rows[:3]] == [
        ("audit", "(audit start)"),
        ("audit", "audit"),
        ("audit", "audit_log"),
    ]
    assert list(dict.fromkeys(row.app for row in rows)) == ["audit", "store", "shop"]
    [cart] = [row for row in rows if row.module == "shop_cart"]
    assert cart.still == ((9, 15),)
    assert cart.marks == ((3, "read"), (9, "suspend"), (13, "load"), (14, "code_change"), (15, "resume"))


def test_each_thing_done_has_a_row() -> None:
    script = (
        "point_of_no_return, {apply, {m, f, []}}, {stop, [a]}, {start, [a]}, {sync_nodes, x, [n]}, restart_emulator"
    )
    rows = entry(script).rows
    assert [row.label for row in rows] == ["(m:f)", "(sync_nodes)", "(restart_emulator)", "a"]
    assert rows[3].marks == ((3, "suspend"), (4, "resume"))


def test_suspensions() -> None:
    script = "point_of_no_return, {suspend, [a, b]}, {suspend, [a]}, {resume, [a]}, {suspend, [a]}, {resume, [a]}"
    assert entry(script).suspensions == (Suspension("a", 2, 4), Suspension("b", 2, 6), Suspension("a", 5, 6))
    assert entry("{resume, [a]}, point_of_no_return").suspensions == ()


def test_names_of_elixir() -> None:
    [row] = entry("point_of_no_return, {purge, ['Elixir.Shop.Cart']}").rows
    assert (row.label, row.module) == ("Shop.Cart", "Elixir.Shop.Cart")


def test_what_is_of_no_known_application_comes_last() -> None:
    script = '{load_object_code, {shop, "2", [cart]}}, point_of_no_return, {purge, [gone]}, {load, {cart, a, b}}'
    assert [row.module for row in entry(script).rows] == ["cart", "gone"]


def test_a_module_of_no_application_is_not_put_into_that_of_its_neighbour() -> None:
    script = (
        '{load_object_code, {shop, "2", [cart]}}, point_of_no_return, {suspend, [cart, far]}, {resume, [cart, far]}'
    )
    assert [(row.app, row.module) for row in entry(script).rows] == [("shop", "cart"), ("", "far")]


def test_what_the_appups_ask_for() -> None:
    verbs = {row.module: row.verb for row in way().rows if row.module}
    assert verbs == {
        "audit": "",
        "audit_log": "",
        "store_lru": "load",
        "store_db": "update, soft",
        "shop_tax": "add",
        "shop_price": "load",
        "shop_cart": "update, advanced",
        "shop_sup": "update supervisor",
        "shop_legacy": "delete",
    }
    twice = (Step(read("{add_module, a, []}"), ()), Step(read("{load_module, a, soft_purge, soft_purge, []}"), ()))
    assert verbs_of([Script("shop", "appup", twice)]) == {}
