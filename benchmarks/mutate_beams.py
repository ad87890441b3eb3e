"""Any number of broken .beam files through the reader and the analysis: prints what went wrong, and the slowest.

    python benchmarks/mutate_beams.py [FOLDER...] --count 100000 --seed 1 [--jobs 2] [--megabytes 1000]

Exit code 1 for a crash, for an answer that takes more than 2 seconds, and for a file that needs more memory than
--megabytes. A broken file is known by its number: the same seed and folders give the same file again.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from relupc.analyse import module_of, program_of
from relupc.beam import fit_of, names_of, open_code, read_beam, record_fields
from relupc.model.diagnostic import Diagnostic

BATCH = 1000
LIMIT = 2.0  # seconds of processor time
STOP = 60  # the same, for what would never end
LARGEST = 40_000  # bytes of a file before it is broken
FIXTURES = Path(__file__).parent.parent / "fixtures"


class Result(NamedTuple):
    """What a batch came to: problems as text, the slowest as (seconds, number), how many were read how far."""

    problems: list[str]
    slowest: tuple[float, int]
    counts: Counter[str]


def main() -> int:
    """Run all, print what was found; the exit code."""
    parser = argparse.ArgumentParser(description="Read broken .beam files.")
    parser.add_argument("folders", nargs="*", type=Path, help="where to take .beam files from [fixtures]")
    parser.add_argument("--count", type=int, default=10000, help="files [10000]")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first one [0]")
    parser.add_argument("--jobs", type=int, default=2, help="processes [2]")
    parser.add_argument("--megabytes", type=int, default=1000, help="memory of a process [1000]")
    args = parser.parse_args()
    folders = args.folders or [FIXTURES]
    paths = sorted(p for f in folders for p in f.rglob("*.beam") if p.stat().st_size <= LARGEST)
    end = args.seed + args.count
    batches = [(paths, range(start, min(start + BATCH, end)), args.megabytes) for start in range(args.seed, end, BATCH)]
    with ProcessPoolExecutor(args.jobs) as pool:
        results = list(pool.map(_batch, batches))
    problems = [problem for result in results for problem in result.problems]
    seconds, number = max(result.slowest for result in results)
    print("".join(f"--- {problem}\n" for problem in problems[:20]), end="")
    print(", ".join(f"{name} {count}" for name, count in sum((r.counts for r in results), Counter()).most_common()))
    print(f"{args.count} files of {len(paths)}, {len(problems)} problems, slowest {seconds:.2f} s ({number})")
    return 1 if problems else 0


def _batch(batch: tuple[list[Path], range, int]) -> Result:
    paths, numbers, megabytes = batch
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    signal.signal(signal.SIGPROF, _stop)
    problems: list[str] = []
    slowest, counts = (0.0, -1), Counter[str]()
    for number in numbers:
        chosen = random.Random(number)
        path = chosen.choice(paths)
        data = broken(path.read_bytes(), chosen)
        signal.setitimer(signal.ITIMER_PROF, STOP)
        began = time.process_time()  # of this process alone: others may be busy
        try:
            counts[look(str(path), data)] += 1
        except BaseException:
            problems.append(f"crash: {number} {path}\n{traceback.format_exc(limit=-8)}")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        taken = time.process_time() - began
        if taken > LIMIT:
            problems.append(f"slow: {number} {path} {taken:.1f} s")
        slowest = max(slowest, (taken, number))
    return Result(problems, slowest, counts)


def look(path: str, data: bytes) -> str:
    """Read a module and look at its code as lint does; how far that went."""
    beam = read_beam(path, data)
    if isinstance(beam, Diagnostic):
        return "not read"
    fit_of(beam, 28)
    code = open_code(beam)
    if isinstance(code, Diagnostic):
        return "code not read"
    program = program_of([module_of(beam, lambda: code, "shop")], {"shop": "1"}, 25)
    repr((program, record_fields(beam), names_of(beam)))  # all of it is found out
    return "looked at"


def broken(data: bytes, chosen: random.Random) -> bytes:
    """A file with some bytes flipped, cut out, said again or swapped, most of it inside one chunk."""
    chunks = list(_chunks(data))
    start, end = chosen.choice(chunks) if chunks and chosen.random() < 0.9 else (0, len(data))
    text = bytearray(data)
    for _ in range(chosen.choice((1, 1, 1, 2, 4, 16))):
        at = min(chosen.randrange(start, end), len(text) - 1)
        length = chosen.choice((1, 1, 2, 4, 8, 64))
        match chosen.choice(("flip", "set", "more", "flip", "set", "cut", "again", "swap")):
            case "flip":
                text[at] ^= 1 << chosen.randrange(8)
            case "set":
                text[at] = chosen.choice((0, 1, 0x7F, 0x80, 0xFF, chosen.randrange(256)))
            case "more":
                text[at] = (text[at] + chosen.choice((1, -1, 16, -16))) % 256
            case "cut":
                del text[at : at + length]
            case "again":
                text[at:at] = text[at : at + length] * chosen.choice((1, 2, 50))
            case "swap":
                text[at : at + length] = text[at : at + length][::-1]
        if not text:
            break
    return bytes(text)


def _chunks(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the contents of each chunk begin and end."""
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "big")
        if size:
            yield at + 8, at + 8 + size
        at += 8 + size + -size % 4


def _stop(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    sys.exit(main())
