"""Erlang text in, terms out, each with its span; a diagnostic (T001, T002, T007) for what is no term.

Two ways lead to the same terms: fast.py reads what is regular; all the rest, and every mistake, is read
with grammar/term.lark, which is the definition.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from relupc.model.codes import T001
from relupc.model.source import Source, Span
from relupc.model.term import Atom, Term
from relupc.read.fast import after_blank, only_blank, read_regular
from relupc.read.file import Unreadable

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from relupc.read.tokens import Lexicon, Token

__all__ = ["form_tokens", "grammar_path", "no_term", "parse_form", "read_all", "read_alone", "read_first", "read_text"]


def read_first(source: Source, otp: int = 25) -> Term | Unreadable:
    """The first term, as systools reads a file: what follows the full stop is ignored, even nonsense.

    Kinds: "read" for an empty text and what the scanner refuses, "parse" for what is no term.
    """
    found = read_alone(source, otp)
    return found if isinstance(found, Unreadable) else found[0]


def read_alone(source: Source, otp: int = 25) -> tuple[Term, Span | None] | Unreadable:
    """As read_first, and the line on which something follows the full stop, if anything does."""
    found = _read_form(source, 0, otp)
    if found is None or isinstance(found, Unreadable):
        return no_term(source) if found is None else found
    term, end = found
    start = after_blank(source, end)
    if start == len(source.text):
        return term, None
    line = source.text.find("\n", start)
    return term, Span(source, start, len(source.text) if line < 0 else line)


def read_all(source: Source, otp: int = 25) -> tuple[Term, ...] | Unreadable:
    """All terms, as file:consult/1 reads a file; there may be none."""
    terms: list[Term] = []
    pos = 0
    while found := _read_form(source, pos, otp):
        if isinstance(found, Unreadable):
            return found
        term, pos = found
        terms.append(term)
    return tuple(terms)


def read_text(text: str, name: str, otp: int = 25) -> Term | Unreadable:
    """One term of a command line, with or without a full stop; `name` stands for the path in diagnostics."""
    source = Source(name, text)
    found = _read_form(source, 0, otp, stop_needed=False)
    if found is None:
        return no_term(source)
    if isinstance(found, Unreadable):
        return found
    term, end = found
    rest = text[end:].lstrip()
    if rest and not rest.startswith("%"):
        from relupc.read.syntax import after_term  # noqa: PLC0415 - not for a regular text

        return after_term(Span(source, len(text) - len(rest), len(text)))
    return term


def _read_form(
    source: Source, start: int, otp: int, *, stop_needed: bool = True
) -> tuple[Term, int] | Unreadable | None:
    """The term at `start` and the offset after its full stop; None if only white space and comments follow."""
    regular = read_regular(source, start, otp)
    if isinstance(regular, tuple):
        return regular
    if only_blank(source, start):
        return None
    from relupc.read import build  # noqa: PLC0415 - not for a regular file

    tokens = form_tokens(source, start, regular, otp, build)
    if isinstance(tokens, Unreadable):
        return tokens
    value = parse_form(tokens, build, stop_needed=stop_needed)
    return value if isinstance(value, Unreadable) else (value, tokens[-1].span.end)


def form_tokens(
    source: Source, start: int, regular: int, otp: int, rules: ModuleType, most: int | None = None
) -> list[Token] | Unreadable:
    """At most so many tokens from `start` up to the full stop; `regular` is where fast.py stopped.

    `rules` are those for parse_form.
    """
    from relupc.read.literals import Flaw  # noqa: PLC0415 - all of this is not for a regular text
    from relupc.read.tokens import MAX_IRREGULAR, scan  # noqa: PLC0415

    try:
        return scan(source, start, _lexicon(otp, rules), regular, most or MAX_IRREGULAR)
    except Flaw as flaw:
        span = Span(source, flaw.start, flaw.end)
        return Unreadable("read", Atom("read"), flaw.code.at(span, flaw.label, help=flaw.help_text))


def parse_form(tokens: list[Token], rules: ModuleType, *, stop_needed: bool = True) -> Any:
    """What the functions of `rules`, one for each rule of the grammar, make of the tokens; an Unreadable of an Odd."""
    from lark.exceptions import UnexpectedToken  # noqa: PLC0415

    from relupc.read.literals import Odd  # noqa: PLC0415
    from relupc.read.syntax import bad_term, unexpected  # noqa: PLC0415
    from relupc.read.tokens import Token  # noqa: PLC0415

    parser = _grammar(rules).parse_interactive(start="form")
    last = tokens[-1]
    body = tokens[:-1] if last.type == "DOT" else tokens
    at = 0
    try:
        for at, token in enumerate(body):  # noqa: B007 - where it stopped
            parser.feed_token(token)
        at = len(body)
        if last.type != "DOT" and stop_needed:
            return unexpected(tokens, at, parser.accepts())
        value = parser.feed_token(Token("$END", "", last.span))
    except UnexpectedToken:
        parser.parser_state.value_stack[:] = [None] * len(parser.parser_state.value_stack)  # accepts() copies it
        return unexpected(tokens, at, parser.accepts())
    return bad_term(value) if isinstance(value, Odd) else value


def no_term(source: Source) -> Unreadable:
    """There is nothing in the text but white space and comments."""
    span = Span(source, len(source.text), len(source.text))
    return Unreadable(
        "read", Atom("read"), T001.at(span, "no term in this file", help="write a term and end it with `.`")
    )


def grammar_path() -> Path:
    """Where grammar/term.lark is: beside the package in a checkout, in it where relupc is installed."""
    from pathlib import Path  # noqa: PLC0415

    package = Path(__file__).resolve().parent.parent
    installed = package / "grammar" / "term.lark"
    return installed if installed.exists() else package.parent / "grammar" / "term.lark"


@cache
def _grammar(rules: ModuleType) -> Any:
    from lark import Lark  # noqa: PLC0415 - 100 ms that a regular file need not pay

    text = grammar_path().read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer="basic", start=["form", "never"], transformer=rules)


@cache
def _lexicon(otp: int, rules: ModuleType) -> Lexicon:
    from relupc.read.tokens import lexicon  # noqa: PLC0415

    return lexicon(_grammar(rules).terminals, otp)
