"""Arguments in, text and exit code out: the command `relupc`."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys

TYPE_CHECKING = False  # that of `typing`, which takes longer to import than --version takes
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from typing import NoReturn, TextIO

    from relupc.cli.output import Streams

DONE, PROBLEMS, FAILED, BUG, INTERRUPTED = 0, 1, 2, 3, 130  # exit codes


def run() -> NoReturn:
    """The entry point of the command."""
    gc.disable()  # terms have no cycles, and to look for some takes longer than all the rest
    closed = open(os.devnull, "w+")  # noqa: SIM115 - Python has None for a stream that the caller closed
    stdout, stderr = sys.stdout or closed, sys.stderr or closed
    code, left = INTERRUPTED, list[object]()
    try:
        code = main(sys.argv[1:], stdout, stderr, sys.stdin or closed, left)
        stdout.flush()
        stderr.flush()
    except KeyboardInterrupt:  # a second Ctrl-C, while the first one is being obeyed
        os._exit(INTERRUPTED)
    except OSError:
        sys.exit(code)  # Python says what it thinks of that
    os._exit(code)  # to take all modules apart first is a tenth of a small command


def main(
    argv: Sequence[str], stdout: TextIO, stderr: TextIO, stdin: TextIO | None = None, left: list[object] | None = None
) -> int:
    """Run one command; the exit code. 0 done, 1 the input has problems, 2 not possible, 3 a bug in relupc.

    To `left` goes what takes long to free, for a process that is about to end.
    """
    for stream in (stdout, stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    code, left = DONE, [] if left is None else left
    try:
        only_version = list(argv) in (["--version"], ["-V"])
        code = _version(stdout) if only_version else _command(argv, stdout, stderr, stdin or io.StringIO(), left)
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


def _command(argv: Sequence[str], stdout: TextIO, stderr: TextIO, stdin: TextIO, left: list[object]) -> int:
    import contextlib  # noqa: PLC0415 - not for --version

    from relupc.cli.output import Streams  # noqa: PLC0415
    from relupc.cli.parser import COMMANDS, flags_of, make_parser  # noqa: PLC0415

    streams = Streams(stdout, stderr, stdin, left)
    parser, commands = make_parser(argv[0] if argv and argv[0] in COMMANDS else None)
    # argparse prints its help to the process's own streams; everything here goes to the ones given.
    with contextlib.redirect_stdout(streams.out), contextlib.redirect_stderr(streams.err):
        if not argv:
            parser.print_help()
            return FAILED
        args, unknown = parser.parse_known_args(argv)
    for word in [word for word in unknown if word.startswith("-")] or unknown:
        import difflib  # noqa: PLC0415 - only for a mistake

        guess = difflib.get_close_matches(word.partition("=")[0], flags_of(commands[args.command]), n=1)
        streams.err.write(f"relupc: unknown argument `{word}`{f'; did you mean `{guess[0]}`?' if guess else ''}\n")
    return FAILED if unknown else _runner(args.command)(args, streams)


def _runner(command: str) -> Callable[[argparse.Namespace, Streams], int]:
    """The function of a command; its module is loaded only now."""
    import importlib  # noqa: PLC0415 - not for --version

    runner: Callable[[argparse.Namespace, Streams], int] = importlib.import_module(f"relupc.cli.{command}").command
    return runner
