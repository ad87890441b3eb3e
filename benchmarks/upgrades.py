"""Random pairs of small applications through real nodes: who proposes which appup, and how the upgrades went.

    python benchmarks/upgrades.py --count 300 --seed 0 [--by generate,load,restart] [--keep DIR] [--show 5]

Prints how many pairs passed each step, and the first pairs that did not pass all. Exit code 1 if `generate` failed one.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.otp import nodes, proposers, small_changes, small_pairs, upgrades
from tests.otp.small_apps import NAME

BY: dict[str, upgrades.Propose] = {
    "generate": proposers.generate,
    "load": proposers.load_only,
    "restart": proposers.restart_all,
}


def main() -> int:
    """Run all, print the tables; the exit code."""
    args = _arguments()
    escript = shutil.which("escript")
    if escript is None:
        sys.exit("no escript on PATH: install Erlang/OTP 25")
    seeds = range(args.seed, args.seed + args.count)
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch)
        folder.mkdir(exist_ok=True)
        began = time.monotonic()
        roots = small_pairs.lay_down(folder, escript, seeds)
        driver = nodes.compile_driver(folder)
        print(f"{args.count} pairs made in {time.monotonic() - began:.0f} s")
        results = {}
        for by in args.by.split(","):
            began = time.monotonic()
            results[by] = upgrades.run(roots, NAME, small_pairs.VERSIONS, BY[by], driver)
            print(f"{by}: {time.monotonic() - began:.0f} s")
    _steps(results)
    _changes(results)
    for by, done in results.items():
        _failures(by, [one for one in done if not one.passed][: args.show])
    return int(any(not one.passed for one in results.get("generate", [])))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Upgrade real nodes by appups that a program wrote.")
    parser.add_argument("--count", type=int, default=300, help="pairs [300]")
    parser.add_argument("--seed", type=int, default=0, help="the first seed; each pair has its own [0]")
    parser.add_argument("--by", default="generate", help=f"whose appups, of {', '.join(BY)} [generate]")
    parser.add_argument("--keep", type=Path, help="keep all pairs here")
    parser.add_argument("--show", type=int, default=5, help="pairs to show that did not pass [5]")
    return parser.parse_args()


def _steps(results: dict[str, list[upgrades.Upgraded]]) -> None:
    print(f"\n{'':24}" + "".join(f"{by:>10}" for by in results))
    for step in upgrades.STEPS:
        print(f"{step:24}" + "".join(f"{sum(step in one.good for one in done):10}" for done in results.values()))
    print(f"{'all of these':24}" + "".join(f"{sum(one.passed for one in done):10}" for done in results.values()))
    kept = [f"{sum(one.kept for one in done)}/{sum(one.processes for one in done)}" for done in results.values()]
    print(f"{'processes kept':24}" + "".join(f"{text:>10}" for text in kept))


def _changes(results: dict[str, list[upgrades.Upgraded]]) -> None:
    """Of the pairs with each kind of change, how many passed all."""
    having: Counter[str] = Counter()
    passed: Counter[tuple[str, str]] = Counter()
    for by, done in results.items():
        for one in done:
            for change in set(small_changes.pair(int(one.root.name)).changes):
                having[change] += by == next(iter(results))
                passed[by, change] += one.passed
    print(f"\n{'pairs with':24}{'':>6}" + "".join(f"{by:>10}" for by in results))
    for change in small_changes.CHANGES:
        print(f"{change:24}{having[change]:6}" + "".join(f"{passed[by, change]:10}" for by in results))


def _failures(by: str, shown: list[upgrades.Upgraded]) -> None:
    for one in shown:
        changes = ", ".join(small_changes.pair(int(one.root.name)).changes)
        print(f"\n{by}, seed {one.root.name} ({changes}):\n{one.appup}" + "\n".join(one.wrong))


if __name__ == "__main__":
    sys.exit(main())
