"""Directories of cases in, what a real OTP makes of each out."""

from __future__ import annotations

import base64
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.otp import case

SCRIPT = Path(__file__).with_name("oracle.escript")


@dataclass(frozen=True, slots=True)
class Said:
    """A reason for an error or a warning: its class such as `systools_rc/undef_module`, and its `~tp` text."""

    error_class: str
    term: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is ok, error or crash; `free` says that OTP leaves the order of some modules to chance."""

    status: str
    free: bool
    error: Said | None
    text: str | None
    relup: bytes | None
    warnings: tuple[Said, ...]


def settled(escript: str, directories: Sequence[Path]) -> list[Answer]:
    """What OTP makes of cases, with each free order settled by the place of the instructions in the script.

    Two VMs go through all of them: one with OTP as it stands, one where `ranked/digraph_utils.erl` breaks ties.
    Where nothing was free both must have said the same, or the second is no OTP.
    """
    with ThreadPoolExecutor(2) as pool:
        plain, ranked = pool.map(lambda mode: ask(escript, mode, directories), ("plain", "ranked"))
    for directory, one, other in zip(directories, plain, ranked, strict=True):
        if one != other and not other.free and "EXIT" not in str(other.error):
            raise AssertionError(f"the two ways to ask OTP differ over {directory}: {one} and {other}")
    return ranked


def ask(escript: str, mode: str, directories: Sequence[Path]) -> list[Answer]:
    """What OTP makes of each case; `mode` is `plain` or `ranked`. Nothing is written into the directories."""
    with tempfile.TemporaryDirectory() as scratch:
        return _run(escript, mode, [_question(directory, scratch) for directory in directories])


def read_terms(escript: str, files: Iterable[Path]) -> list[Answer]:
    """The first term of each file as systools reads it: its `~tp` text is `text` where it can be read."""
    return _run(escript, "plain", [f"{{term,{_string(str(file.absolute()))}}}." for file in files])


def _run(escript: str, mode: str, questions: list[str]) -> list[Answer]:
    with tempfile.NamedTemporaryFile("w", encoding="ascii", suffix=".terms") as asked:
        asked.write("".join(question + "\n" for question in questions))
        asked.flush()
        command = [escript, str(SCRIPT), mode, asked.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    answers = [_answer(line) for line in done.stdout.splitlines()]
    if done.returncode != 0 or len(answers) != len(questions):
        raise AssertionError(f"the oracle gave {len(answers)} of {len(questions)} answers: {done.stderr}")
    return answers


def _question(directory: Path, scratch: str) -> str:
    call = case.read(directory)
    out = f"{scratch}/relup" if call.out == "relup" else call.out
    options = [f"{{path,[{','.join(map(_string, call.path))}]}}"]
    options += ["restart_emulator"] * call.restart
    options += ["warnings_as_errors"] * (call.fail_on == "warning")
    up, down = ("[" + ",".join(map(_base, bases)) + "]" for bases in (call.up_from, call.down_to))
    names = [_string(text) for text in (str(directory.absolute()), call.new)]
    return f"{{relup,{','.join(names)},{up},{down},[{','.join(options)}],{_string(out)}}}."


def _base(base: case.Base) -> str:
    return _string(base) if isinstance(base, str) else f"{{{_string(base[0])},{_string(base[1])}}}"


def _string(text: str) -> str:
    if text.isascii() and text.isprintable() and not set(text) & set('"\\'):
        return f'"{text}"'
    return "[" + ",".join(str(ord(char)) for char in text) + "]"


def _answer(line: str) -> Answer:
    status, free, *fields = line.split(" ")
    error_class, term, text, relup, *rest = [None if f == "-" else base64.b64decode(f) for f in fields]
    warnings = tuple(_said(*pair) for pair in zip(rest[::2], rest[1::2], strict=True))
    error = None if error_class is None else _said(error_class, term)
    said = term if error is None else text
    return Answer(status, free == "1", error, None if said is None else said.decode(), relup, warnings)


def _said(error_class: bytes | None, term: bytes | None) -> Said:
    return Said((error_class or b"").decode(), (term or b"").decode())
