"""Terms in, their spelling of tests/read/consult.escript out; and what it says of files."""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path

from relupc.model.term import Atom, Bin, Float, Fun, Int, List, Map, Str, Term, Tuple
from relupc.read.file import Unreadable

ESCRIPT = Path(__file__).parent / "consult.escript"


def dump(term: Term) -> str:
    """A term without its spans."""
    if isinstance(term, Atom):
        return "a" + term.name.encode().hex()
    if isinstance(term, Int):
        return f"i{term.value:X}"
    if isinstance(term, Float):
        return "f" + struct.pack(">d", term.value).hex()
    if isinstance(term, Bin):
        return f"b{term.unused}:{term.data.hex()}"
    if isinstance(term, Tuple):
        return "{" + ",".join(map(dump, term.items)) + "}"
    if isinstance(term, Str):
        return "[" + ",".join(f"i{ord(c):X}" for c in term.value) + "]"
    if isinstance(term, List):
        tail = "|" + dump(term.tail) if term.tail is not None else ""
        return "[" + ",".join(map(dump, term.items)) + tail + "]"
    if isinstance(term, Map):
        return "#{" + ",".join(sorted(f"{dump(k)}={dump(v)}" for k, v in term.pairs)) + "}"
    assert isinstance(term, Fun)
    return f"&{dump(Atom(term.module))}:{dump(Atom(term.function))}/{term.arity}"


def answer(found: Term | tuple[Term, ...] | Unreadable) -> str:
    """One line, as the escript writes it."""
    if isinstance(found, Unreadable):
        return refusal(found)
    return "= " + (",".join(map(dump, found)) if isinstance(found, tuple) else dump(found))


def refusal(found: Unreadable) -> str:
    """`open Posix`, `read` or `parse Line Text`."""
    if isinstance(found.detail, Atom):
        return "read" if found.kind == "read" else f"open {found.detail.name}"
    assert isinstance(found.detail, Tuple)
    line, _, text = found.detail.items
    assert isinstance(line, Int)
    parts = text.items if isinstance(text, List) else (text,)
    joined = "".join(p.value for p in parts if isinstance(p, Str))
    return f"parse {line.value} {joined.encode().hex()}"


def otp_answers(escript: str, paths: list[str]) -> list[tuple[str, str]]:
    """For each file: what systools' reader says, and what file:consult/1 says."""
    result = subprocess.run(
        [escript, str(ESCRIPT)], input="\n".join(paths) + "\n", capture_output=True, encoding="utf-8", check=True
    )
    lines = result.stdout.splitlines()
    return list(zip(lines[::2], lines[1::2], strict=True))
