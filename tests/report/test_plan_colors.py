"""The styles of the pictures."""

from __future__ import annotations

import re

from relupc.report.plan_colors import PAGE, STYLE


def test_light_and_dark_have_the_same_names() -> None:
    light, dark = STYLE.split("@media (prefers-color-scheme:dark)")
    names = re.findall(r"(--\w+):", light)
    assert names == re.findall(r"(--\w+):", dark)
    assert set(re.findall(r"var\((--\w+)\)", STYLE + PAGE)) <= set(names)


def test_nothing_is_asked_for() -> None:
    assert "url(" not in STYLE + PAGE
    assert "@import" not in STYLE + PAGE
