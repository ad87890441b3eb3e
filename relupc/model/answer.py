"""What a command gives: plain data, so that it can be kept."""

from __future__ import annotations

from relupc.model.value import NamedTuple


class Answer(NamedTuple):
    """The exit code if all can be written, what standard error gets first, and texts.

    Each text has the file that it is for; that of standard output is ``.
    """

    code: int
    err: str
    texts: tuple[tuple[str, str], ...]
