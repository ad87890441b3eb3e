from __future__ import annotations

from relupc.model.proposal import ProposedAppup, ProposedEntry, Suggestion
from relupc.model.term import List, string, tup
from relupc.propose.text import text_of
from relupc.read.text import read_text

CART = Suggestion(tup("load_module", "shop_cart"), "its code changed")
STOCK = Suggestion(tup("update", "shop_stock", tup("advanced", List(()))), "the state grows", "likely")
RESTART = Suggestion(tup("restart_application", "shop"), "nothing converts the state", "guess")
SHOP = ProposedAppup(
    "shop", "1.4.0", (ProposedEntry("1.3.0", (CART, STOCK), (RESTART,)), ProposedEntry("1.2.0", (), (CART,)))
)


def test_what_is_not_sure_has_a_comment_above_it() -> None:
    assert text_of(SHOP) == (
        '{"1.4.0",\n'
        ' [{"1.3.0",\n'
        "   [{load_module, shop_cart},\n"
        "    %% likely: the state grows\n"
        "    {update, shop_stock, {advanced, []}}]},\n"
        '  {"1.2.0", []}],\n'
        ' [{"1.3.0",\n'
        "   [%% guess: nothing converts the state\n"
        "    {restart_application, shop}]},\n"
        '  {"1.2.0",\n'
        "   [{load_module, shop_cart}]}]}.\n"
    )


def test_a_source_has_a_variable_for_its_version() -> None:
    assert text_of(SHOP, source=True) == text_of(SHOP).replace('"1.4.0"', "VSN")


def test_the_text_is_read_as_the_term() -> None:
    foreign = Suggestion(tup("load_module", "Elixir.Señal.Šop"), "")
    text = text_of(SHOP._replace(entries=(ProposedEntry("1.3.0", (foreign,), ()),)))
    assert text.startswith("%% coding: utf-8\n")
    up = List((tup(string("1.3.0"), List((foreign.instruction,))),))
    assert read_text(text, "shop.appup") == tup(string("1.4.0"), up, List((tup(string("1.3.0"), List(())),)))
