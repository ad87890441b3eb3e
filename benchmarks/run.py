"""relupc beside OTP, on the same inputs, in turn: what both cost, and how much of the peer's cost relupc needs.

    python benchmarks/run.py [--only start,compile,terms,facts,lint] [--sizes 10,100,2000,20000,100000]
                             [--runs N] [--json FILE] [--page docs/performance.md] [--work DIR]

Cost is the CPU time of the whole process, its start included; the figures are medians. Wall time and memory are shown
beside it. All of it takes some minutes and 1 GB in a temporary folder; `--page` writes the figures into that page.
Exit code 1 if a row costs more than it may. The inputs are made anew each time by benchmarks/umbrella.py.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import machine, page
from benchmarks.measure import in_turn
from benchmarks.rows import PARTS, SIZES, Inputs, Row, rows


def main() -> int:
    """Measure, show, write; the exit code."""
    parser = argparse.ArgumentParser(description="Measure relupc beside OTP.")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="modules of the systems that are compiled")
    parser.add_argument("--runs", type=int, metavar="N", help="run everything so often [as suits the row]")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--page", type=Path, metavar="FILE", help="write the figures into this page")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep the inputs here [a temporary folder]")
    args = parser.parse_args()
    only, sizes = args.only.split(","), [int(size) for size in args.sizes.split(",")]
    if not set(only) <= set(PARTS) or not set(sizes) <= set(SIZES):
        parser.error(f"there are the parts {', '.join(PARTS)} and the sizes {', '.join(map(str, SIZES))}")
    found = machine.peers()
    if found is None:
        print("There is no erl on the path: without an Erlang/OTP there is nothing to compare with.")
        return 0
    with tempfile.TemporaryDirectory(prefix="relupc-bench-") as folder:
        work = args.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        print(page.table([]), end="", flush=True)
        results = [_measured(row, args.runs or row.runs) for row in rows(Inputs(work.resolve(), found), only, sizes)]
    described = machine.description(found.erl)
    if args.json:
        args.json.write_text(page.as_json(described, results), "utf-8")
    if args.page:
        text = page.with_section(args.page.read_text("utf-8"), page.section(described, results))
        args.page.write_text(text, "utf-8")
    return int(any(result.most is not None and result.figure > result.most for result in results))


def _measured(row: Row, runs: int) -> page.Result:
    costs = in_turn([task for task in (row.ours, row.peer) if task], runs)
    result = page.Result(row.work, costs[0], costs[1] if row.peer else None, row.most, row.aim, runs)
    print(page.table([result]).splitlines()[-1], flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
