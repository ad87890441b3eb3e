"""Two modules in, whether they have a record of one header in two sizes."""

from __future__ import annotations

import os

from relupc.model.code import Module


def header_of(module: Module, record: str) -> str | None:
    """The name of the header that a record of a module is from; None if the module defines it itself."""
    file = os.path.basename(module.headers.get(record, ""))
    return file if file.endswith(".hrl") else None


def disagree(record: str, one: Module, other: Module) -> bool:
    """Whether both have a record from the same header, and each works with its own size of it, never with the other.

    Modules of one application include a header of theirs by its name, those of others by `APP/include/NAME`.
    """
    header = header_of(one, record)
    if header is None or header != header_of(other, record):
        return False
    if one.app != other.app:
        ends = [module.headers[record].replace("\\", "/").split("/")[-3:] for module in (one, other)]
        if len(ends[0]) < 3 or ends[0] != ends[1]:
            return False
    sizes = [len(module.records[record]) + 1 for module in (one, other)]
    used = [module.sizes(record) for module in (one, other)]
    return sizes[0] != sizes[1] and sizes[0] in used[0] - used[1] and sizes[1] in used[1] - used[0]
