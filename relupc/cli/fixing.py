"""What fixes made of files in, the files or a patch out."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, TextIO

from relupc.cli import BUG, DONE, FAILED, PROBLEMS
from relupc.cli.output import Streams, many

if TYPE_CHECKING:
    from relupc.api.fixing import Mended
    from relupc.model.outcome import Options

BROKEN = "relupc: with its fixes this file can no longer be read; nothing is written. This is a bug in relupc.\n"


def wants_fixes(args: argparse.Namespace) -> bool:
    """Whether any flag asks for fixes."""
    return bool(args.fix or args.unsafe_fixes or args.diff)


def put(mended: Mended, args: argparse.Namespace, options: Options, streams: Streams) -> int | None:
    """Write the files, or print the patch for --diff; the exit code if there is no more to do, else None."""
    if mended.broken:
        streams.err.write(f"{mended.broken.one_line}\n{BROKEN}")
        return BUG
    if args.diff:
        return _diff(mended, args.quiet, streams)
    from relupc.save import save  # noqa: PLC0415 - not for --diff

    files = [change for change in mended.changes if os.path.realpath(change.path) not in options.texts]
    problems = [problem for change in files if (problem := save(change.path, change.new))]
    for problem in problems:
        streams.err.write(problem.one_line + "\n")
    if mended.solved and not args.quiet:
        done = f"fixed {many(mended.solved, 'problem')} in {many(len(mended.changes), 'file')}"
        streams.err.write(f"{done}, but not all could be written\n" if problems else f"{done}\n")
    new = {os.path.realpath(change.path): change.new for change in mended.changes}
    for path, text in options.texts.items():
        _write(streams.out, new.get(path, text))
    return FAILED if problems else None


def _diff(mended: Mended, quiet: int, streams: Streams) -> int:
    """Print the patch; also what keeps relupc from looking at all, since nothing else will say it."""
    from relupc.api.fixing import patch_of  # noqa: PLC0415 - only for --diff
    from relupc.model.selection import ALWAYS  # noqa: PLC0415

    text = patch_of(mended)
    _write(streams.out, text if quiet < 2 else b"")
    unread = [d for d in mended.linted.diagnostics if d.code.code in ALWAYS and d.severity == "error"]
    for diagnostic in unread if quiet < 2 else ():
        streams.err.write(diagnostic.one_line + "\n")
    if mended.linted.failure:
        return FAILED
    return PROBLEMS if text or unread else DONE


def _write(out: TextIO, data: bytes) -> None:
    """Write bytes as they are, whatever the encoding of the stream is."""
    buffer = getattr(out, "buffer", None)
    if buffer is None:
        out.write(data.decode("utf-8", "backslashreplace"))
    else:
        out.flush()
        buffer.write(data)
