"""Elixir tokens -> nodes (see nodes.py)."""

from __future__ import annotations

from relupc.analyse.erl.syntax import NotReadError
from relupc.analyse.ex.nodes import MAX_DEPTH, MAX_HEIGHT, Arm, Cursor, Node, height_of, node
from relupc.analyse.ex.operators import LEVELS, UNARY
from relupc.analyse.ex.tokens import Token, interpolated, tokens
from relupc.model.term import Atom, Int

MAX_DIGITS = 300
INSIDE = 10  # what an interpolation counts for of MAX_DEPTH: its text is gone through again
_SECTIONS = ("else", "rescue", "catch", "after")
_RESERVED = {"do", "end", "and", "or", "in", "when", "not", *_SECTIONS}


def expression(cursor: Cursor, level: int = 0) -> Node:
    """An expression whose operators bind at least as tightly as `level`. Raises NotReadError."""
    cursor.depth += 1
    if cursor.depth > MAX_DEPTH:
        raise NotReadError
    left = _prefixed(cursor)
    while cursor.here.kind in ("sign", "word"):
        sign = cursor.here
        negated = _is_not_in(cursor)
        own, right = (13, 14) if negated else LEVELS.get(sign.text, (-1, 0))
        if own < level or own < 0:
            break
        cursor.at += 2 if negated else 1
        cursor.lines()
        of = _item(cursor) if cursor.here.kind == "key" and sign.text in ("|", "when") else expression(cursor, right)
        left = node("op", sign.line, sign.text, left, of)
    cursor.depth -= 1
    return left


def _is_not_in(cursor: Cursor) -> bool:
    return cursor.here.text == "not" and cursor.next.text == "in"


def _prefixed(cursor: Cursor) -> Node:
    token = cursor.here
    if cursor.sees(*UNARY):
        cursor.take()
        return node("op", token.line, token.text, expression(cursor, 18))
    if cursor.skip("&"):
        if cursor.here.kind == "int" and not cursor.here.gap:
            return _postfix(cursor, node("place", token.line, _int(cursor.take())))
        if cursor.here.text in LEVELS and cursor.next.text == "/":
            name = node("word", token.line, cursor.take().text)
            cursor.take()
            return node("capture", token.line, node("op", token.line, "/", name, _primary(cursor)))
        return node("capture", token.line, expression(cursor, 6))
    if cursor.skip("@"):
        return node("attribute", token.line, expression(cursor, 19))
    return _postfix(cursor, _primary(cursor))


def _int(token: Token) -> int:
    if len(token.text) >= MAX_DIGITS:
        raise NotReadError
    return int(token.text.replace("_", ""), 0 if token.text[1:2] in ("x", "o", "b") else 10)


def _postfix(cursor: Cursor, found: Node) -> Node:
    while True:
        here = cursor.here
        if cursor.skip("."):
            found = _dotted(cursor, found, here.line)
        elif here.text == "[" and here.kind == "sign" and not here.gap:
            cursor.take()
            found = node("opaque", here.line, found, *_items(cursor, "]"))
        elif here.text == "(" and here.kind == "sign" and not here.gap and found.kind in ("word", "dot", "call"):
            cursor.take()
            found = _with_do(cursor, found, _items(cursor, ")"), here.line)
        elif found.kind in ("word", "dot") and _begins_argument(cursor, found):
            found = _bare_call(cursor, found)
        elif found.kind in ("word", "dot") and cursor.sees("do") and not cursor.bare:
            found = _with_do(cursor, found, (), found.line)
        else:
            return found


def _dotted(cursor: Cursor, left: Node, line: int) -> Node:
    token = cursor.take()
    if token.kind == "alias" and left.kind == "alias" and len(left.parts[0]) < MAX_DEPTH:
        return node("alias", line, (*left.parts[0], token.text))
    if token.kind == "word" or (token.kind == "sign" and (token.text in LEVELS or token.text in UNARY)):
        return node("dot", line, left, token.text)
    if token.kind == "string" and token.text[0] == '"' and "#{" not in token.text and cursor.here.text == "(":
        return node("dot", line, left, token.text[1:-1])
    if token.text == "(" and token.kind == "sign":
        return node("call", line, left, _items(cursor, ")"), ())
    if token.text == "{" and token.kind == "sign":
        return node("aliases", line, left, _items(cursor, "}"))
    raise NotReadError


