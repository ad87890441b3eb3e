from __future__ import annotations

from random import Random

from relupc.model.layout import flat
from relupc.model.source import Source
from relupc.model.term import Atom, List, Term, Tuple, Unknown, string, tup
from relupc.model.typed import typed
from relupc.read.file import Unreadable
from relupc.read.text import read_first
from tests.model.terms import random_term

ENTRY = "{\"1.2.0\", [{update, shop_cart, {advanced, []}, [shop_price, 'Elixir.Shop']}, {apply, {m, f, [1, 65]}}]}"


def read(text: str) -> Term:
    term = read_first(Source("x", f"{text}."))
    assert not isinstance(term, Unreadable), term
    return term


def test_as_people_type() -> None:
    assert typed(read(ENTRY)) == ENTRY.replace("[1, 65]", "[1,65]")
    assert typed(List(())) == "[]"
    assert typed(string("1.0")) == '"1.0"'
    assert typed(tup("a", List((Unknown("VSN"), List((Atom("b"),), Atom("c")))))) == "{a, [VSN, [b|c]]}"


def test_what_is_typed_reads_back_as_what_is_printed() -> None:
    random = Random(5)
    for _ in range(300):
        term = Tuple((random_term(random, 4),))
        as_printed = read_first(Source("x", flat(term) + "."))
        if not isinstance(as_printed, Unreadable):  # a fun may be printed in another encoding
            assert read_first(Source("x", typed(term) + ".")) == as_printed
