from __future__ import annotations

import pytest

from relupc.model.supervision import Child
from relupc.model.term import Atom, Int, Map, Term, Tuple, Unknown

CART = Child(
    id=Atom("cart"),
    start=("shop_cart", "start_link"),
    args=(),
    type="worker",
    modules=("shop_cart",),
    restart="permanent",
    shutdown=Int(5000),
    significant=False,
    sure=True,
    runs=None,
    whole=Map(()),
)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        (Atom("cart"), True),
        (Tuple((Atom("cart"), Int(1))), True),
        (Unknown("argument 1"), False),
    ],
)
def test_an_id_that_is_not_known(name: Term, known: bool) -> None:
    assert CART._replace(id=name).is_id_known is known
