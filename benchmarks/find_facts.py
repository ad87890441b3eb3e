"""What all functions of all modules name, in one process: calls, what waits, funs. A program of its own to be measured.

python benchmarks/find_facts.py FOLDER ...
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from relupc.api.found import Found
from relupc.api.programs import Beams


def find(folders: Sequence[str]) -> None:
    """Ask for the facts of every function of every .beam file in the folders and below them."""
    beams = Beams(Found())
    for folder in sorted({str(path.parent) for name in folders for path in Path(name).rglob("*.beam")}):
        for beam in beams.folder(folder):
            acts = beams.module(beam, "", decoded=True).acts
            assert acts is None or all(isinstance(act.calls, frozenset) for act in acts.values())


if __name__ == "__main__":
    gc.disable()  # as the command does
    find(sys.argv[1:])
    os._exit(0)  # and this, too
