"""An Erlang text in, its comments out, and where the entries and instructions of its lists begin and end.

It has to be right about what is a comment even in a text that cannot be read, and to take one pass over it.
"""

from __future__ import annotations

import re

from relupc.model.value import NamedTuple, dataclass, field

DEEPEST = 2  # lists in lists: entries, instructions; what is deeper are parts of an instruction

_OPENING, _CLOSING = "([{</|'\"`#", ")]}>/|'\"`#"  # of sigils
_COOKED = "|".join(rf"\{o}(?:[^\{c}\\]|\\.)*+\{c}" for o, c in zip(_OPENING, _CLOSING, strict=True))
_RAW = "|".join(rf"\{o}[^\{c}]*+\{c}" for o, c in zip(_OPENING, _CLOSING, strict=True))
_TOKEN = re.compile(
    rf"""(?P<blank>[\x00-\x09\x0b-\x20\x80-\xa0]++)
       | (?P<line>\n)
       | (?P<comment>%[^\n]*+)
       | (?P<block>(?<!")(?:~[a-zA-Z]?)?(?P<quotes>"{{3,}}+)[^\S\n]*+\n(?:.*?\n)??[^\S\n]*(?P=quotes)(?!"))
       | (?P<lost>(?<!")(?:~[a-zA-Z]?)?"{{3,}}+[^\S\n]*+\n)
       | (?P<text>~[SB](?:{_RAW}) | ~[sb]?(?:{_COOKED})
           | "(?:[^"\\]|\\.)*+" | '(?:[^'\\]|\\.)*+' | \$(?:\\\^.|\\.|[^\\]))
       | (?P<broken>["'~])
       | (?P<open><<|[\[({{])
       | (?P<close>>>|[\])}}])
       | (?P<comma>[,|])
       | (?P<other>[^\x00-\x20\x80-\xa0%"'$~\[\](){{}},|<>]++|.)""",
    re.VERBOSE | re.DOTALL,
)


class Comment(NamedTuple):
    """A comment, and the offset of the code that follows on a later line, if it has a line of its own."""

    start: int
    end: int
    alone: bool
    next: int


class Part(NamedTuple):
    """An element of a list: an entry, an instruction, an application of a release, a key of an .app file."""

    start: int
    end: int


@dataclass(slots=True)
class Layout:
    """What was found, all in the order of the text."""

    comments: list[Comment] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    """Where the pass is: the open brackets, and the elements that began."""

    stack: list[str] = field(default_factory=list)
    begun: list[int | None] = field(default_factory=list)  # one for each open list: where its element began
    last: int = 0  # the end of the last piece of code


def layout_of(text: str) -> Layout:
    """The comments of a text and the elements of its lists; up to a quote that is never closed."""
    found, walk = Layout(), _Walk()
    code_on_line = False
    waiting: list[Comment] = []
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "line":
            code_on_line = False
        elif kind == "comment":
            comment = Comment(token.start(), token.end(), not code_on_line, len(text))
            (found.comments if code_on_line else waiting).append(comment)
        elif kind in ("broken", "lost"):
            break
        elif kind != "blank":
            found.comments += (comment._replace(next=token.start()) for comment in waiting)
            waiting = []
            code_on_line = True
            _code(token, walk, found)
    found.comments += waiting
    found.comments.sort()
    found.parts.sort()
    return found


def _code(token: re.Match[str], walk: _Walk, found: Layout) -> None:
    """Take note of a piece of code."""
    kind, char = token.lastgroup, token.group()
    in_list = bool(walk.stack) and walk.stack[-1] == "["
    if in_list and (kind == "comma" or char == "]"):
        _end(walk, found)
    elif in_list and walk.begun[-1] is None and kind != "close":
        walk.begun[-1] = token.start()
    if kind == "open":
        walk.stack.append(char)
        if char == "[":
            walk.begun.append(None)
    elif kind == "close" and walk.stack and walk.stack.pop() == "[":
        walk.begun.pop()
    walk.last = token.end()


def _end(walk: _Walk, found: Layout) -> None:
    """The element of the innermost list ends before this."""
    start = walk.begun[-1]
    if start is not None and len(walk.begun) <= DEEPEST:
        found.parts.append(Part(start, walk.last))
    walk.begun[-1] = None