def _begins_argument(cursor: Cursor, found: Node) -> bool:
    here = cursor.here
    if not here.gap or here.kind in ("nl", "end"):
        return False
    if here.kind == "word":
        return here.text not in _RESERVED or (here.text == "not" and not _is_not_in(cursor))
    if here.kind != "sign":
        return True
    if here.text in ("-", "+", "&", "["):
        return here.text == "[" or not cursor.next.gap
    return here.text in ("(", "{", "<<", "%", "@", "^", "!", "~~~")


def _bare_call(cursor: Cursor, callee: Node) -> Node:
    """A call without brackets: a `do` behind its arguments is its own."""
    before, cursor.bare = cursor.bare, True
    args = _listed(cursor)
    cursor.bare = before
    return _with_do(cursor, callee, args, callee.line)


def _listed(cursor: Cursor) -> tuple[Node, ...]:
    found = [_item(cursor)]
    while cursor.skip(","):
        cursor.lines()
        found.append(_item(cursor))
    return _keywords_last(found)


def _item(cursor: Cursor) -> Node:
    if cursor.here.kind == "key":
        token = cursor.take()
        cursor.lines()
        return node("pair", token.line, _key(token), expression(cursor))
    return expression(cursor)


def _key(token: Token) -> Node:
    if token.text[0] not in "\"'":
        return node("value", token.line, Atom(token.text[:-1]))
    return node("unread", token.line) if "#{" in token.text else node("value", token.line, Atom(token.text[1:-1]))


def _keywords_last(found: list[Node]) -> tuple[Node, ...]:
    """`f(a, b: 1)` is `f(a, [{:b, 1}])`."""
    pairs = [item for item in found if item.kind == "pair"]
    plain = [item for item in found if item.kind != "pair"]
    return (*plain, node("list", pairs[0].line, tuple(pairs))) if pairs else tuple(plain)


def _items(cursor: Cursor, end: str, *, keep: bool = False) -> tuple[Node, ...]:
    before, cursor.bare = cursor.bare, False
    cursor.lines()
    found: list[Node] = []
    while not cursor.skip(end):
        found.append(_item(cursor))
        cursor.lines()
        if not cursor.skip(","):
            cursor.need(end)
            break
        cursor.lines()
    cursor.bare = before
    return tuple(found) if keep else _keywords_last(found)


def _with_do(cursor: Cursor, callee: Node, args: tuple[Node, ...], line: int) -> Node:
    """A call, with its `do` block if it has one. `, do: x` is the same as one."""
    sections: list[tuple[str, tuple[Arm, ...], tuple[Node, ...]]] = []
    if not cursor.bare and cursor.skip("do"):
        name = "do"
        while True:
            sections.append((name, *section(cursor, ("end", *_SECTIONS))))
            name = cursor.take().text
            if name == "end":
                break
    elif args and args[-1].kind == "list":
        pairs = args[-1].parts[0]
        keys = [pair.parts[0].parts[0] for pair in pairs if pair.kind == "pair"]
        if len(keys) == len(pairs) and Atom("do") in keys:
            sections = [(key.name, (), (pair.parts[1],)) for key, pair in zip(keys, pairs, strict=True)]
            args = args[:-1]
    heights = tuple(part for _, arms, body in sections for part in (*(tuple(arm) for arm in arms), body))
    if height_of(heights) >= MAX_HEIGHT:
        raise NotReadError
    made = node("call", line, callee, args, tuple(sections))
    return made._replace(height=max(made.height, 1 + height_of(heights)))


