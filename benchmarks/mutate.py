"""Any number of broken appups through lint: prints what went wrong, and how long the slowest took.

    python benchmarks/mutate.py [FOLDER...] --count 100000 --seed 1 [--jobs 2] [--keep DIR]

Exit code 1 for a crash, a fix that makes a file unreadable, an answer that takes more than 2 seconds, and two different
answers for one text. With --keep these texts stay in DIR.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from relupc import cli
from tests.mutants import APP, Mutant, look, mutants, seeds

BATCH = 500
LIMIT = 2.0  # seconds of processor time
STOP = 120  # the same, for what would never end
FIXTURES = Path(__file__).parent.parent / "fixtures"


class Result(NamedTuple):
    """What a batch came to: problems as (kind, mutant, text), the slowest as (seconds, mutant), counts."""

    problems: list[tuple[str, Mutant, str]]
    slowest: list[tuple[float, Mutant]]
    counts: Counter[str]


def main() -> int:
    """Run all, print what was found; the exit code."""
    args = _arguments()
    folders = [folder.resolve() for folder in args.folders or [FIXTURES]]  # batches change the working folder
    batches = [
        (folders, start, min(BATCH, args.seed + args.count - start))
        for start in range(args.seed, args.seed + args.count, BATCH)
    ]
    began = time.monotonic()
    with ProcessPoolExecutor(args.jobs) as pool:
        results = list(pool.map(_batch, batches))
    problems = [problem for result in results for problem in result.problems]
    slowest = sorted((found for result in results for found in result.slowest), reverse=True)[:10]
    for kind, mutant, text in problems[:20]:
        print(f"--- {kind}: {mutant.number} {mutant.name} ({len(mutant.text)} bytes)\n{text}")
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
        for mutant in {m.number: m for m in (*(p[1] for p in problems), *(s[1] for s in slowest))}.values():
            (args.keep / f"{mutant.number}-{os.path.basename(mutant.name)}").write_bytes(mutant.text)
    counts: Counter[str] = sum((result.counts for result in results), Counter())
    print(", ".join(f"{name} {count}" for name, count in counts.most_common()))
    print("slowest:", ", ".join(f"{seconds:.2f} s ({mutant.number})" for seconds, mutant in slowest))
    kinds = Counter(kind for kind, _, _ in problems)
    print(f"{args.count} texts, problems: {dict(kinds) or 'none'}, {time.monotonic() - began:.0f} s")
    return 1 if problems else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Lint broken appups.")
    parser.add_argument("folders", nargs="*", type=Path, help="where to take appups from [fixtures]")
    parser.add_argument("--count", type=int, default=10000, help="texts [10000]")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first one [0]")
    parser.add_argument("--jobs", type=int, default=2, help="processes [2]")
    parser.add_argument("--keep", type=Path, help="keep the texts with problems, and the slowest, here")
    return parser.parse_args()


def _batch(batch: tuple[list[Path], int, int]) -> Result:
    folders, start, count = batch
    gc.disable()  # as the command does
    texts = seeds(folders)
    result = Result([], [], Counter())
    signal.signal(signal.SIGPROF, _stop)
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        os.mkdir("src")
        for path in ("shop.app", "src/shop.app", "src/shop.app.src"):
            Path(path).write_text(APP)
        for mutant in mutants(texts, count, start):
            _one(mutant, result)
            if mutant.number % 50 == 0:
                gc.collect()
        os.chdir("/")
    gc.collect()
    del result.slowest[10:]
    return result


def _one(mutant: Mutant, result: Result) -> None:
    """Look at one text; now and then twice, with all that can be asked for, and through the command."""
    signal.setitimer(signal.ITIMER_PROF, STOP)
    began = time.process_time()  # of this process alone: others may be busy
    try:
        said = look(mutant, fully=False)
        taken = time.process_time() - began
        result.counts.update(line.rsplit("[", 1)[-1].split(" ")[0] for line in said.splitlines()[:50] if "[" in line)
        if mutant.number % 50 == 0 and look(mutant, fully=False) != said:
            result.problems.append(("two answers", mutant, said))
        if mutant.number % 10 == 0:
            look(mutant, fully=True)
        if mutant.number % 100 == 0:
            _command(mutant, result)
    except BaseException:
        taken = time.process_time() - began
        result.problems.append(("crash", mutant, traceback.format_exc(limit=-8)))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if taken > LIMIT:
        result.problems.append(("slow", mutant, f"{taken:.1f} s"))
    result.slowest.append((taken, mutant))
    result.slowest.sort(key=lambda found: -found[0])
    del result.slowest[10:]


def _command(mutant: Mutant, result: Result) -> None:
    """Lint it as a file, in a format of its own."""
    name = mutant.name
    Path(name).write_bytes(mutant.text)
    formats = ("full", "concise", "json", "sarif", "github", "gitlab", "junit")
    out, err = io.StringIO(), io.StringIO()
    argv = ["lint", name, "--no-config", "--format", formats[mutant.number // 100 % len(formats)]]
    code = cli.main([*argv, *(["--fix"] if mutant.number % 200 == 0 else [])], out, err)
    if code not in (0, 1, 2) or "Traceback" in err.getvalue():
        result.problems.append((f"exit {code}", mutant, err.getvalue()))
    Path(name).unlink()


def _stop(*_: object) -> None:
    raise TimeoutError(f"more than {STOP} s")


if __name__ == "__main__":
    sys.exit(main())
