"""A case: one call of systools:make_relup or relupc.compile, kept as `case.json` beside the files that it reads.

{"new": "releases/b", "up_from": ["releases/a", ["releases/c", "{why, [1]}"]], "down_to": ["releases/a"],
 "path": ["lib/*/ebin"], "restart": false, "fail_on": "error", "out": "relup"}

Releases are named without `.rel`; a pair is a base and its description as Erlang text. All is relative to the
directory of the case, and what is absent has the value shown (`path`, `up_from`, `down_to`: none).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Base: TypeAlias = str | tuple[str, str]
FailOn: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked for; `out` is where the relup goes."""

    new: str
    up_from: tuple[Base, ...] = ()
    down_to: tuple[Base, ...] = ()
    path: tuple[str, ...] = ()
    restart: bool = False
    fail_on: FailOn = "error"
    out: str = "relup"


def read(directory: Path) -> Call:
    """The call in a directory's `case.json`."""
    found = json.loads((directory / "case.json").read_text("ascii"))
    for key in ("up_from", "down_to"):
        found[key] = tuple(base if isinstance(base, str) else (base[0], base[1]) for base in found.get(key, []))
    found["path"] = tuple(found.get("path", []))
    return Call(**found)


def write(directory: Path, call: Call, files: Mapping[str, bytes | None]) -> None:
    """Lay a case down, its files in the order given; a file whose content is None is a directory."""
    for name, content in files.items():
        place = directory / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            place.mkdir(exist_ok=True)
        else:
            place.write_bytes(content)
    defaults = asdict(Call(call.new))
    asked = {key: value for key, value in asdict(call).items() if key == "new" or value != defaults[key]}
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "case.json").write_text(json.dumps(asked, indent=1) + "\n", "ascii")
