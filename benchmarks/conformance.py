"""Any number of random releases through OTP and relupc: prints how they ended and every difference.

    python benchmarks/conformance.py --plain 5000 --broken 2000 --seed 7 [--lint] [--jobs 2] [--keep DIR]

With --lint it is `relupc lint` that is compared: whether it has an error where OTP refuses, and only there. Exit code
1 if relupc differs from OTP anywhere. With --keep the cases of the differences stay in DIR.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.otp import conformance, releases

BATCH = 250


def main() -> int:
    """Run all, print the counts; the exit code."""
    args = _arguments()
    escript = shutil.which("escript")
    if escript is None:
        sys.exit("no escript on PATH: install Erlang/OTP 25")
    with tempfile.TemporaryDirectory() as scratch:
        root = args.keep or Path(scratch)
        batches = [
            (escript, root / kind, kind, args.lint, range(start, min(start + BATCH, args.seed + count)))
            for kind, count in (("plain", args.plain), ("broken", args.broken))
            for start in range(args.seed, args.seed + count, BATCH)
        ]
        began = time.monotonic()
        with ProcessPoolExecutor(args.jobs) as pool:
            results = list(pool.map(_batch, batches))
    mismatches = 0
    for kind in ("plain", "broken"):
        mismatches += _report(kind, [found for batch, found in zip(batches, results, strict=True) if batch[2] == kind])
    print(f"{args.plain + args.broken} cases, {mismatches} mismatches, {time.monotonic() - began:.0f} s")
    return 1 if mismatches else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare relupc with a real OTP on random releases.")
    parser.add_argument("--plain", type=int, default=1000, help="sound releases [1000]")
    parser.add_argument("--broken", type=int, default=400, help="releases with faults [400]")
    parser.add_argument("--seed", type=int, default=0, help="the first seed; each case has its own [0]")
    parser.add_argument("--lint", action="store_true", help="compare `relupc lint`")
    parser.add_argument("--jobs", type=int, default=2, help="processes [2]")
    parser.add_argument("--keep", type=Path, help="keep the cases that differ here")
    return parser.parse_args()


def _batch(batch: tuple[str, Path, str, bool, range]) -> conformance.Found:
    escript, root, kind, lint, seeds = batch
    make = {"plain": releases.plain, "broken": releases.broken}[kind]
    found = (conformance.compare_lint if lint else conformance.compare)(escript, root, make, seeds)
    wrong = {line.removeprefix("seed ").partition(",")[0] for line in found.mismatches}
    for seed in seeds:
        if str(seed) not in wrong:
            shutil.rmtree(root / str(seed))
    return found


def _report(kind: str, results: list[conformance.Found]) -> int:
    for title in ("outcomes", "refusals", "warnings"):
        counts: Counter[str] = sum((getattr(found, title) for found in results), Counter())
        print(f"{kind}: {title}")
        for name, number in counts.most_common():
            print(f"{number:8} {name}")
    mismatches = [line for found in results for line in found.mismatches]
    print("".join(f"MISMATCH ({kind}) {line}\n" for line in mismatches), end="")
    return len(mismatches)


if __name__ == "__main__":
    sys.exit(main())
