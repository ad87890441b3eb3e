"""All compiled modules of this machine through OTP and relupc: every instruction of every function, and the MD5.

    python benchmarks/beams.py [FOLDER ...] [--jobs 2]

Without folders: those of the OTP and of the Elixir that are installed. Compared are the names of instructions, their
registers and values, and how many there are, with `beam_disasm:file/1` and `beam_lib:md5/1`. Exit code 1 if anything
differs. The time is that of relupc alone, in one process: `facts` for everything but code, `code` for all instructions.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from relupc.beam import read_beam, read_code
from relupc.model.beam import Beam, Code
from tests.beam import disasm

BATCH = 50


def main() -> int:
    """Run all, print what differs and how many there are; the exit code."""
    parser = argparse.ArgumentParser(description="Compare relupc's reader of compiled modules with OTP's.")
    parser.add_argument("folders", nargs="*", type=Path, help="where to look for .beam files [OTP, Elixir]")
    parser.add_argument("--jobs", type=int, default=2, help="processes [2]")
    args = parser.parse_args()
    escript = shutil.which("escript")
    if escript is None:
        sys.exit("no escript on PATH: install Erlang/OTP 25")
    paths = sorted(str(path) for folder in args.folders or _installed() for path in folder.rglob("*.beam"))
    batches = [(escript, paths[start : start + BATCH]) for start in range(0, len(paths), BATCH)]
    with ProcessPoolExecutor(args.jobs) as pool:
        found = [difference for differences in pool.map(_batch, batches) for difference in differences]
    print("".join(f"{difference}\n" for difference in found[:100]), end="")
    _measure(paths)
    print(f"{len(paths)} modules, {len(found)} differences")
    return 1 if found else 0


def _installed() -> list[Path]:
    """The folders `lib` of Erlang and Elixir."""
    programs = [found for name in ("erl", "elixir") if (found := shutil.which(name))]
    return [Path(program).resolve().parent.parent / "lib" for program in programs]


def _batch(batch: tuple[str, list[str]]) -> list[str]:
    escript, paths = batch
    said = disasm.otp_spelled(escript, paths)
    assert len(said) == len(paths), "the escript says something of every file"
    return [
        f"{path}: {difference}"
        for path, theirs in zip(paths, said, strict=True)
        for difference in disasm.differences(disasm.spelled(path), theirs)
    ]


def _measure(paths: list[str]) -> None:
    files = [(path, Path(path).read_bytes()) for path in paths]
    gc.disable()
    began = time.process_time()
    beams = [beam for path, data in files if isinstance(beam := read_beam(path, data), Beam)]
    facts = time.process_time() - began
    began = time.process_time()
    functions = instructions = 0
    for beam in beams:
        code = read_code(beam)
        if isinstance(code, Code):
            functions += len(code.functions)
            instructions += sum(len(body.instructions) for body in code.functions)
    print(f"facts {facts:.2f} s, code {time.process_time() - began:.2f} s of CPU")
    print(f"{functions} functions, {instructions} instructions")


if __name__ == "__main__":
    sys.exit(main())
