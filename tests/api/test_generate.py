"""Two builds named by users -> appups; the applications are those of fixtures/hey."""

from __future__ import annotations

from pathlib import Path

import pytest

import relupc
from relupc.api.generate import generate, generated
from relupc.model.config import Config
from relupc.model.diagnostic import ConfigError, InputError
from relupc.model.outcome import Options
from relupc.model.typed import typed

FIXTURES = Path(__file__).parents[2] / "fixtures"
HEY = FIXTURES / "hey" / "erlang"


def test_two_versions_of_an_application() -> None:
    assert relupc.generate is generate
    [hey] = generate(HEY / "0.0.2" / "hey", HEY / "0.0.1" / "hey")
    assert (hey.app, hey.vsn, [entry.old for entry in hey.entries]) == ("hey", "0.0.2", ["0.0.1"])
    assert [typed(one.instruction) for one in hey.entries[0].up] == [
        "{load_module, hey_case, brutal_purge, soft_purge, []}",
        "{load_module, hey_words, brutal_purge, soft_purge, []}",
    ]


def test_several_old_versions() -> None:
    [hey] = generate(HEY / "0.0.3" / "hey", [HEY / "0.0.2" / "hey", HEY / "0.0.1" / "hey"])
    assert [entry.old for entry in hey.entries] == ["0.0.2", "0.0.1"]


def test_what_people_have_to_do_themselves_is_said() -> None:
    paths = [str(HEY / vsn / "hey") for vsn in ("0.0.3", "0.0.2")]
    found = generated(paths[0], paths[1:], Options(), Config(exclude=()))
    assert [d.code.code for d in found.diagnostics] == ["D101"]


def test_only_some_applications() -> None:
    assert generate(HEY / "0.0.2" / "hey", HEY / "0.0.1" / "hey", app="shop") == []
    assert len(generate(HEY / "0.0.2" / "hey", HEY / "0.0.1" / "hey", app=["shop", "hey"])) == 1


def test_what_cannot_be_compared() -> None:
    with pytest.raises(InputError):
        generate("nowhere/hey.rel", HEY / "0.0.1" / "hey")
    with pytest.raises(ConfigError):
        generate(HEY / "0.0.2" / "hey", FIXTURES / "codes" / "D201" / "bad" / "old" / "shop")
