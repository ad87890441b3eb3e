"""`relupc diff`: two builds in, what changed between them out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from relupc.cli import DONE, FAILED, PROBLEMS
from relupc.cli.output import Streams, give, style_for, whereabouts
from relupc.cli.progress import progress_on
from relupc.cli.settings import WHY, refuse, settings_of
from relupc.model.value import replace

if TYPE_CHECKING:
    from relupc.model.comparison import Differences
    from relupc.model.config import Config
    from relupc.report import Report, Style


def command(args: argparse.Namespace, streams: Streams) -> int:
    """Run the command; the exit code."""
    settings = settings_of(args)
    formats = [("json" if args.format == "json" else "full", "")]
    if settings.problems:
        return refuse(args, settings, formats, streams)
    old, new = _asked(args, settings.config)
    if old is None or new is None:
        what = "OLD and NEW: name two builds" if new is None else "OLD: name a build"
        streams.err.write(f"relupc: diff needs {what}, or set [builds] in relupc.toml\n")
        return FAILED
    from relupc.api.files import lost_builds  # noqa: PLC0415 - not for a usage error

    lost = tuple(lost_builds(settings.config, new, with_new=args.new is None, with_old=args.old is None))
    if lost:
        return refuse(args, replace(settings, problems=lost), formats, streams)
    return _diff(args, old, new, settings.config, streams)


def _asked(args: argparse.Namespace, config: Config) -> tuple[str | None, str | None]:
    """What to compare: where it is not named, the builds of the configuration."""
    first = next(iter(config.old), None)
    old = args.old if args.old is not None else first.partition("=")[0] if first else None
    return old, args.new if args.new is not None else config.new


def _diff(args: argparse.Namespace, old: str, new: str, config: Config, streams: Streams) -> int:
    from relupc.api.diff import differences, failure_of  # noqa: PLC0415 - not for a usage error
    from relupc.model.outcome import Options  # noqa: PLC0415

    with progress_on(args, streams.err) as progress:
        options = Options(config.folders, isolated=args.isolated, otp_root=args.otp_root, progress=progress)
        found = differences(old, new, options)
    for path in found.files if args.verbose else ():
        streams.err.write(f"read {path}\n")
    failure = failure_of(found.diagnostics)
    has_errors = any(d.severity == "error" for d in found.diagnostics)
    if args.format == "json":
        _put_json(args, found, streams)
    else:
        style = style_for(streams.out, args.color, args.quiet)
        give(_report(args, found, style, WHY.get(failure or "", "")), style, [("full", "")], streams.out, streams.err)
    return FAILED if failure else PROBLEMS if has_errors else DONE


def _put_json(args: argparse.Namespace, found: Differences, streams: Streams) -> None:
    from relupc import __version__  # noqa: PLC0415 - not for a usage error
    from relupc.report.diff import diff_document  # noqa: PLC0415

    if args.quiet < 2:
        streams.out.write(diff_document(found, __version__))


def _report(args: argparse.Namespace, found: Differences, style: Style, failing: str) -> Report:
    from relupc import __version__  # noqa: PLC0415 - not for a usage error
    from relupc.api.comparison import shown  # noqa: PLC0415
    from relupc.report import Report  # noqa: PLC0415
    from relupc.report.changes import changes_text, summary  # noqa: PLC0415

    is_shown = not failing and found.old is not None and found.new is not None
    compared = [shown(found, with_otp=bool(args.verbose))] if is_shown else []
    root, folder = whereabouts()
    return Report(
        command="diff",
        diagnostics=found.diagnostics,
        files=found.files,
        headline=compared[0].title if compared else "",
        tables=changes_text(compared, width=style.width, verbose=bool(args.verbose)),
        summary=summary(found.diffs) if compared else "",
        failing=failing,
        version=__version__,
        root=root,
        folder=folder,
    )
