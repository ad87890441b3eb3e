"""Seeds in, what OTP and relupc make of their cases out, with every mismatch."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, TypeVar

from tests.otp import case, judge, lints, oracle
from tests.otp.releases import Made

Make: TypeAlias = Callable[[int], Made]
T = TypeVar("T")


@dataclass(slots=True)
class Found:
    """Counts of how cases ended for OTP, of the classes of its errors and warnings; and what relupc has wrong."""

    outcomes: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    mismatches: list[str] = field(default_factory=list)

    def add(self, answer: oracle.Answer) -> None:
        self.outcomes[answer.status + ", order left to chance" * answer.free] += 1
        self.outcomes[answer.status] += answer.free
        self.refusals.update([answer.error.error_class] if answer.error else [])
        self.warnings.update(warning.error_class for warning in answer.warnings)


def compare(escript: str, directory: Path, make: Make, seeds: Sequence[int]) -> Found:
    """Compare `relupc compile` with OTP on the cases of these seeds, each in a directory named like its seed."""
    return compare_with(escript, directory, make, seeds, judge.run_relupc, judge.difference)


def compare_lint(escript: str, directory: Path, make: Make, seeds: Sequence[int]) -> Found:
    """Compare `relupc lint` with OTP: what OTP refuses is an error there, and errors are what OTP refuses or worse."""
    return compare_with(
        escript, directory, lambda seed: lints.both_ways(make(seed)), seeds, lints.run, lints.difference
    )


def compare_with(
    escript: str,
    directory: Path,
    make: Make,
    seeds: Sequence[int],
    run: Callable[[Path], T],
    differ: Callable[[oracle.Answer, T], str | None],
) -> Found:
    """The same, with what is to be run and how its result is judged."""
    found = Found()
    directories = [lay_down(directory, make, seed) for seed in seeds]
    with ThreadPoolExecutor(2) as pool:
        halves = [directories[::2], directories[1::2]]
        asked = pool.map(lambda half: oracle.ask(escript, "ranked", half), halves)
        mine = [_run(run, place) for place in directories]
        first, second = asked
    answers = [answer for pair in zip(first, [*second, None], strict=False) for answer in pair if answer]
    for seed, place, answer, own in zip(seeds, directories, answers, mine, strict=True):
        found.add(answer)
        wrong = own if isinstance(own, str) else differ(answer, own)
        if wrong:
            found.mismatches.append(f"seed {seed}, {place}: {wrong}")
    return found


def lay_down(directory: Path, make: Make, seed: int) -> Path:
    """Write the case of a seed."""
    made, place = make(seed), directory / str(seed)
    case.write(place, made.call, made.files)
    return place


def _run(run: Callable[[Path], T], place: Path) -> T | str:
    try:
        return run(place)
    except Exception:  # whatever it is, it is a bug of relupc's: a mismatch among others
        return "relupc crashes: " + traceback.format_exc(limit=-3)
