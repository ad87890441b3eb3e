"""`relupc compose`: two appups or relups in, the one for both steps out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from relupc.cli import DONE, FAILED, PROBLEMS
from relupc.cli.output import Streams, clash, give, read_formats, style_for, whereabouts
from relupc.cli.settings import WHY, refuse, settings_of

if TYPE_CHECKING:
    from relupc.api.compose import Composed


def command(args: argparse.Namespace, streams: Streams) -> int:
    """Run the command; the exit code."""
    formats = read_formats(args.format, streams.err)
    if formats is None:
        return FAILED
    out = None if args.out == "-" else args.out
    settings = settings_of(args)
    if settings.problems:
        return refuse(args, settings, formats, streams)
    if clash([out, *(file for _, file in formats)], [args.first, args.second], streams.err):
        return FAILED
    from relupc.api.compose import composed, failure_of  # noqa: PLC0415 - not for a usage error

    found = composed(args.first, args.second)
    failure = failure_of(found.diagnostics)
    lost = _said(args, found, formats, WHY.get(failure or "", ""), streams)
    if found.text is None:
        return FAILED if failure else PROBLEMS
    if out is None:
        streams.out.write(found.text if args.quiet < 2 else "")
        return FAILED if lost else DONE
    return FAILED if _saved(out, found.text, args.quiet, streams) or lost else DONE


def _saved(path: str, text: str, quiet: int, streams: Streams) -> bool:
    """Write the file; whether that failed."""
    from relupc.save import save  # noqa: PLC0415 - only with --out

    problem = save(path, text)
    if problem:
        streams.err.write(problem.one_line + "\n")
    elif not quiet:
        streams.err.write(f"wrote {path}\n")
    return problem is not None


def _said(
    args: argparse.Namespace, found: Composed, formats: list[tuple[str, str]], failing: str, streams: Streams
) -> int:
    """Say what is wrong, or worth a look; on standard error where the text goes to standard output."""
    from relupc import __version__  # noqa: PLC0415 - not for a usage error
    from relupc.report import Report  # noqa: PLC0415

    if not found.diagnostics and all(not file for _, file in formats) and formats[0][0] in ("full", "concise"):
        return 0
    stream = streams.err if found.text is not None and args.out in (None, "-") else streams.out
    root, folder = whereabouts()
    report = Report(
        command="compose",
        diagnostics=found.diagnostics,
        files=found.files,
        failing=failing,
        version=__version__,
        root=root,
        folder=folder,
    )
    return give(report, style_for(stream, args.color, args.quiet), formats, stream, streams.err)
