"""A source of chance in, a small script out: matches, operators and the functions that relupc works out.

Most calls fail for the kinds of their arguments. No number is big enough to fill a memory.
"""

from __future__ import annotations

from random import Random

from relupc.read import functions

NUMBERS = ("0", "1", "2", "3", "5", "-1", "-7", "255", "97", "1.0", "2.5", "0.0", "1.0e300")
ATOMS = ("a", "b", "true", "false", "'A b'", "undefined")
TEXTS = ('"abc"', '""', '"a"', '"1.2.3"', '"12"', '"+4"', '"☺"', '<<"ab">>', "<<>>", "<<1:3>>", '<<"12">>')
OPERATORS = (
    *("++", "--", "+", "-", "*", "/", "div", "rem", "band", "bor", "bxor", "bsl", "bsr", "and", "or", "xor"),
    *("==", "/=", "=:=", "=/=", "<", ">", "=<", ">=", "andalso", "orelse"),
)
OPERANDS = ("1", "2", "3", "2.0", "true", "false", "a", "[a]", "-1", "VSN")
# What the functions of a module are given most of the time.
FITTING = {
    "lists": (
        "[a, b, c]",
        '"abcd"',
        "[[a], [b, [c]]]",
        "[{a, 1}, {b, 2}, x, {a}]",
        "[3, 1, c, 1]",
        "[]",
        "1",
        "2",
        "a",
    ),
    "maps": ("a", "b", "#{a => 1}", "#{a => 2, b => 3}", "#{}", "[a]", "[{a, 1}, {b, 2}, {a, 3}]"),
    "proplists": ("a", "b", "[a, {b, 1}, {a, 2}]", "[{a, 1, 2}]", "[{b, x}, b]"),
    "string": ('"a,b"', '","', '["a", "bc"]', '""', '"1.4.0"', '"."'),
    "erlang": (*TEXTS, "a", "1", "2", "{a, b}", "[a, b]", "#{a => 1}"),
}


def program(chance: Random) -> str:
    """One script."""
    kind = chance.randrange(4)
    if kind == 0:
        body = expression(chance, 2)
    elif kind == 1:
        body = f"X = {value(chance, 2)}, {expression(chance, 2)}, {{X, {expression(chance, 2)}}}"
    elif kind == 2:
        signs = [chance.choice(OPERATORS) for _ in range(chance.randrange(1, 5))]
        body = chance.choice(OPERANDS) + "".join(f" {sign} {chance.choice(OPERANDS)}" for sign in signs)
    else:
        body = f"{pattern(chance, 2)} = {value(chance, 2)}, {chance.choice(('1', 'X', '{Y}'))}"
    return f"{body}."


def value(chance: Random, depth: int) -> str:
    """A constant."""
    kind = chance.randrange(6 if depth else 3)
    if kind < 3:
        return chance.choice((NUMBERS, ATOMS, TEXTS)[kind])
    if kind == 5:
        pairs = [f"{value(chance, depth - 1)} => {value(chance, depth - 1)}" for _ in range(chance.randrange(3))]
        return f"#{{{', '.join(pairs)}}}"
    items = ", ".join(value(chance, depth - 1) for _ in range(chance.randrange(4)))
    return f"[{items}]" if kind == 3 else f"{{{items}}}"


def expression(chance: Random, depth: int) -> str:
    """A constant, a variable, an operation or a call."""
    kind = chance.randrange(6 if depth else 2)
    if kind == 0:
        return value(chance, 2)
    if kind == 1:
        return chance.choice(("VSN", "X", value(chance, 1)))
    if kind == 2:
        return f"({expression(chance, depth - 1)} {chance.choice(OPERATORS)} {expression(chance, depth - 1)})"
    if kind == 3:
        return f"{chance.choice(('-', '+', 'not', 'bnot'))} ({expression(chance, depth - 1)})"
    module, name, arity = chance.choice(list(functions.TABLE))
    arguments = [argument(chance, module, depth) for _ in range(arity)]
    prefix = f"{module}:" if module != "erlang" or chance.random() < 0.3 else ""
    return f"{prefix}{name}({', '.join(arguments)})"


def argument(chance: Random, module: str, depth: int) -> str:
    """What may fit a function of a module."""
    return chance.choice(FITTING[module]) if chance.random() < 0.8 else expression(chance, depth - 1)


def pattern(chance: Random, depth: int) -> str:
    """The left side of a match."""
    kind = chance.randrange(5 if depth else 2)
    if kind < 2:
        return chance.choice("XYZ_") if kind == 0 else value(chance, 0)
    if kind == 4:
        return chance.choice(('"a" ++ W', "#{a := X}", "X = Y", "[X | T]"))
    items = ", ".join(pattern(chance, depth - 1) for _ in range(chance.randrange(3)))
    return f"{{{items}}}" if kind == 2 else f"[{items}]"
