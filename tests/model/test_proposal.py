from __future__ import annotations

from relupc.model.proposal import ProposedAppup, ProposedEntry, Suggestion
from relupc.model.term import tup


def test_guesses_of_both_ways_are_to_be_looked_at() -> None:
    sure, likely = Suggestion(tup("add_module", "shop_tax"), ""), Suggestion(tup("update", "shop_stock"), "", "likely")
    up, down = (Suggestion(tup("load_module", name), "", "guess") for name in ("shop_cart", "shop_pay"))
    entries = ProposedEntry("1.3.0", (sure, up), (likely, down)), ProposedEntry("1.2.0", (sure,), (up,))
    assert ProposedAppup("shop", "1.4.0", entries).guesses == (up, down, up)