def section(cursor: Cursor, ends: tuple[str, ...]) -> tuple[tuple[Arm, ...], tuple[Node, ...]]:
    """What stands up to one of these words, or the end if that is "", which is not taken: clauses, or expressions."""
    before, cursor.bare = cursor.bare, False
    arms: list[Arm] = []
    body: list[Node] = []
    cursor.lines()
    while not cursor.sees(*ends):
        line = cursor.here.line
        heads = () if cursor.sees("->") else _listed(cursor)
        if cursor.skip("->"):
            if arms:
                arms[-1] = arms[-1]._replace(body=tuple(body))
            elif body:
                raise NotReadError
            patterns, guard = _guarded(heads)
            arms.append(Arm(patterns, guard, (), line))
            body = []
        elif cursor.sees(")") and ")" in ends and len(heads) > 1 and not (arms or body):
            body = [node("several", line, heads)]
        elif len(heads) != 1 or not (cursor.here.kind == "nl" or cursor.sees(*ends)):
            raise NotReadError
        else:
            body += heads
        cursor.lines()
    cursor.bare = before
    if arms:
        arms[-1] = arms[-1]._replace(body=tuple(body))
        body = []
    return tuple(arms), tuple(body)


def _guarded(heads: tuple[Node, ...]) -> tuple[tuple[Node, ...], Node | None]:
    guard = None
    if heads and heads[-1].kind == "op" and heads[-1].parts[0] == "when":
        _, last, guard = heads[-1].parts
        heads = (*heads[:-1], last)
    return heads[0].parts[0] if len(heads) == 1 and heads[0].kind == "several" else heads, guard


def _primary(cursor: Cursor) -> Node:
    token = cursor.take()
    line = token.line
    match token.kind:
        case "int" if len(token.text) < MAX_DIGITS:
            return node("value", line, Int(_int(token)))
        case "atom":
            return node("value", line, Atom(token.text[1:]))
        case "quoted" if "\\" not in token.text and "#" not in token.text:
            return node("value", line, Atom(token.text[2:-1]))
        case "string" | "quoted":
            return _text(cursor, token)
        case "int" | "float" | "char":
            return node("opaque", line)
        case "alias" | "word" if token.kind == "alias" or token.text == "__MODULE__":
            return node("alias", line, (token.text,))
        case "word" if token.text in ("true", "false", "nil"):
            return node("value", line, Atom(token.text))
        case "word" if token.text == "fn":
            arms, body = section(cursor, ("end",))
            cursor.take()
            if body or not arms:
                raise NotReadError
            made = node("fn", line, tuple(tuple(arm) for arm in arms))
            return made._replace(parts=(arms,))
        case "word" if token.text not in _RESERVED:
            return node("word", line, token.text)
        case "sign":
            return _bracketed(cursor, token)
    raise NotReadError


def _text(cursor: Cursor, token: Token) -> Node:
    """A string with what is interpolated in it, or `unread` if that cannot be read."""
    found: list[Node] = []
    try:
        for inside in interpolated(token):
            arms, body = section(Cursor(tokens(inside.text, inside.line), depth=cursor.depth + INSIDE), ("",))
            if arms:
                raise NotReadError
            found += body
        return node("opaque", token.line, *found)
    except NotReadError:
        return node("unread", token.line)


def _parenthesized(cursor: Cursor, line: int) -> Node:
    """Expressions; or what `fn (a, b) ->` has (`several`); or a type such as `(a -> b)`, which is not looked at."""
    arms, body = section(cursor, (")",))
    cursor.take()
    if arms:
        return node("opaque", line)
    return body[0] if len(body) == 1 else node("block" if body else "several", line, body)


def _bracketed(cursor: Cursor, token: Token) -> Node:
    line = token.line
    match token.text:
        case "(":
            return _parenthesized(cursor, line)
        case "...":
            return node("opaque", line)
        case "{":
            return node("tuple", line, _items(cursor, "}"))
        case "[":
            return node("list", line, _items(cursor, "]", keep=True))
        case "<<":
            return node("binary", line, _items(cursor, ">>"))
        case "%":
            named = None if cursor.sees("{") else expression(cursor, 19)
            cursor.need("{")
            items = _items(cursor, "}", keep=True)
            return node("struct", line, items, named) if named else node("map", line, items)
    raise NotReadError
