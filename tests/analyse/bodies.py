"""For tests: the instructions of a function written by hand, and what comes of following them."""

from __future__ import annotations

from collections.abc import Sequence

from relupc.analyse.machine import Machine, run
from relupc.analyse.steps import steps
from relupc.model.beam import FA, MFA, Body, Instruction, Lambda, Lines, Operand
from relupc.model.term import Term

HEAD, ENTRY = 1, 2
IMPORTS = (MFA("shop_till", "pay", 1), MFA("erlang", "element", 2), MFA("erlang", "+", 2))
LAMBDAS = (Lambda(FA("-f/2-fun-0-", 3), 2),)
RETURN = ("return",)


def x(number: int) -> Operand:
    return Operand("x", number)


def y(number: int) -> Operand:
    return Operand("y", number)


def a(name: str) -> Operand:
    return Operand("a", name)


def i(number: int) -> Operand:
    return Operand("i", number)


def u(number: int) -> Operand:
    return Operand("u", number)


def f(label: int) -> Operand:
    return Operand("f", label)


def literal(term: Term) -> Operand:
    return Operand("literal", term)


def listed(*operands: Operand) -> Operand:
    return Operand("list", operands)


def followed(*instructions: tuple[str | Operand, ...], arity: int = 2) -> Machine:
    """A machine that has followed a function `shop:f` of these instructions; label 3 is that of `shop:g/1`."""
    head: Sequence[tuple[str | Operand, ...]] = (("label", u(HEAD)), ("func_info", a("shop"), a("f"), u(arity)))
    made = [Instruction(str(op), tuple(args)) for op, *args in (*head, ("label", u(ENTRY)), *instructions)]  # type: ignore[arg-type]
    body = Body("f", arity, ENTRY, tuple(made))
    lines = Lines(("src/shop.erl",), ((0, 0), (0, 7), (0, 9)))
    entries = {ENTRY: MFA("shop", "f", arity), 3: MFA("shop", "g", 1)}
    machine = Machine("shop", lines, IMPORTS, LAMBDAS, entries)
    run(machine, body, steps())
    return machine


def returned(*instructions: tuple[str | Operand, ...], arity: int = 2) -> list[Term]:
    """What such a function may return, where the last instruction is the first `return`."""
    return followed(*instructions, RETURN, arity=arity).returns
