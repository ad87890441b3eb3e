"""The forms of a module -> the same with its own macros put in, and without what is compiled under conditions only.

A macro of a header is not known here: it becomes one token of the kind `opaque`, together with its arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relupc.analyse.erl.tokens import Token
from relupc.model.value import dataclass, field

MAX_TOKENS = 200_000  # of one form with its macros put in
MAX_WORK = 1_000_000  # tokens that are looked at for the macros of a module
MAX_DEPTH = 30
_OPEN = {"(": ")", "[": "]", "{": "}", "<<": ">>"}
_CLOSE = set(_OPEN.values())
_BLOCKS = {"begin", "case", "if", "receive", "try", "maybe"}


class TooLongError(Exception):
    """A form grows beyond all bounds when its macros are put in."""


@dataclass(slots=True)
class Macros:
    """What is known while a module is read: its name, and its macros by name and number of parameters (None: none).

    `conditions` are those around, each with whether all around it hold. `left` is what is left of MAX_WORK.
    """

    module: str = ""
    known: dict[tuple[str, int | None], tuple[tuple[str, ...], list[Token]]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    conditions: list[tuple[bool, bool]] = field(default_factory=list)
    left: int = MAX_WORK

    @property
    def holds(self) -> bool:
        """Whether what comes now is compiled."""
        return not self.conditions or self.conditions[-1] == (True, True)

    def open(self, condition: bool) -> None:
        """Go behind `-ifdef` or the like."""
        self.conditions.append((condition, self.holds))

    def work(self, tokens: int) -> None:
        """Note that so many tokens are looked at."""
        self.left -= tokens
        if self.left < 0 or tokens > MAX_TOKENS:
            raise TooLongError


def expanded(forms: Iterable[list[Token]]) -> Iterator[list[Token]]:
    """Each form of the module itself, its macros put in. Of one that grows too long only the head is left."""
    macros = Macros()
    for form in forms:
        word = form[1].text if len(form) > 1 and form[0].text == "-" else ""
        if _is_condition(word, form, macros) or not macros.holds:
            continue
        if word == "define":
            _define(form, macros)
            continue
        if word == "module" and len(form) > 3:
            macros.module = form[3].text
        try:
            yield _expand(form, macros, 0)
        except TooLongError:
            yield form[: closing(form, 1) + 1]


def _is_condition(word: str, form: list[Token], macros: Macros) -> bool:
    """Follow `-ifdef` and its kin. What is not defined in this file counts as not defined, `-if` as false."""
    if word in ("ifdef", "ifndef"):
        name = form[3].text if len(form) > 3 else ""
        macros.open((name in macros.names) == (word == "ifdef"))
    elif word == "if":
        macros.open(False)
    elif word in ("else", "elif") and macros.conditions:
        before, around = macros.conditions[-1]
        macros.conditions[-1] = (not before and word == "else", around)
    elif word == "endif" and macros.conditions:
        macros.conditions.pop()
    else:
        return word in ("else", "elif", "endif")
    return True


def _define(form: list[Token], macros: Macros) -> None:
    """`-define(NAME, Body)` or `-define(NAME(A, B), Body)`."""
    if len(form) < 6:
        return
    name, at, parameters = form[3].text, 4, None
    if form[4].text == "(":
        end = closing(form, 4)
        parameters = tuple(token.text for token in form[5:end] if token.kind == "var")
        at = end + 1
    body = form[at + 1 : -1]
    macros.known[name, None if parameters is None else len(parameters)] = (parameters or (), body)
    macros.names.add(name)


def closing(form: list[Token], at: int) -> int:
    """Where the bracket that opens at `at` is closed; the end if it is not."""
    depth = 0
    for index in range(at, len(form)):
        token = form[index]
        depth += (token.text in _OPEN) - (token.text in _CLOSE) if token.kind == "sign" else 0
        if depth == 0:
            return index
    return len(form)


def _expand(form: list[Token], macros: Macros, depth: int) -> list[Token]:
    if depth > MAX_DEPTH:
        raise TooLongError
    if depth:
        macros.work(len(form))
    done: list[Token] = []
    at = 0
    while at < len(form):
        token = form[at]
        if token.text != "?" or token.kind != "sign" or at + 1 >= len(form):
            done.append(token)
            at += 1
        else:
            more, at = _one(form, at, macros, depth)
            done += more
        if len(done) > MAX_TOKENS:
            raise TooLongError
    return done


def _one(form: list[Token], at: int, macros: Macros, depth: int) -> tuple[list[Token], int]:
    """What the macro at `at` stands for, and where the text goes on."""
    name, line = form[at + 1].text, form[at].line
    if name == "MODULE":
        return [Token("atom", macros.module, line)], at + 2
    if name == "LINE":
        return [Token("int", str(line), line)], at + 2
    has_arguments = at + 2 < len(form) and form[at + 2].text == "("
    end = closing(form, at + 2) if has_arguments else at + 1
    macros.work(end - at)
    arguments = split(form[at + 3 : end]) if has_arguments else []
    if has_arguments and (name, len(arguments)) in macros.known:
        parameters, body = macros.known[name, len(arguments)]
        given = dict(zip(parameters, arguments, strict=False))
        put_in = [given.get(token.text if token.kind == "var" else "", [token]) for token in body]
        macros.work(sum(map(len, put_in)))
        more = [token._replace(line=line) for part in put_in for token in part]
        return _expand(more, macros, depth + 1), end + 1
    if (name, None) in macros.known:
        body = macros.known[name, None][1]
        return _expand([token._replace(line=line) for token in body], macros, depth + 1), at + 2
    return [Token("opaque", name, line)], end + 1


def split(tokens: list[Token]) -> list[list[Token]]:
    """The arguments between two brackets, apart at their commas."""
    if not tokens:
        return []
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind == "sign":
            depth += (token.text in _OPEN) - (token.text in _CLOSE)
        elif token.kind == "atom":
            depth += (token.text in _BLOCKS) - (token.text == "end")
        if token.text == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
