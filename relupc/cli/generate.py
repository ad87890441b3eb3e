"""`relupc generate`: two builds in, the appups that lead from one to the other out."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from relupc.cli import DONE, FAILED, PROBLEMS
from relupc.cli.output import Streams, give, read_formats, style_for, whereabouts
from relupc.cli.progress import progress_on
from relupc.cli.settings import WHY, refuse, settings_of
from relupc.model.value import replace

if TYPE_CHECKING:
    from relupc.api.generate import Generated
    from relupc.model.config import Config

Formats = list[tuple[str, str]]


def command(args: argparse.Namespace, streams: Streams) -> int:
    """Run the command; the exit code."""
    formats = read_formats(args.format, streams.err)
    if formats is None:
        return FAILED
    settings = settings_of(args)
    if settings.problems:
        return refuse(args, settings, formats, streams)
    new, old = _asked(args, settings.config)
    if new is None or not old:
        what = "NEW: name a build" if new is None else "OLD: name a build with --from"
        streams.err.write(f"relupc: generate needs {what}, or set [builds] in relupc.toml\n")
        return FAILED
    from relupc.api.files import lost_builds  # noqa: PLC0415 - not for a usage error

    lost = tuple(lost_builds(settings.config, new, with_new=args.new is None, with_old=not args.old))
    if lost:
        return refuse(args, replace(settings, problems=lost), formats, streams)
    return _generate(args, new, old, settings.config, formats, streams)


def _asked(args: argparse.Namespace, config: Config) -> tuple[str | None, list[str]]:
    """The builds: where they are not named, those of the configuration."""
    named = [base for text in args.old for base in text.split(",")]
    return args.new or config.new, named or [base.partition("=")[0] for base in config.old]


def _generate(
    args: argparse.Namespace, new: str, old: list[str], config: Config, formats: Formats, streams: Streams
) -> int:
    from relupc.api.generate import failure_of, generated  # noqa: PLC0415 - not for a usage error
    from relupc.model.outcome import Options  # noqa: PLC0415

    wanted = [name for text in args.app for name in text.split(",")]
    with progress_on(args, streams.err) as progress:
        options = Options(config.folders, isolated=args.isolated, otp_root=args.otp_root, progress=progress)
        found = generated(new, old, options, config, wanted)
    for path in found.files if args.verbose else ():
        streams.err.write(f"read {path}\n")
    failure = failure_of(found.diagnostics)
    lost = _said(args, found, formats, WHY.get(failure or "", ""), streams)
    if failure or not _put(args, found, streams) or lost:
        return FAILED
    return PROBLEMS if any(d.severity == "error" for d in found.diagnostics) else DONE


def _put(args: argparse.Namespace, found: Generated, streams: Streams) -> bool:
    """Write the appups; whether that was possible."""
    from relupc.propose.text import text_of  # noqa: PLC0415 - not for a usage error
    from relupc.save import save  # noqa: PLC0415

    if args.out in (None, "-"):
        for appup in found.appups if args.quiet < 2 else ():
            streams.out.write(f"%% {appup.app}.appup\n" if len(found.appups) > 1 else "")
            streams.out.write(text_of(appup))
        return True
    os.makedirs(args.out, exist_ok=True)
    done = True
    for appup in found.appups:
        path = os.path.join(args.out, f"{appup.app}.appup")
        problem = save(path, text_of(appup))
        done = done and problem is None
        if problem or not args.quiet:
            streams.err.write(f"{problem.one_line}\n" if problem else f"wrote {path}\n")
    return done


def _said(args: argparse.Namespace, found: Generated, formats: Formats, failing: str, streams: Streams) -> int:
    """Say what people have to look at; on standard error where the text goes to standard output."""
    from relupc import __version__  # noqa: PLC0415 - not for a usage error
    from relupc.report import Report  # noqa: PLC0415

    if not found.diagnostics and all(not file for _, file in formats) and formats[0][0] in ("full", "concise"):
        return 0
    stream = streams.err if found.appups and args.out in (None, "-") else streams.out
    root, folder = whereabouts()
    report = Report(
        command="generate",
        diagnostics=found.diagnostics,
        files=found.files,
        failing=failing,
        version=__version__,
        root=root,
        folder=folder,
    )
    return give(report, style_for(stream, args.color, args.quiet), formats, stream, streams.err)
