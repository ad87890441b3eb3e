"""The token where a form stops being a term in, what OTP and relupc say of it out.

relupc says what was expected, and points at what is open or ends there. OTP says "syntax error before: Token",
or "bad term" for what would be an expression of Erlang; the grammar of terms knows a part of these only.
"""

from __future__ import annotations

from relupc.model.codes import T001
from relupc.model.diagnostic import Label
from relupc.model.source import Span
from relupc.model.spelling import spell_atom, spell_simple
from relupc.model.term import Atom, Int, List, Str, Term, Tuple
from relupc.model.value import NamedTuple
from relupc.read.file import Unreadable
from relupc.read.literals import Odd
from relupc.read.tokens import Block, Token

CLOSERS = {"OPEN_LIST": "]", "OPEN_BRACE": "}", "OPEN_BINARY": ">>", "OPEN_PAREN": ")"}
CLOSING = {f"CLOSE_{name[5:]}": text for name, text in CLOSERS.items()}
_KINDS = {"OPEN_LIST": "list", "OPEN_BRACE": "tuple", "OPEN_BINARY": "binary", "OPEN_PAREN": "bracket"}
_LITERALS = ("ATOM", "INTEGER", "FLOAT", "BASED_FLOAT_28", "CHAR", "STRING", "TRIPLE_27", "SIGIL_27", "VERBATIM_27")
_STARTS = {*_LITERALS, "TRIPLE_SIGIL_27", "VARIABLE", "FUN", "HASH", *CLOSERS}
_WORDS = {"RESERVED", "RESERVED_27", "CATCH", "FUN", "PREFIX", "INFIX"}
_BLOCKS = {"begin", "case", "if", "receive", "try", "fun"}
_EXPECTED = (("ATOM", "a term"), ("COMMA", "`,`"), ("ARROW", "`=>`"), ("SLASH", "`/`"), ("COLON", "`:`"))


_NAMED_CHARACTERS = {8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 27: "e", 32: "s", 92: "\\", 127: "d"}


class _Open(NamedTuple):
    """A bracket that is open, and the token where its current element begins."""

    token: Token
    kind: str
    element: int


class _Words(NamedTuple):
    label: str
    help_text: str | None = None
    labels: tuple[Label, ...] = ()
    span: Span | None = None


def bad_term(odd: Odd) -> Unreadable:
    """OTP parses it, but it is no constant."""
    diagnostic = odd.code.at(odd.span, odd.label, help=odd.help_text)
    line, _ = odd.span.source.line_col(odd.at)
    return Unreadable("parse", _detail(line, Str("bad term")), diagnostic)


def unexpected(tokens: list[Token], at: int, accepted: set[str]) -> Unreadable:
    """`tokens[at]` cannot stand there; `at` is the number of tokens if the text ends too early.

    `accepted` are the terminals that could stand there, `$END` for the full stop.
    """
    found = tokens[at] if at < len(tokens) else None
    opened = _opened(tokens[:at])
    words = _words(tokens, at, accepted, opened)
    span = words.span or (found or tokens[-1]).span
    diagnostic = T001.at(span, words.label, labels=words.labels, help=words.help_text)
    line, text = _otp(tokens, at, accepted, opened)
    return Unreadable("parse", _detail(line, text), diagnostic)


def unclosed(found: Token, opened: Token, closer: str) -> Unreadable:
    """`found` stands where `closer` should close what `opened` has opened: a bracket, or a block such as `case`."""
    kind = _KINDS.get(opened.type, f"`{opened.span.text}`")
    words = f"expected `{closer}` before this", f"close the {kind} with `{closer}`"
    label = Label(opened.span, "opened here")
    diagnostic = T001.at(found.span, words[0], help=words[1], labels=(label,))
    return Unreadable("parse", _detail(_line(found), List((Str("syntax error before: "), _written(found)))), diagnostic)


def after_term(span: Span) -> Unreadable:
    """More text after the one term that was asked for."""
    diagnostic = T001.at(span, "text after the term", help="give one term")
    return Unreadable("parse", _detail(span.line, Str("bad term")), diagnostic)


def _detail(line: int, text: Term) -> Term:
    return Tuple((Int(line), Atom("erl_parse"), text))


def _line(token: Token) -> int:
    return token.span.line


