"""`relupc generate`: two builds in, the appups that lead from one to the other out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from relupc.cli import DONE, FAILED, PROBLEMS
from relupc.cli.output import Streams, give, read_formats, style_for, whereabouts
from relupc.cli.progress import progress_on
from relupc.cli.settings import WHY, refuse, settings_of
from relupc.model.value import replace

if TYPE_CHECKING:
    from relupc.api.generate import Generated
    from relupc.model.config import Config
    from relupc.model.diagnostic import Diagnostic

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
    named = [base for text in args.old for base in text.split(",") if base]
    return args.new or config.new, named or [base.partition("=")[0] for base in config.old]


def _generate(
    args: argparse.Namespace, new: str, old: list[str], config: Config, formats: Formats, streams: Streams
) -> int:
    from relupc.api.generate import failure_of, generated  # noqa: PLC0415 - not for a usage error
    from relupc.api.placing import Placing, in_the_way  # noqa: PLC0415
    from relupc.model.outcome import Options  # noqa: PLC0415

    wanted = [name for text in args.app for name in text.split(",")]
    placing = Placing(args.layout, None if args.out == "-" else args.out, args.merge)
    with progress_on(args, streams.err) as progress:
        options = Options(config.folders, isolated=args.isolated, otp_root=args.otp_root, progress=progress)
        found = generated(new, old, options, config, wanted, placing)
    for path in found.files if args.verbose else ():
        streams.err.write(f"read {path}\n")
    stuck = () if args.diff or args.merge or args.out == "-" else in_the_way(found.placed)
    diagnostics = (*stuck, *found.diagnostics)
    failure = failure_of(diagnostics)
    shows = bool(args.diff or args.out == "-" or any(one.path is None for one in found.placed)) and not failure
    lost = _said(args, found, diagnostics, formats, WHY.get(failure or "", ""), streams, shows=shows)
    if not found.appups and not diagnostics and not args.quiet:
        streams.err.write("relupc: nothing to write: no application that is asked for has another version\n")
    if failure or not _put(args, found, streams) or lost:
        return FAILED
    differs = args.diff and any(one.old != one.new for one in found.placed)
    return PROBLEMS if differs or any(d.severity == "error" for d in diagnostics) else DONE


def _put(args: argparse.Namespace, found: Generated, streams: Streams) -> bool:
    """Show or write the appups; whether that was possible."""
    if args.diff:
        from relupc.api.placing import patch_of  # noqa: PLC0415 - only for this flag

        _show(patch_of(found.placed, found.homes), args, streams)
        return True
    from relupc.api.placing import make_folder  # noqa: PLC0415 - not for a usage error
    from relupc.save import save  # noqa: PLC0415

    done = True
    for one in found.placed:
        if one.path is None or args.out == "-":
            title = f"%% {one.app}.appup\n".encode() if len(found.placed) > 1 else b""
            _show(title + one.new, args, streams)
        elif one.old != one.new:
            problem = make_folder(one.path) or save(one.path, one.new)
            done = done and problem is None
            if problem or not args.quiet:
                streams.err.write(f"{problem.one_line}\n" if problem else f"wrote {one.path}\n")
    return done


def _show(text: bytes, args: argparse.Namespace, streams: Streams) -> None:
    streams.out.write(text.decode("utf-8", "backslashreplace") if args.quiet < 2 else "")


def _said(
    args: argparse.Namespace,
    found: Generated,
    diagnostics: tuple[Diagnostic, ...],
    formats: Formats,
    failing: str,
    streams: Streams,
    *,
    shows: bool,
) -> int:
    """Say what people have to look at; on standard error where a text goes to standard output."""
    from relupc import __version__  # noqa: PLC0415 - not for a usage error
    from relupc.report import Report  # noqa: PLC0415

    if not diagnostics and all(not file for _, file in formats) and formats[0][0] in ("full", "concise"):
        return 0
    stream = streams.err if shows else streams.out
    root, folder = whereabouts()
    report = Report(
        command="generate",
        diagnostics=diagnostics,
        files=found.files,
        failing=failing,
        version=__version__,
        root=root,
        folder=folder,
    )
    return give(report, style_for(stream, args.color, args.quiet), formats, stream, streams.err)
