"""`relupc compile`: flags in, a relup and a report out."""

from __future__ import annotations

import argparse
import io
import os
from typing import TYPE_CHECKING, TextIO

from relupc.cli import DONE, FAILED, PROBLEMS
from relupc.cli.output import Streams, clash, give, many, read_formats, style_for, whereabouts
from relupc.cli.progress import progress_on
from relupc.cli.settings import refuse, settings_of
from relupc.model.value import replace

if TYPE_CHECKING:
    from relupc.model.config import Config
    from relupc.model.diagnostic import Diagnostic
    from relupc.model.outcome import Compiled, Options, Outcome
    from relupc.report import Report


def command(args: argparse.Namespace, streams: Streams) -> int:
    """Run the command; the exit code."""
    if args.check and args.out == "-":
        streams.err.write("relupc: --check compares with a file: name one with --out\n")
        return FAILED
    formats = read_formats(args.format, streams.err)
    if formats is None:
        return FAILED
    settings = settings_of(args)
    if settings.problems:
        return refuse(args, settings, formats, streams)
    new = args.new or settings.config.new
    if new is None:
        streams.err.write("relupc: compile needs NEW: name a release, or set `new` below [builds] in relupc.toml\n")
        return FAILED
    from relupc.api.files import lost_builds  # noqa: PLC0415 - not for a usage error

    lost = tuple(lost_builds(settings.config, new, with_new=args.new is None, with_old=not args.bases))
    if lost:
        return refuse(args, replace(settings, problems=lost), formats, streams)
    return _compile(args, new, settings.config, formats, streams)


def _compile(
    args: argparse.Namespace, new: str, config: Config, formats: list[tuple[str, str]], streams: Streams
) -> int:
    from relupc.api.compile import attempt  # noqa: PLC0415 - not for a usage error

    ups, downs = _bases(args, config)
    with progress_on(args, streams.err) as progress:
        outcome = attempt(new, ups, downs, replace(_options(args, config), progress=progress), config)
    streams.left.append(outcome)
    file, failed = _out(args, config, outcome)
    if clash([file, *(file for _, file in formats)], outcome.files, streams.err):
        return FAILED
    done, code = "", FAILED if failed else DONE
    if outcome.compiled is None:
        code = PROBLEMS if outcome.failure == "input" else FAILED
    elif not failed:
        failed, done = _put(args, outcome.compiled, file, streams.out)
        if failed:
            code = PROBLEMS if args.check else FAILED
    for path in outcome.files if args.verbose else ():
        streams.err.write(f"read {path}\n")
    if _tell(args, formats, outcome, failed, streams):
        code = FAILED
    if done and not failed and not args.quiet:
        try:
            streams.out.flush()  # so that the two streams come in this order where they are one
        finally:
            streams.err.write(done + "\n")
    return code


def _bases(args: argparse.Namespace, config: Config) -> tuple[list[str], list[str]]:
    """Where to come from, and where to go back to: what flags name, else what the configuration does."""
    bases = [base for group in args.bases for base in group]
    if not bases:
        return list(config.old), list(config.old if config.down else ())
    return [base for way, base in bases if way == "up"], [base for way, base in bases if way == "down"]


def _out(args: argparse.Namespace, config: Config, outcome: Outcome) -> tuple[str, Diagnostic | None]:
    """The file for the relup, and why there can be none."""
    if args.out is not None or not outcome.compiled:
        return args.out or "", None
    new = outcome.releases[0]
    from relupc.model.codes import T008  # noqa: PLC0415 - not for a usage error

    if config.out is None:
        folder = os.path.dirname(new.path)
        if folder and not os.path.isdir(folder):
            label = "the relup belongs beside this file, but that is in an archive"
            return "", T008.at(None, label, path=new.path, help="name the file for the relup with --out")
        return os.path.join(folder, "relup"), None
    old = {plan.base.vsn for plan in outcome.compiled.plans}
    parts = {"{from}": min(old) if len(old) == 1 else None, "{to}": new.vsn, "{name}": new.name}
    file = config.out
    for part, text in parts.items():
        if part in file and text is None:
            label, advice = "`{from}` is one version, but there are several, or none", "name the file with --out"
            return "", T008.at(None, label, path=config.out, help=advice)
        if part in file and (not text or "/" in text or os.sep in text or "\0" in text or text in (".", "..")):
            return "", T008.at(
                None, f"`{text}` cannot be part of a path", path=config.out, help="name the file with --out"
            )
        file = file.replace(part, text or "")
    return file, None


def _options(args: argparse.Namespace, config: Config) -> Options:
    from relupc.model.outcome import Options  # noqa: PLC0415 - not for a usage error

    return Options(
        config.folders,
        isolated=args.isolated,
        otp_root=args.otp_root,
        appups=config.appups,
        otp=config.target_otp,
        restart=args.restart,
        lint=args.lint,
        fail_on=args.fail_on,
    )


def _put(args: argparse.Namespace, compiled: Compiled, file: str, out: TextIO) -> tuple[Diagnostic | None, str]:
    """Write the relup, or compare with what is there: what went wrong, and what was done."""
    from relupc.save import compare, save  # noqa: PLC0415 - only when there is a relup

    steps = sum(len(plan.steps) for plan in compiled.plans)
    count = f"({many(len(compiled.plans), 'plan')}, {many(steps, 'step')})"
    if args.check:
        return compare(file, compiled.text), f"{file} is up to date {count}"
    if file == "-":
        if isinstance(out, io.TextIOWrapper):
            out.reconfigure(encoding="utf-8", newline="\n")  # a relup is UTF-8 whatever the terminal is
        out.write(compiled.text)
        return None, ""
    return save(file, compiled.text), f"wrote {file} {count}"


def _tell(
    args: argparse.Namespace,
    formats: list[tuple[str, str]],
    outcome: Outcome,
    failed: Diagnostic | None,
    streams: Streams,
) -> int:
    """Give the report in every format asked for; how many of their files could not be written."""
    stream = streams.err if args.out == "-" else streams.out
    style = style_for(stream, args.color, args.quiet)
    summary = ""
    if outcome.compiled and not failed and ("full", "") in formats and not args.quiet:
        from relupc.report.table import compile_summary  # noqa: PLC0415 - tables are slow to import

        summary = compile_summary(outcome.compiled.relup, width=style.width, verbose=bool(args.verbose))
    return give(_report(args, outcome, failed, summary), style, formats, stream, streams.err)


def _report(args: argparse.Namespace, outcome: Outcome, failed: Diagnostic | None, summary: str) -> Report:
    from relupc import __version__  # noqa: PLC0415 - not for a usage error
    from relupc.report import Report  # noqa: PLC0415

    root, folder = whereabouts()
    return Report(
        command="compile",
        diagnostics=(*outcome.diagnostics, failed) if failed else outcome.diagnostics,
        files=outcome.files,
        headline=outcome.headline,
        summary=summary,
        failing=f"fail-on = {args.fail_on}" if any(d.code.code == "R115" for d in outcome.diagnostics) else "",
        version=__version__,
        root=root,
        folder=folder,
    )
