from __future__ import annotations

from relupc.model.beam import FA, MFA, Beam
from relupc.model.term import Atom, List


def test_attributes_of_one_name() -> None:
    behaviours = [("behaviour", List((Atom(name),))) for name in ("gen_server", "shop_api")]
    attributes = (behaviours[0], ("vsn", List(())), behaviours[1])
    none = frozenset[FA]()
    beam = Beam("shop.beam", "shop", b"", (), none, (), (), attributes, (), {})
    assert beam.attribute("behaviour") == (List((Atom("gen_server"),)), List((Atom("shop_api"),)))
    assert beam.attribute("author") == ()


def test_a_function_of_a_module_as_one_of_its_own() -> None:
    assert MFA("shop", "price", 1).local == FA("price", 1)
