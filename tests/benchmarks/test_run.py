"""The command that measures: what it runs, and what it says where it cannot."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.machine import Peers
from benchmarks.measure import once
from benchmarks.rows import SIZES, TINY, Inputs, Row, rows

ROOT = Path(__file__).parent.parent.parent
RUN = (sys.executable, str(ROOT / "benchmarks" / "run.py"))


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    return Inputs(tmp_path, Peers("erl", None))


def small(inputs: Inputs) -> list[Row]:
    return list(rows(inputs, ("start", "compile"), (TINY, 100)))


def test_what_relupc_does_in_each_row_can_be_done(inputs: Inputs) -> None:
    for row in small(inputs):
        assert once(row.ours).cpu > 0
    assert len(list(inputs.work.glob("*/relup"))) == 3


def test_the_tiny_pairs_differ_in_their_dep_mods(inputs: Inputs) -> None:
    folders = [row.ours.folder for row in small(inputs) if "tiny" in row.work or "cycle" in row.work]
    texts = ["".join(path.read_text("utf-8") for path in sorted(f.rglob("*.appup"))) for f in folders]
    assert all("_module, " in text for text in texts)
    assert [bool(re.search(r", \[\w", text)) for text in texts] == [False, True]


def test_limits_are_ratios_that_can_be_reached(inputs: Inputs) -> None:
    for row in small(inputs):
        assert row.most is None or (row.aim is not None and 0 < row.aim < row.most <= 1)


@pytest.mark.parametrize("arguments", [("--only", "nothing"), ("--sizes", "11")])
def test_a_part_that_is_not_there_is_refused(arguments: tuple[str, ...]) -> None:
    done = subprocess.run([*RUN, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"the sizes {', '.join(map(str, SIZES))}" in done.stderr


def test_without_an_erlang_it_says_so_and_ends(tmp_path: Path) -> None:
    done = subprocess.run(
        RUN, capture_output=True, text=True, check=False, env={**os.environ, "PATH": str(tmp_path)}, cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("There is no erl on the path")
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("erl")
def test_it_measures_both_and_describes_the_machine(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Title\n\n## Figures\n\nNone yet.\n", "utf-8")
    options = (
        "--only",
        "compile",
        "--sizes",
        "10",
        "--runs",
        "1",
        "--page",
        str(page),
        "--json",
        str(tmp_path / "a.json"),
    )
    done = subprocess.run([*RUN, *options], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    text = page.read_text("utf-8")
    assert "compile a tiny pair, no DepMods / make_relup" in text
    assert "- Erlang: OTP " in text
    assert str(tmp_path) not in text
    assert os.uname().nodename not in text
    assert (tmp_path / "a.json").exists()
