"""What a baseline holds: the findings of one day, each by its fingerprint."""

from __future__ import annotations

from relupc.model.value import NamedTuple

VERSION = 1


class Recorded(NamedTuple):
    """A finding that is known; code, path and message are for the reader. The path begins at the configuration."""

    path: str
    code: str
    fingerprint: str
    message: str
