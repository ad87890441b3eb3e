from __future__ import annotations

import pytest

from relupc.analyse.erl.before import Before
from relupc.analyse.erl.blocks import function
from relupc.analyse.erl.guards import questions_of
from relupc.analyse.erl.tokens import forms


@pytest.mark.parametrize(
    ("first", "second", "is_open"),
    [
        ("f({a, X})", "f({a, X}) when X > 1", True),
        ("f({a, X}) when X > 1", "f({a, X}) when X > 1", False),
        ("f({a, 1})", "f({a, X}) when X =:= 2", True),
        ("f({a, 1})", "f({a, X}) when X =:= 1", False),
        ("f(X) when is_list(X)", "f(X) when is_list(X)", False),
        ("f(X) when is_list(X)", "f(X) when is_atom(X)", True),
        ("f([])", "f(X) when is_list(X)", True),
    ],
)
def test_guards_that_may_hold_or_not(first: str, second: str, is_open: bool) -> None:
    _, (one, two) = function(next(forms(f"{first} -> 1; {second} -> 2.\n")))
    before = Before()
    before.add(one)
    assert before.leaves_open(two, questions_of(two.guard) or (), lambda _: True) == is_open
