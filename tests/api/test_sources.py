from __future__ import annotations

from pathlib import Path

import pytest

from relupc.api.found import Found
from relupc.api.lint import examine, lint
from relupc.api.sources import source_values
from relupc.model.beam import FA
from relupc.model.config import Config
from relupc.model.outcome import Options
from relupc.model.program import Bounded, ModuleCode
from tests.otp.sources import lay_down, said_of_both

RANDOM = range(500, 700)


def test_a_module_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shop_room.erl").write_text(
        "-module(shop_room).\n-export([start/0]).\nstart() -> spawn(fun loop/0).\nloop() -> loop().\n"
    )
    found = Found()
    source_values("shop_room.erl", Options(), found)
    bounds = next(value for value in found.values if isinstance(value, Bounded))
    assert found.files == ["shop_room.erl"]
    for value in bounds:
        assert isinstance(value, ModuleCode)
        assert FA("loop", 0) in value.module.functions
        assert value.module.source()
        assert [entry.name for entry in value.program.entries] == ["loop"]


def test_what_is_no_module_and_what_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shop.erl").write_text("loop() -> loop().\n")
    found = Found()
    source_values("shop.erl", Options(), found)
    source_values("gone.erl", Options(), found)
    assert not found.values
    assert [d.code.code for d in found.problems.found] == ["T003"]


def test_the_modules_of_an_elixir_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    head = "defmodule {} do\n def start, do: spawn(fn -> loop() end)\n"
    one = head + " def loop do\n  receive do _ -> loop() end\n end\nend\n"
    Path("shop.ex").write_text(one.format("A") + one.format("B"))
    found = Found()
    source_values("shop.ex", Options(), found)
    codes = [value for value in found.values if isinstance(value, ModuleCode)]
    assert [code.module.name for code in codes] == ["Elixir.A", "Elixir.B"]
    assert all(code.program.staying for code in codes)


def test_only_rules_about_loops_and_funs_look_at_elixir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    head = "defmodule Shop do\n use GenServer\n def init(_), do: {:ok, fn -> 1 end}\n"
    Path("shop.ex").write_text(head + " def code_change(_, _, _), do: :no\nend")
    assert [d.code.code for d in lint("shop.ex")] == ["C207"]


def test_rules_that_do_not_look_at_elixir_are_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shop.ex").write_text("defmodule Shop do\n def f, do: 1\nend")
    Path("shop.erl").write_text("-module(shop).\n-export([f/0]).\nf() -> 1.\n")
    of_both = Config(select=("C101", "C301"))
    assert examine(["shop.ex"], (), Options(), of_both).skipped == {"build": ("C301",)}
    assert examine(["shop.ex", "shop.erl"], (), Options(), of_both).skipped == {}
    assert "C101" not in examine(["shop.ex"], (), Options(), Config()).skipped["build"]


@pytest.mark.parametrize(
    ("name", "text", "much"),
    [
        ("shop.ex", "a " * 40_001, "more than 40,000 tokens"),
        ("shop.erl", "a " * 2_000_001, "more than 2,000,000 tokens"),
    ],
)
def test_what_is_too_long_to_read(
    name: str, text: str, much: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text)
    result = examine([name], (), Options(), Config())
    assert [(d.code.code, d.severity, d.file) for d in result.diagnostics] == [("T007", "note", name)]
    assert result.diagnostics[0].label == f"{much}: nothing is said of this code"
    assert result.failure is None


@pytest.mark.usefixtures("erl")
def test_texts_have_no_finding_that_compiled_modules_have_not(tmp_path: Path) -> None:
    lay_down(tmp_path, RANDOM)
    texts, compiled = said_of_both(tmp_path)
    assert not texts - compiled
    assert (texts & compiled).total() > compiled.total() / 2
