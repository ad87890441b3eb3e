"""Upgrades of real nodes by what `relupc generate` writes, up and down: the three builds of hey, and random pairs.

The node must look as if it had booted the version that it was led to: see `tests/otp/upgrades.py`.
`benchmarks/upgrades.py` does the same for any number of random pairs.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.otp import nodes, proposers, small_changes, small_pairs, small_text, upgrades
from tests.otp.small_apps import NAME

HEY = Path(__file__).parent.parent / "fixtures" / "hey"
CALLS = {
    "erlang": """[{hey_server,greet,["you"]},{hey_words,hello,["you"]},
                  {hey_page,show,["you"]},{hey_case,upper,["you"]}].\n""",
    "elixir": """[{'Elixir.Hey.Server',greet,[<<"you">>]},{'Elixir.Hey.Words',hello,[<<"you">>]},
                  {'Elixir.Hey.Page',show,[<<"you">>]},{'Elixir.Hey.Case',upper,[<<"you">>]}].\n""",
}
#: In 0.0.3 hey_page calls a function that is gone: no appup makes that good. The older version takes a struct that has
#: one key more, and it keeps that.
BUILD, KEY = {"lint without errors"}, {"down: states"}
#: The last three once failed: a `shutdown` in a tuple, a supervisor two levels below one that goes, and the state of a
#: special process that a function of its own makes.
SEEDS = (*range(12), 5124, 5156, 5192)


def lay_down_hey(folder: Path, erl: str, language: str, old: str, new: str) -> Path:
    """A root with two builds of hey, without their appups."""
    root = folder / f"{language}-{old}-{new}"
    nodes.lay_down(root, "hey", [old, new], elixir=language == "elixir")
    for vsn in (old, new):
        ebin = root / f"lib/hey-{vsn}/ebin"
        shutil.copytree(HEY / language / vsn / "hey/ebin", ebin, ignore=shutil.ignore_patterns("*.appup"))
        (root / f"releases/{vsn}/calls").write_text(CALLS[language])
    nodes.build(erl, "hey", [root], folder)
    return root


@pytest.mark.parametrize(("old", "new"), [("0.0.1", "0.0.2"), ("0.0.2", "0.0.3"), ("0.0.1", "0.0.3")])
@pytest.mark.parametrize("language", ["erlang", "elixir"])
def test_hey_survives(
    erl: str, request: pytest.FixtureRequest, tmp_path: Path, language: str, old: str, new: str
) -> None:
    if language == "elixir":
        request.getfixturevalue("elixirc")
    root = lay_down_hey(tmp_path, erl, language, old, new)
    driver = nodes.compile_driver(tmp_path)
    done = upgrades.run_one(root, "hey", (old, new), proposers.generate, driver)
    missed = set(upgrades.STEPS) - done.good
    assert missed <= BUILD | (KEY if language == "elixir" else set()), "\n".join([done.appup, *done.wrong])
    assert all("[D101 " in line for line in done.wrong if line.startswith("lint")), "\n".join(done.wrong)


def test_the_measure_sees_what_is_wrong(erl: str, tmp_path: Path) -> None:
    """Loading alone neither moves the child nor converts the state."""
    root = lay_down_hey(tmp_path, erl, "erlang", "0.0.2", "0.0.3")
    driver = nodes.compile_driver(tmp_path)
    done = upgrades.run_one(root, "hey", ("0.0.2", "0.0.3"), proposers.load_only, driver)
    missed = {"lint without errors", "up: tree", "up: no crash"}
    assert set(upgrades.STEPS) - done.good >= missed, "\n".join(done.wrong)


def test_random_pairs(erl: str, tmp_path: Path) -> None:
    roots = small_pairs.lay_down(tmp_path, erl, SEEDS)
    done = upgrades.run(roots, NAME, small_pairs.VERSIONS, proposers.generate, nodes.compile_driver(tmp_path))
    wrong = [f"seed {one.root.name}: {line}\n{one.appup}" for one in done for line in one.wrong]
    assert not wrong, "\n".join(wrong)
    assert sum(one.kept for one in done) > 0.8 * sum(one.processes for one in done)


def test_a_pair_is_the_same_for_the_same_seed() -> None:
    for seed in range(40):
        one, other = small_changes.pair(seed), small_changes.pair(seed)
        assert one == other
        assert small_text.files(one.new) == small_text.files(other.new)


def test_every_change_occurs() -> None:
    found = {change for seed in range(200) for change in small_changes.pair(seed).changes}
    assert found == set(small_changes.CHANGES)
