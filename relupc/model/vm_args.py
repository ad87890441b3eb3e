"""The text of a vm.args file in, the flags of the emulator in it out (`erl -args_file`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from relupc.model.source import Source, Span
from relupc.model.value import NamedTuple

_WORD = r"#[^\n]*|[^\s#]\S*"  # compiled when there is such a file
_FLAG = r"(?:--?|\+)[A-Za-z]\S*"


class Flag(NamedTuple):
    """A flag, the words after it up to the next one, and where it stands."""

    name: str
    args: tuple[str, ...]
    span: Span


def flags(source: Source) -> tuple[Flag, ...]:
    """The flags in their order. What follows a `#` is a comment."""
    found: list[tuple[str, list[str], Span]] = []
    for match in re.finditer(_WORD, source.text):
        word = match[0]
        if word.startswith("#"):
            continue
        if re.fullmatch(_FLAG, word):
            found.append((word, [], Span(source, match.start(), match.end())))
        elif found:
            found[-1][1].append(word)
    return tuple(Flag(name, tuple(args), span) for name, args, span in found)


def differing(old: Sequence[Flag], new: Sequence[Flag]) -> tuple[str, ...]:
    """The names of the flags that are not given alike in both, in the order of the new ones."""
    names = dict.fromkeys(flag.name for flag in (*new, *old))
    return tuple(name for name in names if _given(name, old) != _given(name, new))


def _given(name: str, among: Sequence[Flag]) -> list[tuple[str, ...]]:
    return sorted(flag.args for flag in among if flag.name == name)
