"""The version that a commit stands for."""

from __future__ import annotations

from relupc.model.checkout import Commit, Declared, Versioned


def test_time_and_five_digits_of_the_hash() -> None:
    commit = Commit("c7ae2" + 35 * "0", 1523874000)
    assert commit.version == "1523874000-c7ae2"
    assert Versioned(Declared("shop", ".", "mix.exs"), commit).version == "1523874000-c7ae2"
