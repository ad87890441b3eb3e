"""Any number of random Erlang modules: what is found in their texts, beside what is found once they are compiled.

    python benchmarks/sources.py --count 1000 --seed 0 [--keep DIR] [--show 5]

Prints by code how many findings of the compiled modules their texts show too, and how many texts show that no compiled
module has. About half of the modules compile. Exit code 1 if there is one of the latter.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.otp import sources


def main() -> int:
    """Compile, compare and print; the exit code."""
    parser = argparse.ArgumentParser(description="Compare the findings in sources with those in their builds.")
    parser.add_argument("--count", type=int, default=1000, help="modules to make [1000]")
    parser.add_argument("--seed", type=int, default=0, help="the first seed; each module has its own [0]")
    parser.add_argument("--keep", type=Path, help="keep the modules in this folder, a new one")
    parser.add_argument("--show", type=int, default=5, help="findings to show that only a text has [5]")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch, "shop")
        folder.mkdir()
        compiled = sources.lay_down(folder, range(args.seed, args.seed + args.count))
        of_texts, of_compiled = sources.said_of_both(folder)
    more = of_texts - of_compiled
    print(f"{compiled} of {args.count} modules compile")
    _table(of_compiled, of_texts & of_compiled, more)
    for (module, code, function), _ in list(more.items())[: args.show]:
        print(f"only in the text: {code} {module} {function}")
    return 1 if more else 0


def _table(compiled: sources.Said, both: sources.Said, more: sources.Said) -> None:
    counts = [_by_code(one) for one in (compiled, both, more)]
    print(f"{'code':6}{'compiled':>10}{'in the text too':>17}{'only there':>12}")
    for code in sorted(set().union(*counts), key=lambda code: (code == "all", code)):
        print(f"{code:6}{counts[0][code]:>10}{counts[1][code]:>17}{counts[2][code]:>12}")


def _by_code(said: sources.Said) -> Counter[str]:
    found = Counter({"all": said.total()})
    for (_, code, _), count in said.items():
        found[code] += count
    return found


if __name__ == "__main__":
    sys.exit(main())
