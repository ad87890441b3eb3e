"""A path as the user wrote it in, the path for tools that know the repository but not the working folder out."""

from __future__ import annotations

import os

from relupc.report import Report


def from_root(report: Report, path: str) -> str:
    """The path relative to the repository's folder, with `/`; absolute if it is outside of it.

    Nothing is looked up on the disk. A report that does not say where it was made has paths as they were written.
    """
    if not report.root:
        return path.replace(os.sep, "/")
    whole = os.path.normpath(os.path.join(report.folder, path))
    inside = whole.removeprefix(report.root.rstrip(os.sep) + os.sep)
    return inside.replace(os.sep, "/")
