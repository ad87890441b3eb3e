"""The tables of what changed between two builds."""

from __future__ import annotations

from relupc.model.comparison import AppRows, Comparison, Row
from relupc.model.program import Change, Diff
from relupc.report.changes import changes_text, summary

CART = Change("shop_cart", "changed", ("gen_server", "#state{} 3 -> 4 fields (+ currency)"), None, None)
UTIL = Change("shop_util", "same", ("only debug info differs",), None, None)
TAX = Change("Elixir.Shop.Tax", "added", (), None, None)
SHOP = Diff("shop", "1.3.0", "1.4.0", (CART, UTIL, TAX))


def lines(*apps: AppRows, appups: bool = True, width: int = 120) -> list[str]:
    text = changes_text([Comparison("shop 1.3.0 -> 1.4.0", apps, appups)], width=width, verbose=False)
    return [line.rstrip() for line in text.splitlines()]


def test_what_an_appup_says_of_it() -> None:
    rows = Row(CART, "update", ("A401",)), Row(UTIL, "load_module"), Row(TAX), Row(TAX, None, ("A302", "(A303)"))
    assert lines(AppRows(SHOP, rows)) == [
        "shop: 1 changed, 1 added, 1 same",
        "module     change    what changed                                     shop.appup says",
        "---------  --------  -----------------------------------------------  -----------------  -----------",
        "shop_cart  changed   gen_server; #state{} 3 -> 4 fields (+ currency)  update             A401",
        "shop_util  same      only debug info differs                          load_module        ok",
        "Shop.Tax   added                                                      -                  -",
        "Shop.Tax   added                                                      -                  A302 (A303)",
    ]


def test_without_appups() -> None:
    found = lines(AppRows(SHOP, (Row(TAX),)), AppRows(Diff("my-app", "1", "1", ()), ()), appups=False)
    assert found[0] == "shop 1.3.0 -> 1.4.0: 1 changed, 1 added, 1 same"
    assert found[1].split() == ["module", "change", "what", "changed"]
    assert found[-2:] == ["", "'my-app' 1: no modules"]


def test_applications_that_come_and_go() -> None:
    new, old = Diff("audit", None, "1.0", (TAX,)), Diff("till", "2.0", None, (TAX, TAX))
    said = ["audit 1.0: new application, 1 module", "", "till 2.0: removed application, 2 modules"]
    assert lines(AppRows(new, ()), AppRows(old, ())) == said


def test_several_comparisons_have_titles() -> None:
    apps = (AppRows(SHOP, ()),)
    compared = [Comparison("one", apps), Comparison("nothing", ()), Comparison("two\x1b", apps)]
    text = changes_text(compared, width=80, verbose=False)
    assert text.split("\n\n") == [
        "one",
        "shop: 1 changed, 1 added, 1 same",
        "two\\x{1B}",
        "shop: 1 changed, 1 added, 1 same",
    ]
    assert changes_text([], width=80, verbose=False) == ""


def test_narrow_and_verbose_tables() -> None:
    app = AppRows(SHOP, (Row(CART, "update", ("A401",)),))
    assert max(map(len, lines(app, width=60))) <= 60
    whole = changes_text([Comparison("", (app,))], width=60, verbose=True)
    assert "(+ currency)" in whole


def test_how_many_changed() -> None:
    same = Diff("kernel", "1", "1", (UTIL,))
    assert summary([SHOP]) == "1 application changed"
    assert summary([SHOP, SHOP, same]) == "2 applications changed, 1 is the same"
    assert summary([SHOP, same, same]) == "1 application changed, 2 are the same"
    assert summary([same, same]) == "nothing changed, 2 applications are the same"
    assert summary([same]) == "nothing changed, 1 application is the same"
    assert summary([]) == "nothing changed"
