"""Arguments in, text and exit code out: the command `relupc`."""

from __future__ import annotations

import contextlib
import difflib
import errno
import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TextIO

from relupc.cli.output import BUG, DONE, FAILED, INTERRUPTED, Streams

if TYPE_CHECKING:
    import argparse


def run() -> None:
    """The entry point of the command."""
    gc.disable()  # terms have no cycles, and to look for some takes longer than all the rest
    closed = open(os.devnull, "w+")  # noqa: SIM115 - Python has None for a stream that the caller closed
    sys.exit(main(sys.argv[1:], sys.stdout or closed, sys.stderr or closed, sys.stdin or closed))


def main(argv: Sequence[str], stdout: TextIO, stderr: TextIO, stdin: TextIO | None = None) -> int:
    """Run one command; the exit code. 0 done, 1 the input has problems, 2 not possible, 3 a bug in relupc."""
    for stream in (stdout, stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    code = DONE
    try:
        streams = Streams(stdout, stderr, stdin or io.StringIO())
        code = _version(stdout) if list(argv) in (["--version"], ["-V"]) else _command(argv, streams)
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


def _command(argv: Sequence[str], streams: Streams) -> int:
    from relupc.cli.parser import flags_of, make_parser  # noqa: PLC0415 - not for --version

    parser, commands = make_parser()
    # argparse prints its help to the process's own streams; everything here goes to the ones given.
    with contextlib.redirect_stdout(streams.out), contextlib.redirect_stderr(streams.err):
        if not argv:
            parser.print_help()
            return FAILED
        args, unknown = parser.parse_known_args(argv)
    for word in [word for word in unknown if word.startswith("-")] or unknown:
        guess = difflib.get_close_matches(word.partition("=")[0], flags_of(commands[args.command]), n=1)
        streams.err.write(f"relupc: unknown argument `{word}`{f'; did you mean `{guess[0]}`?' if guess else ''}\n")
    return FAILED if unknown else _runner(args.command)(args, streams)


def _runner(command: str) -> Callable[[argparse.Namespace, Streams], int]:
    """The function of a command; its module is loaded only now."""
    import importlib  # noqa: PLC0415 - not for --version

    runner: Callable[[argparse.Namespace, Streams], int] = importlib.import_module(f"relupc.cli.{command}").command
    return runner
