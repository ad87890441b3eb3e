"""A report in, its texts on the streams and in files out; the exit codes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from relupc.model import disk
from relupc.model.value import dataclass

if TYPE_CHECKING:
    from relupc.report import Report, Style

VARIABLE = "RELUPC_FORMAT"


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a command reads and writes, and what it leaves to the end of the process: that frees it at once."""

    out: TextIO
    err: TextIO
    into: TextIO
    left: list[object]


def read_formats(texts: Sequence[str], err: TextIO) -> list[tuple[str, str]] | None:
    """(format, file) of each --format or of RELUPC_FORMAT, file `` for standard output; None if they cannot be."""
    from relupc.report import FORMATS  # noqa: PLC0415 - not for --help

    asked = texts or list(filter(None, [os.environ.get(VARIABLE)]))
    written = [text.removesuffix("=-").partition("=") for group in asked for text in group.split(",")]
    pairs = [(name, file) for name, _, file in written] or [("full", "")]
    for name, _ in pairs:
        if name not in FORMATS:
            import difflib  # noqa: PLC0415 - only for a mistake

            guess = difflib.get_close_matches(name, FORMATS, n=1)
            hint = f"did you mean `{guess[0]}`?" if guess else f"there are {', '.join(FORMATS)}"
            err.write(f"relupc: no format `{name}`{'' if texts else f' of {VARIABLE}'}; {hint}\n")
            return None
    if sum(not file for _, file in pairs) > 1:
        err.write("relupc: at most one --format can go to standard output; write the others as F=FILE\n")
        return None
    return pairs


def clash(files: Sequence[str | None], inputs: Sequence[str], err: TextIO) -> bool:
    """Whether a file would be written twice, or is an input: said on `err`."""
    if not any(files):
        return False
    from relupc.save import overwritten  # noqa: PLC0415 - only where one is written

    name = overwritten(files, inputs)
    if name is not None:
        err.write(f"relupc: `{name}` is read too, or written twice; name another file\n")
    return name is not None


def give(report: Report, style: Style, formats: list[tuple[str, str]], out: TextIO, err: TextIO) -> int:
    """Give the report in every format asked for; how many of their files could not be written."""
    return put_out(texts_of(report, style, formats), style.quiet, out, err)


def texts_of(report: Report, style: Style, formats: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The report in every format asked for, each with its file; the file of standard output is ``."""
    from relupc.report import FORMATS, Style  # noqa: PLC0415 - not for --help

    plain = Style(max_frames=style.max_frames, statistics=style.statistics)
    return tuple((file, FORMATS[name](report, plain if file else style)) for name, file in formats)


def put_out(texts: Iterable[tuple[str, str]], quiet: int, out: TextIO, err: TextIO) -> int:
    """Put texts where they belong; how many files could not be written."""
    lost = 0
    for file, text in texts:
        if not file and quiet < 2:
            with contextlib.suppress(BrokenPipeError):  # the exit code still says how it went
                out.write(text)
        elif file:
            from relupc.save import save  # noqa: PLC0415 - see above

            if problem := save(file, text):
                err.write(problem.one_line + "\n")
                lost += 1
    return lost


def style_for(stream: TextIO, color: str, quiet: int, max_frames: int = 20, statistics: bool = False) -> Style:
    """How to print to a stream."""
    from relupc.report import Style  # noqa: PLC0415 - not for --help

    return Style(*look_of(stream, color), max_frames, quiet, statistics)


def look_of(stream: TextIO, color: str) -> tuple[bool, int]:
    """Whether to print in colours, and into how many columns."""
    return _colored(color, stream), _width(stream)


def whereabouts() -> tuple[str, str]:
    """The root of the repository that the working folder is in, or that folder itself, and that folder."""
    try:
        folder = os.getcwd()
    except OSError:  # it was removed
        return "", ""
    above = folder
    while not disk.is_there(os.path.join(above, ".git")):
        above, below = os.path.dirname(above), above
        if above == below:
            return folder, folder
    return above, folder


def _colored(when: str, stream: TextIO) -> bool:
    if when != "auto":
        return when == "always"
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and not os.environ.get("NO_COLOR")


def _width(stream: TextIO) -> int:
    if not stream.isatty():
        return 100
    import shutil  # noqa: PLC0415 - only for a terminal

    return min(shutil.get_terminal_size().columns, 120)


def many(count: int, noun: str) -> str:
    """`1 plan`, `2 plans`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
