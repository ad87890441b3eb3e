"""One part of relupc by itself, as a program that benchmarks/run.py measures.

python benchmarks/tasks.py terms FILE
python benchmarks/tasks.py facts FOLDER ...
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))


def terms(file: str) -> None:
    """Read a file of one term, as relupc reads a relup."""
    from relupc.model.otp import NEWEST_OTP  # noqa: PLC0415 - what is not needed is not measured
    from relupc.model.source import Source  # noqa: PLC0415
    from relupc.read.file import Unreadable  # noqa: PLC0415
    from relupc.read.text import read_first  # noqa: PLC0415

    assert not isinstance(read_first(Source(file, Path(file).read_text("utf-8")), NEWEST_OTP), Unreadable)


def facts(folders: Sequence[str]) -> None:
    """What all functions of all modules name, in one process: calls, what waits, funs."""
    from relupc.api.found import Found  # noqa: PLC0415
    from relupc.api.programs import Beams  # noqa: PLC0415

    beams = Beams(Found())
    for folder in sorted({str(path.parent) for name in folders for path in Path(name).rglob("*.beam")}):
        for beam in beams.folder(folder):
            acts = beams.module(beam, "", decoded=True).acts
            assert acts is None or all(isinstance(act.calls, frozenset) for act in acts.values())


if __name__ == "__main__":
    gc.disable()  # as the command does
    task, *names = sys.argv[1:]
    facts(names) if task == "facts" else terms(names[0])
