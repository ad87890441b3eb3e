"""Modules in, their spelling of disasm.escript out; and what the escript says of them."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from relupc.beam import read_beam_file, read_code
from relupc.model.beam import Beam, Code, Operand
from relupc.model.term import Atom, Int, Term
from tests.read.dump import dump

ESCRIPT = Path(__file__).parent / "disasm.escript"


def spelled(path: str) -> list[str]:
    """The lines for a file."""
    beam = read_beam_file(path)
    assert isinstance(beam, Beam), beam
    code = read_code(beam)
    assert isinstance(code, Code), code
    functions = (
        f"{body.name.encode().hex()} {body.arity} "
        + " ".join(i.op + "".join(f",{leaf}" for leaf in leaves(i.args)) for i in body.instructions)
        for body in code.functions
    )
    return [beam.md5.hex(), *functions]


def leaves(args: Sequence[Operand]) -> Iterator[str]:
    """Registers and values, those in lists, too."""
    for kind, value in args:
        if kind in ("x", "y", "fr"):
            yield f"{kind}{value}"
        elif kind in ("a", "i", "literal"):
            yield _value(value)
        elif kind == "nil":
            yield "nil"
        elif kind == "list":
            assert isinstance(value, tuple)
            yield from leaves(value)  # type: ignore[arg-type]  # a list has operands


def _value(value: object) -> str:
    if isinstance(value, str):
        return dump(Atom(value))
    if isinstance(value, int):
        return dump(Int(value))
    assert isinstance(value, Term)
    return "l" + hashlib.md5(dump(value).encode()).hexdigest()


def otp_spelled(escript: str, paths: Sequence[str]) -> list[list[str]]:
    """The lines for each file, as OTP gives them."""
    result = subprocess.run(
        [escript, str(ESCRIPT)],
        input="".join(f"{path}\n" for path in paths),
        capture_output=True,
        text=True,
        check=True,
    )
    return [block.split("\n") for block in result.stdout.removesuffix("\n\n").split("\n\n")]


def differences(ours: list[str], theirs: list[str]) -> list[str]:
    """What to say where two spellings of a module differ: for each function the first word that does."""
    found = [_first(a.split(" "), b.split(" ")) for a, b in zip(ours, theirs, strict=False) if a != b]
    return found if len(ours) == len(theirs) else [f"{len(ours) - 1} functions, OTP {len(theirs) - 1}", *found]


def _first(ours: list[str], theirs: list[str]) -> str:
    for at, (a, b) in enumerate(zip(ours, theirs, strict=False)):
        if a != b:
            return f"{ours[0]}/{ours[1]}: instruction {at - 2} is {a}, OTP has {b}"
    return f"{ours[0]}/{ours[1]}: {len(ours) - 2} instructions, OTP has {len(theirs) - 2}"
