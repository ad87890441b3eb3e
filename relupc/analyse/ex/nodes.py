"""What Elixir text is made of, and the tokens that it is read from. These are the kinds of nodes:

value TERM        word NAME            alias NAMES        opaque
tuple ITEMS       list ITEMS           map BASE PAIRS     struct PARTS NAME binary PARTS
op SIGN OPERANDS  call CALLEE ARGS DO  dot LEFT NAME      attribute NODE    block BODY
fn CLAUSES        capture BODY         place NUMBER       pair KEY VALUE        several ITEMS
unread

DO are the sections of a `do` block: pairs of a name and what stands there, (CLAUSES, BODY).
"""

from __future__ import annotations

from typing import Any

from relupc.analyse.erl.syntax import NotReadError
from relupc.analyse.ex.tokens import Token
from relupc.model.value import NamedTuple, dataclass

MAX_DEPTH, MAX_HEIGHT = 60, 80
_END = Token("end", "", 0)


class Node(NamedTuple):
    """Something written: what it is, in which line, how deep, its parts (see above)."""

    kind: str
    line: int
    height: int
    parts: tuple[Any, ...]


class Arm(NamedTuple):
    """`patterns when guard -> body`."""

    patterns: tuple[Node, ...]
    guard: Node | None
    body: tuple[Node, ...]
    line: int


def node(kind: str, line: int, *parts: Any) -> Node:
    """A node. Raises NotReadError if it goes too deep."""
    height = 1 + height_of(parts)
    if height > MAX_HEIGHT:
        raise NotReadError
    return Node(kind, line, height, parts)


def height_of(part: object) -> int:
    """How deep the nodes inside of a part go."""
    if isinstance(part, Node):
        return part.height
    return max(map(height_of, part), default=0) if isinstance(part, tuple) else 0


@dataclass(slots=True)
class Cursor:
    """Tokens, how far they are read, how deep, and whether a `do` belongs to something further out."""

    tokens: list[Token]
    at: int = 0
    depth: int = 0
    bare: bool = False

    @property
    def here(self) -> Token:
        """What is next."""
        try:  # this is asked all the time
            return self.tokens[self.at]
        except IndexError:
            return _END

    @property
    def next(self) -> Token:
        """What comes behind that."""
        return self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else _END

    def take(self) -> Token:
        """Go past a token."""
        token = self.here
        self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        """Whether one of these signs or words is next."""
        return self.here.kind in ("sign", "word", "end") and self.here.text in texts

    def skip(self, text: str) -> bool:
        """Go past a sign or word, if it is next."""
        found = self.sees(text)
        self.at += found
        return found

    def need(self, text: str) -> None:
        """Go past a sign, which has to be next."""
        self.lines()
        if not self.skip(text):
            raise NotReadError

    def lines(self) -> None:
        """Go past the ends of lines."""
        while self.here.kind == "nl":
            self.at += 1
