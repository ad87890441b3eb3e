"""The tokens of an expression -> the expression. These are the kinds (see also blocks.py):

value TERM                     var NAME                       opaque
tuple ITEMS                    list ITEMS TAIL                map BASE PAIRS
record BASE NAME FIELDS        element BASE RECORD NAME        binary PARTS (bytes EXPR)
call CALLEE ARGS               remote MODULE NAME             match LEFT RIGHT
op SIGN OPERANDS...            catch EXPR                     begin BODY
case EXPR CLAUSES              if CLAUSES                     receive CLAUSES AFTER (a pair, or None)
try BODY CLAUSES CATCH AFTER   maybe BODY CLAUSES             comprehension BODY PARTS
generator PATTERN FROM
fun CLAUSES NAME               local_fun NAME ARITY           external_fun MODULE NAME ARITY
"""

from __future__ import annotations

from collections.abc import Callable

from relupc.analyse.erl.constants import constant
from relupc.analyse.erl.syntax import Clause, Cursor, Expr, NotReadError
from relupc.model.term import Atom

MAX_HEIGHT = 100  # of an expression: whoever looks at it goes into its parts
_LEVELS = {
    **dict.fromkeys(("=", "!", "?="), (1, 1)),
    "orelse": (2, 2),
    "andalso": (3, 3),
    **dict.fromkeys(("==", "/=", "=<", "<", ">=", ">", "=:=", "=/="), (4, 5)),
    **dict.fromkeys(("++", "--"), (5, 5)),
    **dict.fromkeys(("+", "-", "bor", "bxor", "bsl", "bsr", "or", "xor"), (6, 7)),
    **dict.fromkeys(("*", "/", "div", "rem", "band", "and"), (7, 8)),
}  # how tightly an operator binds, and how tightly what is on its right side has to
_PREFIXES = ("-", "+", "not", "bnot")
_BYTES = {"binary", "bytes", "bitstring", "bits"}
_PREFIX_LEVEL = 8
_RESERVED = {"after", "begin", "case", "catch", "end", "fun", "if", "maybe", "of", "receive", "try", "when"}


def name_of(cursor: Cursor) -> str:
    value = constant(cursor.take())
    if not isinstance(value, Atom):
        raise NotReadError
    return value.name


def clause(cursor: Cursor, patterns: tuple[Expr, ...], line: int) -> Clause:
    """The rest of a clause, behind its patterns."""
    start = cursor.at
    while cursor.here.kind != "end" and not cursor.sees("->"):
        cursor.take()
    guard = tuple(cursor.tokens[start : cursor.at])
    if guard and guard[0].text != "when":
        raise NotReadError
    cursor.need("->")
    return Clause(patterns, guard, body(cursor), line)


def body(cursor: Cursor) -> tuple[Expr, ...]:
    """Expressions with commas between them."""
    found = [expression(cursor)]
    while cursor.skip(","):
        found.append(expression(cursor))
    return tuple(found)


def until(cursor: Cursor, end: str) -> list[Expr]:
    """Expressions up to a closing bracket, which is taken."""
    found = [] if cursor.sees(end) else list(body(cursor))
    cursor.need(end)
    return found


def expression(cursor: Cursor, level: int = 0) -> Expr:
    """An expression whose operators bind at least as tightly as `level`. Raises NotReadError."""
    cursor.deeper()
    token, around, cursor.height = cursor.here, cursor.height, 0
    if cursor.skip("catch"):
        left = Expr("catch", token.line, (expression(cursor),))
        cursor.height += 1
    elif cursor.sees(*_PREFIXES):
        cursor.take()
        left = Expr("op", token.line, (token.text, expression(cursor, _PREFIX_LEVEL)))
        cursor.height += 1
    else:
        left = _postfix(cursor)
    height = cursor.height
    while cursor.here.kind in ("sign", "atom"):
        own, right = _LEVELS.get(cursor.here.text, (-1, 0))
        if own < level:
            break
        sign, cursor.height = cursor.take(), 0
        parts = (left, expression(cursor, right))
        height = max(height, cursor.height) + 1
        is_match = sign.text in ("=", "?=")
        left = Expr("match" if is_match else "op", sign.line, parts if is_match else (sign.text, *parts))
    if height > MAX_HEIGHT:
        raise NotReadError
    cursor.height = max(around, height)
    cursor.depth -= 1
    return left


