"""`relupc lint`: flags in, findings out."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, TextIO

from relupc.cli import DONE, FAILED, PROBLEMS
from relupc.cli.fixing import put, wants_fixes
from relupc.cli.output import Streams, clash, look_of, many, put_out, read_formats, style_for, texts_of, whereabouts
from relupc.cli.progress import progress_on
from relupc.cli.settings import WHY, refuse, settings_of
from relupc.model import disk
from relupc.model.answer import Answer
from relupc.model.value import replace

if TYPE_CHECKING:
    from relupc.api.fixing import Mended
    from relupc.model.config import Config
    from relupc.model.diagnostic import Diagnostic
    from relupc.model.outcome import Linted, Options
    from relupc.report import Report, Style

Formats = list[tuple[str, str]]


def command(args: argparse.Namespace, streams: Streams) -> int:
    """Run the command; the exit code."""
    fixed = wants_fixes(args) and "-" in args.paths  # the fixed text goes to standard output
    out = streams.err if fixed else streams.out

    def run() -> Answer | int:
        return _run(args, out, streams)

    def tell(answer: Answer) -> int:
        streams.err.write(answer.err)
        return FAILED if put_out(answer.texts, args.quiet, out, streams.err) else answer.code

    if _may_be_kept(args):
        from relupc.cli.again import answered  # noqa: PLC0415 - not for texts, which are read again as fast

        return answered(args, look_of(out, args.color), run, tell, streams.err)
    done = run()
    return done if isinstance(done, int) else tell(done)


def _may_be_kept(args: argparse.Namespace) -> bool:
    """Whether the answer to `lint` could be one that took long, and depends on nothing that happens only once."""
    if args.no_cache or args.write_baseline or args.stdin_filename is not None or "-" in args.paths:
        return False
    if args.fix or args.unsafe_fixes or args.diff or args.show_files or args.show_config:
        return False
    return bool(not args.paths or args.old or args.builds) or not all(map(_is_text, args.paths))


def _is_text(path: str) -> bool:
    return path.endswith((".appup", ".appup.src", ".app", ".app.src", ".erl", ".ex", "relup"))


def _run(args: argparse.Namespace, out: TextIO, streams: Streams) -> Answer | int:
    """The answer to a command, which is for `out`; or its exit code, if all is said already."""
    formats = read_formats(args.format, streams.err)
    if formats is None:
        return FAILED
    style = style_for(out, args.color, args.quiet, args.max_frames, args.statistics)
    settings = settings_of(args, os.path.dirname(args.stdin_filename or "") or ".")
    if settings.problems:
        return refuse(args, settings, formats, streams)
    if args.show_config:
        from relupc.config.show import shown  # noqa: PLC0415 - only for this flag

        streams.out.write(shown(settings))
        return DONE
    config = _config(args, settings.config)
    paths, old = _asked(args, config)
    lost = _lost(args, config, paths)
    if lost:
        return refuse(args, replace(settings, problems=lost), formats, streams)
    options = _options(args, config, streams.into)
    if args.show_files:
        return _show_files(paths, options, config, formats, args, streams)
    return _lint(args, paths, old, options, config, formats, style, streams)


def _config(args: argparse.Namespace, config: Config) -> Config:
    from relupc.model.config import BASELINE  # noqa: PLC0415 - not for a usage error

    usual = BASELINE if config.root == "." else os.path.join(config.root, BASELINE)
    baseline = config.baseline or (usual if args.write_baseline else None)
    return replace(config, comments=not args.no_ignores, record=args.write_baseline, baseline=baseline)


def _asked(args: argparse.Namespace, config: Config) -> tuple[list[str], list[str]]:
    """What to look at, and what to compare it with: where no path is named, the builds of the configuration."""
    old = [base for text in args.old for base in text.split(",")]
    if config.new and (args.builds or not args.paths):
        return [*args.paths, config.new], old or [_without_term(base) for base in config.old]
    return list(args.paths), old


def _without_term(base: str) -> str:
    """`OLD` of `OLD=TERM`, which is for `compile`."""
    return base if disk.is_there(base) else base.partition("=")[0]


def _lost(args: argparse.Namespace, config: Config, paths: list[str]) -> tuple[Diagnostic, ...]:
    """The builds of the configuration that are to be looked at and are not there."""
    from relupc.api.files import lost_builds  # noqa: PLC0415 - not for a usage error
    from relupc.model.codes import T008  # noqa: PLC0415

    if args.builds and not config.new:
        label = "no build is named"
        return (T008.at(None, label, path="--builds", help="set `new` and `from` below [builds] in relupc.toml"),)
    if not config.new or config.new not in paths[-1:]:
        return ()
    return tuple(lost_builds(config, config.new, with_old=not args.old))


def _options(args: argparse.Namespace, config: Config, into: TextIO) -> Options:
    from relupc.api.files import STDIN, from_stream  # noqa: PLC0415 - not for a usage error
    from relupc.model.outcome import Options  # noqa: PLC0415

    name = args.stdin_filename
    texts = {disk.real(name): from_stream(into)} if name and STDIN in args.paths else {}
    return Options(
        config.folders,
        isolated=args.isolated,
        otp_root=args.otp_root,
        appups=config.appups,
        otp=config.target_otp,
        texts=texts,
        stdin_filename=name,
    )


def _show_files(
    paths: list[str], options: Options, config: Config, formats: Formats, args: argparse.Namespace, streams: Streams
) -> int:
    """Name what would be looked at, a path on each line."""
    from relupc.api.files import choose  # noqa: PLC0415 - only for this flag
    from relupc.config import Settings  # noqa: PLC0415
    from relupc.model.diagnostic import Problems  # noqa: PLC0415

    problems = Problems()
    for target in choose(paths, options, config, problems).targets:
        streams.out.write(f"{target.path}\n")
    if problems.found:
        return refuse(args, Settings(config, {}, tuple(problems.found)), formats, streams)
    return DONE


def _lint(
    args: argparse.Namespace,
    paths: list[str],
    old: list[str],
    options: Options,
    config: Config,
    formats: Formats,
    style: Style,
    streams: Streams,
) -> Answer | int:
    from relupc.api.lint import examine  # noqa: PLC0415 - not for a usage error

    with progress_on(args, streams.err) as progress:
        options = replace(options, progress=progress)
        mended = _mended(args, paths, old, options, config) if wants_fixes(args) else None
        linted = mended.linted if mended else examine(paths, old, options, config)
    outputs = [file for _, file in formats] + ([config.baseline] if config.record else [])
    if clash(outputs, linted.files, streams.err):
        return FAILED
    if mended and (code := put(mended, args, options, streams)) is not None:
        return code
    written = _record(args, linted, config, streams.err) if config.record else True
    failing = WHY.get(linted.failure or "") or _failing(linted, config)
    tables = _tables(linted, style, formats, verbose=bool(args.verbose))
    said = "".join(f"read {path}\n" for path in linted.files if args.verbose)
    code = FAILED if linted.failure or not written else PROBLEMS if failing else DONE
    return Answer(code, said, texts_of(_report(linted, failing, tables), style, formats))


def _mended(args: argparse.Namespace, paths: list[str], old: list[str], options: Options, config: Config) -> Mended:
    from relupc.api.fixing import mend  # noqa: PLC0415 - only for --fix and --diff

    return mend(paths, old, options, config, unsafe=args.unsafe_fixes)


def _record(args: argparse.Namespace, linted: Linted, config: Config, err: TextIO) -> bool:
    """Write the baseline; whether that was possible."""
    from relupc.save import save  # noqa: PLC0415 - only for --write-baseline

    if linted.failure or linted.baseline is None or config.baseline is None:
        return False  # the report says why
    problem = save(config.baseline, linted.baseline)
    if problem:
        err.write(problem.one_line + "\n")
    elif not args.quiet:
        count = sum(d.suppressed == "baseline" for d in linted.diagnostics)
        err.write(f"wrote {config.baseline} ({many(count, 'finding')})\n")
    return problem is None


def _failing(linted: Linted, config: Config) -> str:
    """The setting that makes the exit code 1; empty if nothing that was found counts."""
    from relupc.model.diagnostic import SEVERITIES  # noqa: PLC0415 - not for a usage error

    if config.fail_on == "never":
        return ""
    limit = SEVERITIES.index(config.fail_on)
    counted = any(SEVERITIES.index(d.severity) <= limit for d in linted.diagnostics if d.suppressed is None)
    return f"fail-on = {config.fail_on}" if counted else ""


def _tables(linted: Linted, style: Style, formats: Formats, *, verbose: bool) -> str:
    """What changed between the builds that were compared, where anybody reads it."""
    if not linted.compared or ("full", "") not in formats or style.quiet or style.statistics:
        return ""
    from relupc.report.changes import changes_text  # noqa: PLC0415 - tables are slow to import

    return changes_text(linted.compared, width=style.width, verbose=verbose)


def _report(linted: Linted, failing: str, tables: str) -> Report:
    from relupc import __version__  # noqa: PLC0415 - not for a usage error
    from relupc.report import Report  # noqa: PLC0415

    root, folder = whereabouts()
    return Report(
        command="lint",
        diagnostics=linted.diagnostics,
        files=linted.files,
        headline=linted.headline,
        tables=tables,
        failing=failing,
        version=__version__,
        skipped=linted.skipped,
        excluded=linted.excluded,
        root=root,
        folder=folder,
    )
