"""Three builds of one small application, in Erlang and in Elixir: what is wrong between them is found, and no more.

From 0.0.1 to 0.0.2 the appup forgets a module.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docs.refresh import run

HEY = Path(__file__).parent.parent / "fixtures" / "hey"
CASE = {"erlang": "hey_case", "elixir": "Elixir.Hey.Case"}


def found(language: str, new: str, old: str) -> set[tuple[str, str | None, str | None]]:
    """Code, module and direction of all that lint says."""
    text, code = run(["lint", f"{new}/hey", "--from", f"{old}/hey", "--ignore=R019", "--format=json"], [HEY / language])
    said = json.loads(text)["diagnostics"]
    assert code == (1 if said else 0)
    return {(d["code"], d["subject"]["module"], d["subject"]["direction"]) for d in said}


@pytest.mark.parametrize("language", ["erlang", "elixir"])
def test_a_forgotten_module(language: str) -> None:
    assert found(language, "0.0.2", "0.0.1") == {("A301", CASE[language], way) for way in ("up", "down")}


@pytest.mark.parametrize("language", ["erlang", "elixir"])
@pytest.mark.parametrize("version", ["0.0.1", "0.0.2", "0.0.3"])
def test_a_build_beside_itself(language: str, version: str) -> None:
    assert found(language, version, version) == set()
