"""A command line and how to work it out in, an answer out: the one that is kept, if all that it needs is as it was."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from relupc import remember
from relupc.cli.progress import progress_on
from relupc.model.disk import listening

if TYPE_CHECKING:
    from relupc.model.answer import Answer
    from relupc.model.disk import Notes
    from relupc.remember import Entry

ENVIRONMENT = ("RELUPC_CONFIG", "RELUPC_FORMAT")  # all that the command itself asks for; the rest is noted


def answered(
    args: argparse.Namespace,
    look: tuple[bool, int],
    run: Callable[[], Answer | int],
    tell: Callable[[Answer], int],
    err: TextIO,
) -> int:
    """The exit code of a command, once its answer is told.

    `look` is whether it has colours, and its width. `run` works the answer out; a number is the code of one told.
    """
    folder = remember.folder_for(os.environ, sys.platform)
    if folder is None or not remember.opened(folder):
        if args.verbose:
            err.write(f"nothing is kept for the next time: no folder {folder or '~/.cache'} that is yours alone\n")
        return _told(run(), tell)
    settings = [(name, os.environ.get(name)) for name in ENVIRONMENT]
    key = remember.key_of((sorted(vars(args).items()), look, settings))
    entry = remember.entry_of(remember.load(folder, key) or b"") if key else None
    if key and entry and _holds(entry, args, err):
        remember.touch(folder, key)
        return tell(entry.answer)
    with listening() as notes:
        answer = run()
    code = _told(answer, tell)
    if key and not isinstance(answer, int) and _pays(notes):
        remember.store(folder, key, remember.text_of(answer, notes))
        remember.drop_oldest(folder, key)
    return code


def _holds(entry: Entry, args: argparse.Namespace, err: TextIO) -> bool:
    with progress_on(args, err) as progress:
        return remember.unchanged(entry, progress)


def _told(answer: Answer | int, tell: Callable[[Answer], int]) -> int:
    return answer if isinstance(answer, int) else tell(answer)


def _pays(notes: Notes) -> bool:
    """Whether it takes longer to find out than to ask whether anything changed: where code was looked at."""
    archives = any(question == "stream" for question, _ in notes.answers)
    return notes.whole and (archives or any(path.endswith(".beam") for path in notes.files))
