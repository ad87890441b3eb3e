"""Three builds of one small application, in Erlang and in Elixir: what is wrong between them is found, and no more.

From 0.0.1 to 0.0.2 the appup forgets a module. From 0.0.2 to 0.0.3 the state of a server changes its shape, a function
that others call goes away, and a child moves from one supervisor to another.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docs.refresh import run

HEY = Path(__file__).parent.parent / "fixtures" / "hey"
FORGOTTEN = {("A301", "case", "up"), ("A301", "case", "down")}


def found(language: str, new: str, old: str) -> set[tuple[str, str, str | None]]:
    """Code, module and direction of all that lint says; modules by the last part of their names."""
    text, code = run(["lint", f"{new}/hey", "--from", f"{old}/hey", "--format=json"], [HEY / language])
    said = json.loads(text)["diagnostics"]
    assert code == (1 if said else 0)
    return {(d["code"], _short(d["subject"]["module"] or ""), d["subject"]["direction"]) for d in said}


def _short(module: str) -> str:
    return module.lower().replace("elixir.hey.", "").replace("hey.", "").removeprefix("hey_")


@pytest.mark.parametrize("language", ["erlang", "elixir"])
def test_a_forgotten_module(language: str) -> None:
    assert found(language, "0.0.2", "0.0.1") == FORGOTTEN


@pytest.mark.parametrize("language", ["erlang", "elixir"])
def test_state_export_and_child(language: str) -> None:
    """Going down, the older code takes a struct that has one more key; a record with one more field it does not."""
    erlang = language == "erlang"
    side, top = ("side_sup", "sup") if erlang else ("side", "supervisor")
    state = {("D201", "server", "up"), ("D201", "server", "down")} if erlang else {("D203", "server", "up")}
    assert found(language, "0.0.3", "0.0.2") == state | {
        ("D101", "words", "up"),
        ("A602", side, "up"),
        ("A603", top, "up"),
        ("A603", side, "down"),
        ("A602", top, "down"),
    }


@pytest.mark.parametrize("language", ["erlang", "elixir"])
def test_a_build_beside_itself(language: str) -> None:
    assert found(language, "0.0.2", "0.0.2") == set()
