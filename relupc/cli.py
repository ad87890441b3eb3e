"""Arguments in, text and exit code out: the command `relupc`."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import errno
import gc
import io
import os
import re
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from relupc.model.diagnostic import Diagnostic
    from relupc.model.outcome import Compiled, Options, Outcome

EXAMPLES = """examples:
  relupc compile rel/shop-1.4.0.rel --from rel/shop-1.3.0.rel -p 'lib/*/ebin'
  relupc compile new.rel --up-from 'old.rel="the summer release"' -o rel/relup
  relupc compile new.rel --from old.rel --check --format concise
"""
DONE, PROBLEMS, FAILED, BUG, INTERRUPTED = 0, 1, 2, 3, 130


def run() -> None:
    """The entry point of the command."""
    gc.disable()  # terms have no cycles, and to look for some takes longer than all the rest
    closed = open(os.devnull, "w")  # noqa: SIM115 - Python has None for a stream that the caller closed
    sys.exit(main(sys.argv[1:], sys.stdout or closed, sys.stderr or closed))


def main(argv: Sequence[str], stdout: TextIO, stderr: TextIO) -> int:
    """Run one command; the exit code. 0 done, 1 the input has problems, 2 not possible, 3 a bug in relupc."""
    for stream in (stdout, stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    code = DONE
    try:
        code = _version(stdout) if list(argv) in (["--version"], ["-V"]) else _command(argv, stdout, stderr)
        stdout.flush()
        return code
    except SystemExit as end:  # how argparse ends --help and usage errors
        return end.code if isinstance(end.code, int) else FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _silence(stdout)
        return code
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:  # files are written by save.py
            stderr.write("relupc: cannot write to standard output: no space left\n")
            _silence(stdout)
            return FAILED
        import traceback  # noqa: PLC0415 - only for a bug

        traceback.print_exc(file=stderr)
        stderr.write("\nThis is a bug in relupc. Please report it with the text above.\n")
        return BUG


def _version(stdout: TextIO) -> int:
    from relupc import __version__  # noqa: PLC0415

    stdout.write(f"relupc {__version__} (rules of OTP 25 to 28)\n")
    return DONE


def _silence(stdout: TextIO) -> None:
    """Keep Python from complaining once more when it flushes a closed pipe at exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
    except (OSError, ValueError):
        return


def _command(argv: Sequence[str], stdout: TextIO, stderr: TextIO) -> int:
    parser, flags = _parser()
    # argparse prints its help to the process's own streams; everything here goes to the ones given.
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        if not argv:
            parser.print_help()
            return FAILED
        args, unknown = parser.parse_known_args(argv)
    for word in [word for word in unknown if word.startswith("-")] or unknown:
        guess = difflib.get_close_matches(word.partition("=")[0], flags, n=1)
        stderr.write(f"relupc: unknown argument `{word}`{f'; did you mean `{guess[0]}`?' if guess else ''}\n")
    if args.check and args.out == "-":
        stderr.write("relupc: --check compares with a file: name one with --out\n")
    if unknown or (args.check and args.out == "-"):
        return FAILED
    return _compile(args, stdout, stderr)


def _parser() -> tuple[argparse.ArgumentParser, list[str]]:
    """The parser of all commands, and the flags that they know."""
    parser = argparse.ArgumentParser(
        prog="relupc",
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Hot upgrades for the BEAM: .rel, .app and .appup files -> relup, without Erlang.",
        epilog=EXAMPLES,
    )
    parser.add_argument("-V", "--version", action="store_true", help="relupc and the OTP rules it knows")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    compiler = commands.add_parser(
        "compile",
        allow_abbrev=False,
        help="two releases -> relup",
        description="Make the relup that leads to NEW from the OLD releases, and back.",
        epilog="OLD=TERM in -f, --up-from and --down-to gives the entry a description, an Erlang term.",
    )
    _add_inputs(compiler)
    _add_outputs(compiler)
    return parser, re.findall(r"--[a-z][a-z-]*", compiler.format_help())


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("new", metavar="NEW", help="the .rel file of the new release, or a release root, ROOT or ROOT@VSN")
    for flags, ways, text in (
        (("-f", "--from"), ("up", "down"), "up from OLD and down to OLD; repeat for several"),
        (("--up-from",), ("up",), "only up from OLD"),
        (("--down-to",), ("down",), "only down to OLD"),
    ):
        add(*flags, dest="bases", action="append", default=[], metavar="OLD", help=text, type=partial(_bases, ways))
    add("-p", "--path", metavar="GLOB", action="append", default=[], help="more folders with applications; repeat")
    add("--isolated", action="store_true", help="search only --path: nothing beside the .rel, no ERL_LIBS, no OTP")
    add("--otp-root", metavar="DIR", help="the OTP to take applications from [that of `erl` on PATH, not started]")
    add("--appups", metavar="DIR", help="look here first for NAME.appup or NAME-VSN.appup")
    add("--otp", metavar="VERSION", help="hold to this OTP's rules [the release's own]")
    add("--restart", action="store_true", help="restart the emulator at the end")


