"""relupc.toml: where it is, what is in it, and on which line."""

from __future__ import annotations

import contextlib
import os
import re
from typing import Any

from relupc.model import disk
from relupc.model.codes import T003, T007, T013
from relupc.model.diagnostic import Diagnostic
from relupc.model.source import Source, Span
from relupc.model.value import dataclass, field

NAME = "relupc.toml"
MAX_CONFIG = 64 * 1024  # bytes
MAX_DOTS = 1000  # of a line: tomllib needs their square for the names of a key
DEEPEST = 4  # names in a key, `lint.rule.suspend-timeout.max-steps`; what is deeper is no setting
_POSITION = r"(.*?) \(at (?:line ([0-9]{1,9}), column ([0-9]{1,9})|end of document)\)"
# As text: most runs have no file.
_TOKEN = r"""(?P<blank>[ \t\r]++|\#[^\n]*+)
      | (?P<end>\n)
      | (?P<text>\"{3}(?:[^"\\]|\\.|"(?!""))*+"{3,5}|'{3}(?:[^']|'(?!''))*+'{3,5}|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')
      | (?P<mark>[\[\]{}=,.])
      | (?P<bare>[^\s\#"'\[\]{}=,.]++)"""


def find(folder: str) -> str | None:
    """The relupc.toml of a folder, or of one above it up to the root of its repository; else None.

    Where there is no repository, it is searched up to the working folder: what lies above belongs to someone else.
    """
    try:
        start, working = os.path.abspath(folder), os.path.join(os.getcwd(), "")
    except OSError:  # the working folder was removed
        return None
    above, looked = start, []
    while True:
        looked.append(above)
        if disk.is_there(os.path.join(above, ".git")):
            break
        above, below = os.path.dirname(above), above
        if above == below:
            looked = [start, *(place for place in looked[1:] if os.path.join(place, "").startswith(working))]
            break
    files = (os.path.join(place, NAME) for place in looked)
    found = next((file for file in files if disk.is_file(file)), None)
    with contextlib.suppress(ValueError):  # on another drive there is no relative path
        found = os.path.relpath(found) if found else None
    return found


@dataclass(slots=True)
class Places:
    """Where each key of a file stands, by its path, and its value."""

    keys: dict[tuple[str, ...], Span] = field(default_factory=dict)
    values: dict[tuple[str, ...], Span] = field(default_factory=dict)

    def find(self, path: tuple[str, ...], word: str | None) -> Span | None:
        """The value of a key, a word in it, or with the empty word the key; as near as the file's writing allows."""
        known = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in self.keys), None)
        if known is None:
            return None
        key, value = self.keys[known], self.values.get(known)
        if value is None or (known == path and word == ""):
            return key
        for text in filter(None, (word, *reversed(path[len(known) :]))):
            for written in (f'"{text}"', f"'{text}'", text):
                if written in value.text:
                    start = value.start + value.text.index(written)
                    return Span(value.source, start, start + len(written))
        return value


def read(path: str) -> tuple[Source, dict[str, Any]] | Diagnostic:
    """The text of a configuration and what it says, or why it cannot be read (T003, T007, T013)."""
    import tomllib  # noqa: PLC0415 - most runs have no file

    data = _bytes(path)
    if isinstance(data, Diagnostic):
        return data
    source = Source(path, data.decode("utf-8", "replace").removeprefix("\ufeff"))
    try:
        data.decode("utf-8")
        return source, tomllib.loads(source.text)
    except UnicodeDecodeError as error:
        at = len(data[: error.start].decode("utf-8").removeprefix("\ufeff"))
        return T013.at(Span(source, at, at + 1), "not UTF-8", help="save the file as UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _syntax(source, str(error))
    except (ValueError, RecursionError) as error:
        what = "nested too deep" if isinstance(error, RecursionError) else "a number or a date that is too big"
        return T013.at(None, what, path=path, help="write less of it")


def _bytes(path: str) -> bytes | Diagnostic:
    if not disk.is_file(path):
        gone = "no such file" if not disk.is_there(path) else "not a regular file"
        return T003.at(None, gone, path=path, help="name a relupc.toml, or write --no-config")
    data = disk.contents(path, MAX_CONFIG)
    if isinstance(data, disk.Unread) and data.why == "size":
        return T007.at(None, f"a configuration has at most {MAX_CONFIG} bytes", path=path)
    if isinstance(data, disk.Unread):
        return T003.at(None, data.label, path=path, help="make it readable, or write --no-config")
    if any(line.count(b".") > MAX_DOTS for line in data.split(b"\n")):
        return T007.at(None, f"a line of a configuration has at most {MAX_DOTS} dots", path=path)
    return data


def _syntax(source: Source, text: str) -> Diagnostic:
    """What tomllib says, at the place it gives in words."""
    said = re.fullmatch(_POSITION, text, re.DOTALL)
    what = said[1] if said else text
    starts = [0, *(end.end() for end in re.finditer("\n", source.text))]
    at = len(source.text.rstrip())
    if said and said[2] and int(said[2]) <= len(starts):
        at = min(starts[int(said[2]) - 1] + int(said[3]) - 1, len(source.text))
    label = (
        f"this is no {what.removeprefix('Invalid ')}" if what.startswith("Invalid ") else what[:1].lower() + what[1:]
    )
    return T013.at(Span(source, at, at + 1), label, help="write it as TOML has it")


def places(source: Source) -> Places:
    """Where the keys of a file stand that tomllib has read."""
    found = Places()
    section: tuple[str, ...] = ()
    for line in _statements(source.text):
        head, *rest = line
        if head.group() == "[":
            names = [token for token in rest if token.lastgroup in ("bare", "text")]
            section = tuple(_name(token) for token in names[: DEEPEST + 1])
            _add(found, section, Span(source, names[0].start(), names[-1].end()))
            continue
        equals = next(n for n, token in enumerate(line) if token.group() == "=")
        names = [token for token in line[:equals] if token.lastgroup in ("bare", "text")]
        path = (*section, *(_name(token) for token in names[: DEEPEST + 1]))
        _add(found, path, Span(source, names[0].start(), names[-1].end()))
        found.values.setdefault(path, Span(source, line[equals + 1].start(), line[-1].end()))
    return found


def _add(found: Places, path: tuple[str, ...], span: Span) -> None:
    for n in range(1, min(len(path), DEEPEST) + 1):
        found.keys.setdefault(path[:n], span)


def _statements(text: str) -> list[list[re.Match[str]]]:
    """The tokens of each statement; a value may go over several lines, inside of brackets."""
    statements: list[list[re.Match[str]]] = [[]]
    depth = 0
    for token in re.finditer(_TOKEN, text, re.VERBOSE | re.DOTALL):
        if token.lastgroup == "end":
            if depth == 0:
                statements.append([])
        elif token.lastgroup != "blank":
            statements[-1].append(token)
            depth += (token.group() in "[{") - (token.group() in "]}")
    return [statement for statement in statements if statement]


def _name(token: re.Match[str]) -> str:
    """A part of a key, without its quotes."""
    import tomllib  # noqa: PLC0415 - see above

    return str(tomllib.loads(f"x={token.group()}")["x"]) if token.lastgroup == "text" else token.group()
