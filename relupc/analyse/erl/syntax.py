"""What expressions are made of, and the tokens that they are read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from relupc.analyse.erl.tokens import Token
from relupc.model.value import NamedTuple, dataclass

MAX_DEPTH = 150


class Expr(NamedTuple):
    """An expression: what it is, in which line, and its parts (see expressions.py)."""

    kind: str
    line: int
    parts: tuple[Any, ...] = ()


class Clause(NamedTuple):
    """A clause of a function, a fun, a case and so on. `guard` are its tokens."""

    patterns: tuple[Expr, ...]
    guard: tuple[Token, ...]
    body: tuple[Expr, ...]
    line: int


class NotReadError(Exception):
    """This is not what is expected: a mistake, a macro of a header that stands for more than a value, or too deep."""


@dataclass(slots=True)
class Cursor:
    """Tokens, how far they are read, and how deep the expression at hand is.

    `forms` reads what begins with one of these signs or keywords; it is given the line of that. `height` is how deep
    the expressions inside the one at hand go.
    """

    tokens: list[Token]
    forms: Mapping[str, Callable[[Cursor, int], Expr]]
    at: int = 0
    depth: int = 0
    height: int = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else Token("end", "", 0)

    def deeper(self) -> None:
        """Go into what is part of something else."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotReadError

    def take(self) -> Token:
        token = self.here
        self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        """Whether one of these signs or keywords is next."""
        token = self.here
        return token.kind in ("sign", "atom") and token.text in texts

    def skip(self, text: str) -> bool:
        """Go past a sign or keyword, if it is next."""
        found = self.sees(text)
        self.at += found
        return found

    def need(self, text: str) -> Token:
        """Go past a sign or keyword, which has to be next."""
        if not self.sees(text):
            raise NotReadError
        return self.take()