def _written(token: Token) -> Term:
    """How erl_parse names a token."""
    value = token.value
    if token.type == "CHAR" and isinstance(value, Int):
        return Str(_character(value.value))
    if token.type == "VARIABLE":
        return Str(token.span.text)
    if token.type == "DOT":
        return Str("'.'")
    if isinstance(value, str):
        return Str(spell_atom(value, otp=27))
    if isinstance(value, Odd | Block):
        return Str(token.span.text)
    return Str('""' if isinstance(value, List) else spell_simple(value, 25) or token.span.text)


def _character(code: int) -> str:
    """io_lib:write_char, for the characters that it does not spell by number."""
    if code in _NAMED_CHARACTERS:
        return "$\\" + _NAMED_CHARACTERS[code]
    return f"${chr(code)}" if chr(code).isprintable() else f"$\\{code:03o}"


def _opened(tokens: list[Token]) -> list[_Open]:
    """The brackets that are open after these tokens, innermost last."""
    stack: list[_Open] = []
    for number, token in enumerate(tokens):
        if token.type in CLOSERS:
            in_map = token.type == "OPEN_BRACE" and number > 0 and tokens[number - 1].type == "HASH"
            stack.append(_Open(token, "map" if in_map else _KINDS[token.type], number + 1))
        elif token.type in CLOSING:
            stack.pop()
        elif token.type in ("COMMA", "BAR") and stack:
            stack[-1] = stack[-1]._replace(element=number + 1)
    return stack


def _otp(tokens: list[Token], at: int, accepted: set[str], opened: list[_Open]) -> tuple[int, Term]:
    """Line and text of OTP. Where Erlang, but not the grammar of terms, could go on, this is a good guess."""
    found = tokens[at] if at < len(tokens) else None
    if found and (_is_record(tokens, at) or _is_comprehension(tokens, at, opened)):
        return _line(tokens[0]), Str("bad term")
    if found and found.type == "ATOM" and at and tokens[at - 1].type == "HASH":
        found = tokens[at + 1] if at + 1 < len(tokens) else None  # the name was right
    block = tokens[at - 1] if at and tokens[at - 1].type == "FUN" and found and found.type == "OPEN_PAREN" else found
    if block and block.span.text in _BLOCKS and (block is not found or "ATOM" in accepted):
        if any(t.span.text == "end" for t in tokens[at:]):
            return _line(tokens[0]), Str("bad term")
        found = tokens[-1] if tokens[-1].type == "DOT" else None
    text = _written(found) if found else List(())
    return _line(found or tokens[-1]), List((Str("syntax error before: "), text))


def _is_record(tokens: list[Token], at: int) -> bool:
    """`#name{` or `#name.field`, read as far as to tell the two from a mistake."""
    kinds = (
        [t.span.text if t.type in ("OPEN_BRACE", "OTHER") else t.type for t in tokens[at - 1 : at + 3]] if at else []
    )
    return kinds[:3] == ["HASH", "ATOM", "{"] or kinds == ["HASH", "ATOM", ".", "ATOM"]


def _is_comprehension(tokens: list[Token], at: int, opened: list[_Open]) -> bool:
    if tokens[at].span.text != "||" or not opened or opened[-1].kind not in ("list", "binary"):
        return False
    return tokens[opened[-1].element - 1] is opened[-1].token and tokens[at - 1] is not opened[-1].token


def _expected(accepted: set[str], opened: list[_Open]) -> str:
    """What could stand there, in words; operators are left out, since no constant has one."""
    words = [text for name, text in _EXPECTED if name in accepted]
    if "ATOM" in accepted:
        words = ["a term"]
    elif "INTEGER" in accepted:
        words = ["a number"]
    elif "COMMA" in accepted:
        words = [w for w in words if w not in ("`/`", "`:`")]
    if opened and f"CLOSE_{opened[-1].token.type[5:]}" in accepted:
        words.append(f"`{CLOSERS[opened[-1].token.type]}`")
    if "$END" in accepted:
        words = [w for w in words if w != "`,`"] + ["`.`"]
    return " or ".join(words) or "something else"


def _words(tokens: list[Token], at: int, accepted: set[str], opened: list[_Open]) -> _Words:
    if at == len(tokens) or tokens[at].type == "DOT":
        return _at_the_end(tokens, at, accepted, opened)
    token = tokens[at]
    text = token.span.text
    if token.type in CLOSING:
        return _closer(tokens, at, accepted, opened)
    if token.type == "COMMA":
        return _Words(f"expected {_expected(accepted, opened)} before this", "remove the comma, or add what is missing")
    if token.type in _STARTS and accepted & {"COMMA", "$END"}:
        return _no_comma(tokens, at, accepted, opened)
    if token.type in _WORDS and text.isalpha() and "ATOM" in accepted:
        return _Words(f"`{text}` is a reserved word", f"as an atom it is written in quotes: `'{text}'`")
    special = _expression(tokens, at) or _sign(token, text)
    return special or _Words(f"expected {_expected(accepted, opened)} before this")


