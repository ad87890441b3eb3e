"""`relupc versions`: a git checkout in, each application's version out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from relupc.cli import DONE, FAILED, PROBLEMS
from relupc.cli.output import Streams, give, style_for, whereabouts
from relupc.cli.settings import WHY, refuse, settings_of, words

if TYPE_CHECKING:
    from relupc.model.checkout import Versions


def command(args: argparse.Namespace, streams: Streams) -> int:
    """Run the command; the exit code."""
    settings = settings_of(args)
    if settings.problems:
        return refuse(args, settings, [("full" if args.format == "table" else args.format, "")], streams)
    from relupc.api.versions import versions_of, why_none  # noqa: PLC0415 - not for a usage error

    found = versions_of(args.folder, args.old, words(args.include), allow_dirty=args.allow_dirty)
    failure = why_none(found.diagnostics)
    _put(args, found, WHY.get(failure or "", ""), streams)
    severities = {d.severity for d in found.diagnostics}
    return FAILED if failure else PROBLEMS if severities & {"error", "warning"} else DONE


def _put(args: argparse.Namespace, found: Versions, failing: str, streams: Streams) -> None:
    from relupc import __version__  # noqa: PLC0415 - not for a usage error
    from relupc.report import Report  # noqa: PLC0415
    from relupc.report.versions import versions_document, versions_summary, versions_table  # noqa: PLC0415

    if args.format == "json":
        streams.out.write(versions_document(found, __version__) if args.quiet < 2 else "")
        return
    style = style_for(streams.out, args.color, args.quiet)
    root, folder = whereabouts()
    said = {d.code.name for d in found.diagnostics if d.severity != "note"}
    report = Report(
        command="versions",
        diagnostics=found.diagnostics,
        files=(),
        tables=versions_table(found, width=0 if args.verbose else style.width),
        summary=versions_summary(found),
        failing=failing or ", ".join(sorted(said)),
        version=__version__,
        root=root,
        folder=folder,
    )
    give(report, style, [("full" if args.format == "table" else args.format, "")], streams.out, streams.err)
