"""A file of one term, read as relupc reads a relup: a program of its own, so that only this is measured.

python benchmarks/read_terms.py FILE
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from relupc.model.otp import NEWEST_OTP
from relupc.model.source import Source
from relupc.read.file import Unreadable
from relupc.read.text import read_first


def read(file: str) -> None:
    """Read the term; it has to be one that relupc can read."""
    assert not isinstance(read_first(Source(file, Path(file).read_text("utf-8")), NEWEST_OTP), Unreadable)


if __name__ == "__main__":
    gc.disable()  # as the command does
    read(sys.argv[1])
