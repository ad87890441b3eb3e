"""The tokens of a form in, the same with one token for each `case ... end`, comprehension and the like out.

The grammar has no rule for these. The token is a VARIABLE that holds a Block, so it may stand wherever a value may.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from relupc.model.source import Span
from relupc.model.value import dataclass
from relupc.read.expression import Expression, depth, variables
from relupc.read.file import Unreadable
from relupc.read.syntax import CLOSERS, CLOSING, unclosed
from relupc.read.tokens import Block, Token

Parse: TypeAlias = Callable[[list[Token]], tuple[Expression, ...] | Unreadable]
_WORDS = {"begin", "case", "if", "maybe", "receive", "try"}
_SHOWN = {"OPEN_LIST": "[... || ...]", "OPEN_BINARY": "<<... || ...>>", "OPEN_BRACE": "#{... || ...}"}


@dataclass(slots=True)
class _Open:
    """What is open: its first token, where its tokens begin in the output, what closes it.

    `title` is how to call it if it is a block, `possible` how if `||` comes before the first comma in it.
    """

    token: Token
    start: int
    closer: str
    title: str = ""
    possible: str = ""


def fold(tokens: list[Token], parse: Parse) -> list[Token] | Unreadable:
    """Put one token in place of each block; `parse` reads what stands in `begin ... end`.

    Brackets that do not match are left to the grammar, but for those in a block, which it does not see.
    """
    out: list[Token] = []
    opened: list[_Open] = []
    for number, token in enumerate(tokens):
        if _closes(token, opened):
            frame = opened.pop()
            if _closer(token) != frame.closer:
                if not any(one.closer == "end" for one in (*opened, frame)):
                    return [*out, *tokens[number:]]
                return unclosed(token, frame.token, frame.closer)
            folded = _close(frame, token, out, parse)
            if isinstance(folded, Unreadable):
                return folded
            continue
        if opened and token.type == "COMMA":
            opened[-1].possible = ""
        elif opened and token.span.text == "||":
            opened[-1].title = opened[-1].title or opened[-1].possible
        new = _opening(tokens, number, len(out))
        if new:
            opened.append(new)
        elif token.type == "DOT" and any(one.closer == "end" for one in opened):
            return unclosed(token, opened[-1].token, opened[-1].closer)
        out.append(token)
    if any(one.closer == "end" for one in opened):
        return unclosed(tokens[-1], opened[-1].token, opened[-1].closer)
    return out


def _closer(token: Token) -> str:
    return "end" if token.type == "RESERVED" else CLOSING.get(token.type, "")


def _closes(token: Token, opened: list[_Open]) -> bool:
    return bool(opened) and (token.type in CLOSING or (token.type == "RESERVED" and token.span.text == "end"))


def _opening(tokens: list[Token], number: int, start: int) -> _Open | None:
    """What a token opens; a `#` before a brace belongs to it."""
    token = tokens[number]
    if token.type in CLOSERS:
        in_map = token.type == "OPEN_BRACE" and number > 0 and tokens[number - 1].type == "HASH"
        possible = "" if token.type == "OPEN_BRACE" and not in_map else _SHOWN.get(token.type, "")
        return _Open(token, start - in_map, CLOSERS[token.type], "", possible)
    if token.type in ("RESERVED", "RESERVED_27") and token.span.text in _WORDS:
        return _Open(token, start, "end", f"{token.span.text} ... end")
    after = [one.type for one in tokens[number + 1 : number + 3]]
    if token.type == "FUN" and (after[:1] == ["OPEN_PAREN"] or after == ["VARIABLE", "OPEN_PAREN"]):
        return _Open(token, start, "end", f"{token.span.text} ... end")
    return None


def _close(frame: _Open, last: Token, out: list[Token], parse: Parse) -> Unreadable | None:
    """Replace the tokens of a block that ends here; put others as they are."""
    if not frame.title:
        out.append(last)
        return None
    inside, first = out[frame.start + 1 :], out[frame.start]
    body = None
    if frame.token.span.text == "begin" and inside:
        found = parse(inside)
        if isinstance(found, Unreadable):
            return found
        body = found
    names = frozenset(name for token in inside for name in variables(token))
    span = Span(first.span.source, first.span.start, last.span.end)
    mark = first.span if frame.closer == "end" else span
    out[frame.start :] = [Token("VARIABLE", Block(frame.title, mark, names, body, span, depth(body or ())), span)]
    return None
