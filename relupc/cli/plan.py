"""`relupc plan`: a relup or two releases in, what will happen out, as text or picture."""

from __future__ import annotations

import argparse
import io
from typing import TYPE_CHECKING

from relupc.cli import DONE, FAILED, PROBLEMS
from relupc.cli.output import Streams, clash, give, style_for, whereabouts
from relupc.cli.settings import WHY, refuse, settings_of
from relupc.model.value import replace

if TYPE_CHECKING:
    from relupc.api.plan import Asked
    from relupc.model.config import Config
    from relupc.model.outcome import Options
    from relupc.model.timeline import Planned
    from relupc.report import Style


def command(args: argparse.Namespace, streams: Streams) -> int:
    """Run the command; the exit code."""
    settings = settings_of(args)
    asked = args.format or settings.config.plan_format
    formats = [("json" if asked == "json" else "full", "")]
    if settings.problems:
        return refuse(args, settings, formats, streams)
    what = args.what if args.what is not None else settings.config.new
    if what is None:
        streams.err.write("relupc: plan needs RELUP or NEW: name one, or set `new` below [builds] in relupc.toml\n")
        return FAILED
    if args.against is not None and asked not in ("table", "json"):
        streams.err.write("relupc: --against has the formats table and json\n")
        return FAILED
    if args.only and asked == "term":
        streams.err.write("relupc: a relup of --only would lack steps; leave out --only, or use another format\n")
        return FAILED
    from relupc.api.plan import relup_named  # noqa: PLC0415 - not for a usage error

    old = [base for text in args.old for base in ([text] if "=" in text else text.split(","))]
    if relup_named(what) is None:
        from relupc.api.files import lost_builds  # noqa: PLC0415 - not for a relup

        old = old or list(settings.config.old)
        if not old:
            streams.err.write("relupc: plan needs OLD: name one with --from, or set `from` below [builds]\n")
            return FAILED
        lost = tuple(lost_builds(settings.config, what, with_new=args.what is None, with_old=not args.old))
        if lost:
            return refuse(args, replace(settings, problems=lost), formats, streams)
    return _plan(args, what, old, asked, settings.config, streams)


def _plan(args: argparse.Namespace, what: str, old: list[str], form: str, config: Config, streams: Streams) -> int:
    from relupc.api.plan import Asked, planned  # noqa: PLC0415 - not for a usage error
    from relupc.model.outcome import Options  # noqa: PLC0415

    options = Options(
        config.folders, isolated=args.isolated, otp_root=args.otp_root, appups=config.appups, otp=config.target_otp
    )
    only = tuple(name for text in args.only for name in text.split(","))
    found = planned(what, old, Asked(args.direction, only), options, config)
    other = None
    if args.against is not None and not found.failure:
        other = _other(args, old, Asked(args.direction, only), options, config)
        found = replace(found, files=(*found.files, *other.files))
        if other.failure:
            found, other = other, None
    if clash([args.out], found.files, streams.err):
        return FAILED
    for path in found.files if args.verbose else ():
        streams.err.write(f"read {path}\n")
    code = _give(args, found, form, streams, other)
    if code == DONE and any(d.severity == "error" for d in found.diagnostics):
        code = PROBLEMS
    return code if code else PROBLEMS if found.verdict == "blocked" else DONE


def _other(args: argparse.Namespace, old: list[str], asked: Asked, options: Options, config: Config) -> Planned:
    """The other plan. A relup is taken whole: its versions are no releases, and it may lack the way asked for."""
    from relupc.api.plan import planned, relup_named  # noqa: PLC0415 - not for a usage error

    if not relup_named(args.against):
        return planned(args.against, old, asked, options, config)
    found = planned(args.against, [], replace(asked, direction="both"), options, config)
    return replace(found, timelines=tuple(one for one in found.timelines if asked.has(one.direction)))


def _give(args: argparse.Namespace, found: Planned, form: str, streams: Streams, other: Planned | None) -> int:
    """Print or write the plan, and say what is wrong; the exit code as far as that goes."""
    style = style_for(streams.out, args.color, args.quiet)
    code = DONE
    if found.timelines or form == "json":
        code = _put(args, _text(args, found, form, style, other), form, streams)
    problems = tuple(d for d in found.diagnostics if d.severity == "error" or args.verbose)
    if problems and form != "json":
        _tell(args, replace(found, diagnostics=problems), form, style, streams)
    if not found.failure:
        return code
    return PROBLEMS if found.failure == "input" else FAILED


def _text(args: argparse.Namespace, found: Planned, form: str, style: Style, other: Planned | None) -> str:
    from relupc.report.plan_formats import FOR_READERS, drawn  # noqa: PLC0415 - not for a usage error

    if other is not None:
        return _differences(args, found, other, form, style)
    if form == "json":
        from relupc import __version__  # noqa: PLC0415
        from relupc.report.plan_json import plan_document  # noqa: PLC0415

        return plan_document(found, __version__)
    if form == "term":
        from relupc.api.plan import term_text  # noqa: PLC0415

        return term_text(found)
    if args.quiet and form in FOR_READERS:
        from relupc.report.plan_table import summaries  # noqa: PLC0415

        return summaries(found)
    return drawn(form, found, style, verbose=bool(args.verbose))


def _differences(args: argparse.Namespace, found: Planned, other: Planned, form: str, style: Style) -> str:
    from relupc import __version__  # noqa: PLC0415 - not for a usage error
    from relupc.api.plan import between  # noqa: PLC0415
    from relupc.report.plan_against import differences_document, plan_differences  # noqa: PLC0415
    from relupc.report.plan_json import plan_document  # noqa: PLC0415

    ways = between(other, found)
    if form == "json":
        return plan_document(found, __version__, differences_document(ways))
    return plan_differences(ways, style, verbose=bool(args.verbose))


def _put(args: argparse.Namespace, text: str, form: str, streams: Streams) -> int:
    """Write to the file that was named, or to standard output."""
    if args.out and args.out != "-":
        from relupc.save import save  # noqa: PLC0415 - only for a file

        problem = save(args.out, text)
        said = problem.one_line if problem else f"wrote {args.out}"
        if problem or not args.quiet:
            streams.err.write(f"{said}\n")
        return FAILED if problem else DONE
    if args.quiet < 2:
        if form != "table" and isinstance(streams.out, io.TextIOWrapper):
            streams.out.reconfigure(encoding="utf-8", newline="\n")  # whatever the terminal is
        streams.out.write(text)
    return DONE


def _tell(args: argparse.Namespace, found: Planned, form: str, style: Style, streams: Streams) -> None:
    """Say what is wrong: below a plan for readers, else on standard error."""
    from relupc import __version__  # noqa: PLC0415 - not for a good plan
    from relupc.report import Report  # noqa: PLC0415
    from relupc.report.plan_formats import FOR_READERS  # noqa: PLC0415

    root, folder = whereabouts()
    report = Report(
        command="plan",
        diagnostics=found.diagnostics,
        files=found.files,
        failing=WHY.get(found.failure or "", ""),
        version=__version__,
        root=root,
        folder=folder,
    )
    out = streams.out if form in FOR_READERS and not args.out else streams.err
    if found.timelines and out is streams.out and args.quiet < 2:
        out.write("\n")
    give(report, style, [("full", "")], out, streams.err)