def _expression(tokens: list[Token], at: int) -> _Words | None:
    """What Erlang could go on with here, but no constant holds."""
    before = tokens[at - 1].type if at else ""
    if before == "HASH":
        return _Words("a record has no value here", "write the tuple that it stands for")
    if before == "FUN":
        return _Words("a function has no value here", "write `fun module:function/arity`")
    return None


def _sign(token: Token, text: str) -> _Words | None:
    """Signs that mean something elsewhere in Erlang."""
    if token.type in ("ARROW", "ASSIGN"):
        return _Words(f"`{text}` stands only in a map", "write `#{Key => Value}`")
    if token.type == "BAR":
        return _Words("`|` stands only before the last part of a list")
    if text == ".":
        return _full_stop(token.span)
    if text == "?":
        return _Words("a macro has no value here", "write the value itself")
    return _Words(f"`{text}` is no part of a term") if token.type == "OTHER" else None


def _full_stop(span: Span) -> _Words:
    """A full stop inside a term: in a module of Elixir, before a bracket that closes, or just before more text."""
    label = "a full stop with no white space after it"
    text = span.source.text
    if text[span.end : span.end + 1] in tuple("]})"):
        return _Words(label, "remove it: the brackets are not closed yet")
    if text[span.end : span.end + 1].isupper():
        return _Words(label, "write a module of Elixir in quotes: `'Elixir.Shop.Cart'`")
    return _Words(label, "put a space or a new line after it")


def _at_the_end(tokens: list[Token], at: int, accepted: set[str], opened: list[_Open]) -> _Words:
    stopped = at < len(tokens)
    if opened:
        bracket = opened[-1]
        closer = CLOSERS[bracket.token.type]
        label = f"expected {_expected(accepted, opened)} before " + ("this" if stopped else "the end of the text")
        return _Words(label, f"close the {bracket.kind} with `{closer}`", (Label(bracket.token.span, "opened here"),))
    if stopped or "$END" not in accepted:
        return _Words(f"expected {_expected(accepted, opened)} " + ("before this" if stopped else "after this"))
    last = tokens[-1].span
    return _Words("no full stop after this", "end the term with `.`", span=last)


def _closer(tokens: list[Token], at: int, accepted: set[str], opened: list[_Open]) -> _Words:
    token = tokens[at]
    if not opened:
        return _Words("nothing is open that this could close", "remove it, or add what opens it")
    bracket = opened[-1]
    if CLOSERS[bracket.token.type] != CLOSING[token.type]:
        labels = (Label(bracket.token.span, "opened here"),)
        help_text = f"close the {bracket.kind} with `{CLOSERS[bracket.token.type]}` first"
        return _Words(f"expected {_expected(accepted, opened)} before this", help_text, labels)
    before = tokens[at - 1]
    if before.type == "COMMA":
        return _Words(
            "expected a term before this", "remove the comma", (Label(before.span, "nothing follows this comma"),)
        )
    return _Words(f"expected {_expected(accepted, opened)} before this")


def _no_comma(tokens: list[Token], at: int, accepted: set[str], opened: list[_Open]) -> _Words:
    """A term directly after a term."""
    label = f"expected {_expected(accepted, opened)} before this"
    last = tokens[at - 1].span
    if not opened:
        whole = _last_line(Span(last.source, tokens[0].span.start, last.end))
        return _Words(label, "end the first term with `.`", (Label(whole, "the term that ends here"),))
    bracket = opened[-1]
    element = Span(last.source, tokens[bracket.element].span.start, last.end)
    label_text = f"the {bracket.kind} element that ends here"
    help_text = f"add a comma after the {bracket.kind} element on line {last.source.line_col(last.end - 1)[0]}"
    return _Words(label, help_text, (Label(_last_line(element), label_text),))


def _last_line(span: Span) -> Span:
    """A span that is no longer than a line: of one over several lines, what is on the last."""
    start = span.source.text.rfind("\n", span.start, span.end) + 1
    while 0 < start < span.end and span.source.text[start] in " \t\r":
        start += 1
    return span._replace(start=start) if start > span.start else span
