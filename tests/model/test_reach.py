from __future__ import annotations

from relupc.model.beam import FA
from relupc.model.reach import doing, led_to
from tests.modules import module

TEXT = """
start() -> spawn(fun() -> ?MODULE:two() end), one().
one() -> one().
two() -> fun three/0.
three() -> ok.
other() -> ok.
"""


def test_calls_and_funs() -> None:
    found = led_to(module(TEXT), [FA("start", 0), FA("none", 0)])
    assert [fa.name for fa in found if not fa.name.startswith("-")] == ["start", "two", "three", "one"]
    assert found[FA("one", 0)].name == "one"


def test_nothing_leads_nowhere() -> None:
    assert led_to(module(TEXT), []) == {}


def test_what_a_function_does_wherever_it_stands() -> None:
    start = FA("start", 0)
    assert doing(module(TEXT), start) == doing(module("\n\n" + TEXT), start)
    assert doing(module(TEXT), start) != doing(module(TEXT.replace("one() -> one()", "one() -> ok")), start)