def _add_outputs(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("-o", "--out", metavar="FILE", help="[`relup` beside NEW's .rel; `-` is standard output]")
    add("--check", action="store_true", help="write nothing; exit 1 if FILE is missing or would change")
    add("--no-lint", dest="lint", action="store_false", help="say only what OTP itself would say")
    add("--fail-on", choices=("error", "warning", "note", "never"), default="error", help="[error]")
    add("--format", metavar="F[=FILE]", action="append", default=[], help="full | concise | json; repeat [full]")
    add("--color", choices=("auto", "always", "never"), default="auto", help="[auto]")
    add("-q", "--quiet", action="count", default=0, help="problems only; -qq: nothing, only the exit code")
    add("-v", "--verbose", action="count", default=0, help="more: the files that were read, columns in full")


def _bases(ways: tuple[str, ...], text: str) -> list[tuple[str, str]]:
    """The bases of one flag: several with commas, but a description may hold commas."""
    return [(way, base) for base in ([text] if "=" in text else text.split(",")) for way in ways]


def _compile(args: argparse.Namespace, stdout: TextIO, stderr: TextIO) -> int:
    formats = _formats(args.format, stderr)
    if formats is None:
        return FAILED
    from relupc import api  # noqa: PLC0415 - not for --help
    from relupc.save import overwritten  # noqa: PLC0415

    bases = [base for group in args.bases for base in group]
    ups, downs = ([base for way, base in bases if way == wanted] for wanted in ("up", "down"))
    outcome = api.attempt(args.new, ups, downs, _options(args))
    clash = overwritten([args.out, *(file for _, file in formats)], outcome.files)
    if clash is not None:
        stderr.write(f"relupc: `{clash}` is read too, or written twice; name another file\n")
        return FAILED
    failed, done, code = None, "", DONE
    if outcome.compiled is None:
        code = PROBLEMS if outcome.failure == "input" else FAILED
    else:
        failed, done = _put(args, outcome.compiled, outcome.releases[0].path, stdout)
        if failed:
            code = PROBLEMS if args.check else FAILED
    for path in outcome.files if args.verbose else ():
        stderr.write(f"read {path}\n")
    if _tell(args, formats, outcome, failed, stdout, stderr):
        code = FAILED
    if done and not failed and not args.quiet:
        try:
            stdout.flush()  # so that the two streams come in this order where they are one
        finally:
            stderr.write(done + "\n")
    return code


def _options(args: argparse.Namespace) -> Options:
    from relupc.model.outcome import Options  # noqa: PLC0415 - not for --help

    return Options(
        [element for text in args.path for element in text.split(",")],
        isolated=args.isolated,
        otp_root=args.otp_root,
        appups=args.appups,
        otp=args.otp,
        restart=args.restart,
        lint=args.lint,
        fail_on=args.fail_on,
    )


def _formats(texts: Sequence[str], stderr: TextIO) -> list[tuple[str, str]] | None:
    """(format, file) of each --format, file `` for the standard output; None if they cannot be."""
    from relupc.report import FORMATS  # noqa: PLC0415 - not for --help

    written = [text.removesuffix("=-").partition("=") for group in texts for text in group.split(",")]
    pairs = [(name, file) for name, _, file in written] or [("full", "")]
    for name, _ in pairs:
        if name not in FORMATS:
            guess = difflib.get_close_matches(name, FORMATS, n=1)
            hint = f"did you mean `{guess[0]}`?" if guess else f"there are {', '.join(FORMATS)}"
            stderr.write(f"relupc: no format `{name}`; {hint}\n")
            return None
    if sum(not file for _, file in pairs) > 1:
        stderr.write("relupc: at most one --format can go to standard output; write the others as F=FILE\n")
        return None
    return pairs


def _put(args: argparse.Namespace, compiled: Compiled, beside: str, stdout: TextIO) -> tuple[Diagnostic | None, str]:
    """Write the relup, or compare with what is there: what went wrong, and what was done."""
    from relupc.save import compare, save  # noqa: PLC0415 - only when there is a relup

    out = os.path.join(os.path.dirname(beside), "relup") if args.out is None else args.out
    steps = sum(len(plan.steps) for plan in compiled.plans)
    count = f"({_many(len(compiled.plans), 'plan')}, {_many(steps, 'step')})"
    if args.check:
        return compare(out, compiled.text), f"{out} is up to date {count}"
    if out == "-":
        if isinstance(stdout, io.TextIOWrapper):
            stdout.reconfigure(encoding="utf-8", newline="\n")  # a relup is UTF-8 whatever the terminal is
        stdout.write(compiled.text)
        return None, ""
    return save(out, compiled.text), f"wrote {out} {count}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _tell(
    args: argparse.Namespace,
    formats: list[tuple[str, str]],
    outcome: Outcome,
    failed: Diagnostic | None,
    stdout: TextIO,
    stderr: TextIO,
) -> int:
    """Give the report in every format asked for; how many of their files could not be written."""
    from relupc import __version__  # noqa: PLC0415 - not for --help
    from relupc.report import FORMATS, Report, Style  # noqa: PLC0415
    from relupc.save import save  # noqa: PLC0415

    stream = stderr if args.out == "-" else stdout
    style = Style(_colored(args.color, stream), _width(stream), quiet=args.quiet)
    summary = ""
    if outcome.compiled and not failed and ("full", "") in formats and not args.quiet:
        from relupc.report.table import compile_summary  # noqa: PLC0415 - tables are slow to import

        summary = compile_summary(outcome.compiled.relup, width=style.width, verbose=bool(args.verbose))
    report = Report(
        command="compile",
        diagnostics=(*outcome.diagnostics, failed) if failed else outcome.diagnostics,
        files=len(outcome.files),
        headline=outcome.headline,
        summary=summary,
        failing=f"fail-on = {args.fail_on}" if any(d.code.code == "R115" for d in outcome.diagnostics) else "",
        version=__version__,
    )
    lost = 0
    for name, file in formats:
        text = FORMATS[name](report, style if not file else Style())
        if not file and args.quiet < 2:
            with contextlib.suppress(BrokenPipeError):  # the exit code still says how it went
                stream.write(text)
        elif file and (problem := save(file, text)):
            stderr.write(problem.one_line + "\n")
            lost += 1
    return lost


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
