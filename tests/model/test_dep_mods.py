from __future__ import annotations

import pytest

from relupc.model.dep_mods import takes_deps, with_dep, written_deps
from relupc.model.edit import Edit
from relupc.model.term import Atom, Tuple
from relupc.read.file import Unreadable
from relupc.read.text import read_text


def instruction(text: str) -> Tuple:
    found = read_text(text, "shop.appup", 25)
    assert not isinstance(found, Unreadable)
    assert isinstance(found, Tuple)
    return found


def edited(edits: tuple[Edit, ...], text: str) -> str:
    for span, new in edits:
        text = text[: span.start] + new + text[span.end :]
    return text


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("{load_module, shop_cart}", "{load_module, shop_cart, ['Tax']}"),
        ("{load_module, shop_cart, []}", "{load_module, shop_cart, ['Tax']}"),
        ("{load_module, shop_cart, [ shop_price ]}", "{load_module, shop_cart, [ shop_price, 'Tax' ]}"),
        ("{update, shop_cart, {advanced, []}, [a, b]}", "{update, shop_cart, {advanced, []}, [a, b, 'Tax']}"),
    ],
)
def test_one_more(text: str, new: str) -> None:
    shown, edits = with_dep(instruction(text), "Tax")
    assert (shown, edited(edits, text)) == (new, new)


def test_what_is_on_several_lines_is_changed_but_not_shown() -> None:
    text = "{load_module, shop_cart,\n [shop_price]} % tax"
    shown, edits = with_dep(instruction(text), "tax")
    assert shown is None
    assert edited(edits, text) == "{load_module, shop_cart,\n [shop_price, tax]} % tax"


def test_what_can_have_dep_mods() -> None:
    assert written_deps(instruction("{load_module, shop_cart, [a]}")) is not None
    assert written_deps(instruction("{load_module, shop_cart, [a | b]}")) is None
    assert written_deps(None) is None
    assert takes_deps(instruction("{load_module, shop_cart}"))
    assert not takes_deps(None)
    assert not takes_deps(Tuple(instruction("{load_module, shop_cart}").items)), "it is written nowhere"
    assert with_dep(Tuple((Atom("load_module"), Atom("a"))), "tax") == (None, ())