def _postfix(cursor: Cursor) -> Expr:
    """A primary expression with calls, `#record{}`, `#{}` and `M:F` behind it."""
    found = primary(cursor)
    while True:
        line = cursor.here.line
        if cursor.skip(":"):
            found = Expr("remote", found.line, (found, primary(cursor)))
        elif cursor.skip("("):
            found = Expr("call", found.line, (found, tuple(until(cursor, ")"))))
        elif cursor.skip("#"):
            found = _hash(cursor, found, line)
        else:
            return found
        cursor.height += 1


def primary(cursor: Cursor) -> Expr:
    """A constant, a variable, or what begins with a bracket or a keyword."""
    cursor.deeper()
    found = _primary(cursor)
    cursor.depth -= 1
    cursor.height += 1
    return found


def _primary(cursor: Cursor) -> Expr:
    token = cursor.take()
    if token.kind == "var":
        return Expr("var", token.line, (token.text,))
    if token.kind in ("atom", "sign"):
        read = cursor.forms.get(token.text)
        if read:
            return read(cursor, token.line)
    if token.kind == "opaque":
        return Expr("opaque", token.line)
    value = constant(token)
    if value is None or (token.kind == "atom" and token.text in _RESERVED):
        raise NotReadError
    while token.kind in ("string", "triple") and cursor.here.kind in ("string", "triple"):
        cursor.take()  # two strings side by side are one; nobody asks which
        value = None
    return Expr("value", token.line, (value,)) if value is not None else Expr("opaque", token.line)


def _paren(cursor: Cursor, _: int) -> Expr:
    found = expression(cursor)
    cursor.need(")")
    return found


def _tuple(cursor: Cursor, line: int) -> Expr:
    return Expr("tuple", line, (tuple(until(cursor, "}")),))


def _list(cursor: Cursor, line: int) -> Expr:
    items, tail = [], None
    if not cursor.sees("]"):
        items = list(body(cursor))
        if cursor.skip("|"):
            tail = expression(cursor)
        elif cursor.skip("||"):
            return _comprehension(cursor, line, items, "]")
    cursor.need("]")
    return Expr("list", line, (tuple(items), tail))


def _comprehension(cursor: Cursor, line: int, body: list[Expr], end: str) -> Expr:
    """What a comprehension makes, and its generators and filters."""
    parts = list[Expr]()
    while True:
        part = expression(cursor)
        if cursor.skip(":="):  # `K := V <- Map`
            part = Expr("tuple", line, ((part, expression(cursor)),))
        if cursor.skip("<-") or cursor.skip("<="):
            part = Expr("generator", line, (part, expression(cursor)))
        parts.append(part)
        if not (cursor.skip(",") or cursor.skip("&&")):
            cursor.need(end)
            return Expr("comprehension", line, (tuple(body), tuple(parts)))


def _binary(cursor: Cursor, line: int) -> Expr:
    """A binary: its values; what it says of sizes and types is passed over."""
    parts = []
    while not cursor.sees(">>"):
        parts.append(_postfix(cursor) if not cursor.sees(*_PREFIXES) else expression(cursor, _PREFIX_LEVEL))
        if cursor.skip("||"):
            return _comprehension(cursor, line, parts, ">>")
        kinds = set[str]()
        while not cursor.sees(",", ">>", "||"):
            token = cursor.take()
            kinds.add(token.text)
            if token.kind == "end":
                raise NotReadError
        if kinds & _BYTES:
            parts[-1] = Expr("bytes", line, (parts[-1],))
        if cursor.skip("||"):
            return _comprehension(cursor, line, parts, ">>")
        cursor.skip(",")
    cursor.take()
    return Expr("binary", line, tuple(parts))


def _hash(cursor: Cursor, base: Expr | None, line: int) -> Expr:
    """What begins with `#`: a map, a record, a field of one."""
    if cursor.skip("{"):
        pairs = []
        while not cursor.sees("}"):
            key = expression(cursor)
            if not (cursor.skip("=>") or cursor.skip(":=")):
                raise NotReadError
            pairs.append((key, expression(cursor)))
            if cursor.skip("||"):
                return _comprehension(cursor, line, [part for pair in pairs for part in pair], "}")
            cursor.skip(",")
        cursor.take()
        return Expr("map", line, (base, tuple(pairs)))
    name = name_of(cursor)
    if cursor.skip("."):
        return Expr("element", line, (base, name, name_of(cursor)))
    cursor.need("{")
    fields = until(cursor, "}")
    return Expr("record", line, (base, name, tuple(fields)))


FORMS: dict[str, Callable[[Cursor, int], Expr]] = {
    "(": _paren,
    "{": _tuple,
    "[": _list,
    "<<": _binary,
    "#": lambda cursor, line: _hash(cursor, None, line),
}
