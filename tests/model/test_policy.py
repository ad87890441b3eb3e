"""Which functions a policy lets `apply` call."""

from __future__ import annotations

import pytest

from relupc.model.policy import Policy


@pytest.mark.parametrize(
    ("pattern", "is_allowed"),
    [
        ("shop_db:migrate", True),
        ("shop_db:migrate/2", True),
        ("shop_db:migrate/1", False),
        ("shop_*:migrate", True),
        ("shop_db:*", True),
        ("shop_db:*/2", True),
        ("shop:migrate", False),
        ("shop_db:migrat", False),
    ],
)
def test_patterns(pattern: str, is_allowed: bool) -> None:
    assert Policy(allow_apply=(pattern,)).allows("shop_db", "migrate", 2) is is_allowed


def test_names_of_elixir_both_ways() -> None:
    for pattern in ("Shop.Db:migrate", "Elixir.Shop.Db:migrate/1", "Shop.*:*"):
        assert Policy(allow_apply=(pattern,)).allows("Elixir.Shop.Db", "migrate", 1)


def test_arguments_that_are_no_list() -> None:
    assert Policy(allow_apply=("a:b",)).allows("a", "b", None)
    assert not Policy(allow_apply=("a:b/0",)).allows("a", "b", None)
    assert not Policy().allows("a", "b", 0)
