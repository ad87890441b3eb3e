"""The settings in force -> text: a line for each, in the form of relupc.toml, with where it is from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from relupc.config import Settings

_BARE = re.compile("[A-Za-z0-9_-]+")


def shown(settings: Settings) -> str:
    """All settings; what has no value is a comment, so that the text can be used as a relupc.toml."""
    entries = settings.entries
    lines = [
        line
        for key, (value, origin) in settings.values.items()
        for line in _lines(tuple(key.split(".")), value, origin, entries)
    ]
    first = f"# {settings.config.path}" if settings.config.path else "# no relupc.toml"
    return "".join(f"{line}\n" for line in (first, *lines))


def _lines(path: tuple[str, ...], value: Any, origin: str, entries: Mapping[tuple[str, ...], str]) -> Iterator[str]:
    key = ".".join(name if _BARE.fullmatch(name) else _text(name) for name in path)
    if value is None:
        yield f"# {key} is not set  # {origin}"
    elif isinstance(value, dict) and value:
        for name, part in value.items():
            yield from _lines((*path, name), part, entries.get((*path, name), origin), entries)
    else:
        yield f"{key} = {_text(value)}  # {origin}"


def _text(value: Any) -> str:
    """A value as TOML has it; JSON writes all that occurs here in the same way, but for half surrogates."""
    return "{}" if value == {} else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
