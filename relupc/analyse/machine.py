"""The instructions of one function, followed once with values of which little is known -> what it calls and returns.

All ways through the function are followed together: where two meet, a register holds a choice of both values. Code only
jumps forward, except in a receive; the few jumps back are followed by going over the function again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias, cast

from relupc.analyse.values import NIL, UNKNOWN, joined, result, unknown
from relupc.model.beam import MFA, Body, Lambda, Lines, Operand, Place
from relupc.model.code import Argument, Call, Test
from relupc.model.term import Atom, Int, Term
from relupc.model.value import dataclass, field

Registers: TypeAlias = dict[Operand, Term]
MAX_ROUNDS = 4
# Values looked at for each instruction, on average, before a function counts as too much to follow: in OTP and Elixir
# it is less than 30 for all but tiny functions, which the second number is for.
MAX_WORK, BASE_WORK = 200, 20_000
X = tuple(Operand("x", number) for number in range(256))
X0 = X[0]
# After these the next instruction is only reached by its label.
ENDS = {
    *("return", "jump", "wait", "loop_rec_end", "select_val", "select_tuple_arity", "raise", "func_info"),
    *("call_only", "call_last", "call_ext_only", "call_ext_last", "apply_last"),
    *("badmatch", "case_end", "if_end", "try_case_end", "badrecord"),
}
# The label of these leads back to the head of a receive, where nothing new is known.
_OTHER_LABELS = {"wait", "loop_rec_end"}
# Of all others the first operand is the label, if they have any; that of a call is the second.
_LATER_LABELS = {"try", "catch", "select_val", "select_tuple_arity"}


class TooMuch(Exception):  # noqa: N818 - no error of the program: nobody writes such a function
    """A function takes too much work to follow."""


@dataclass(slots=True)
class Machine:
    """Where the run of a function stands. `here` is None where no way leads; `shared`: a label has the same registers.

    `again`: something new came to a label that was passed before. `blind`: no register is looked at.
    """

    module: str
    lines: Lines
    imports: tuple[MFA, ...]
    lambdas: tuple[Lambda, ...]
    entries: dict[int, MFA]  # label -> the function that begins there
    here: Registers | None = None
    shared: bool = False
    place: Place | None = None
    at_label: dict[int, Registers] = field(default_factory=dict)
    passed: set[int] = field(default_factory=set)
    again: bool = False
    blind: bool = False
    work: int = 0
    calls: list[Call] = field(default_factory=list)
    returns: list[Term] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)

    def read(self, operand: Operand) -> Term:
        """The value of an operand."""
        kind, value = operand
        if kind in ("x", "y", "fr"):
            return self.here.get(operand, UNKNOWN) if self.here is not None else UNKNOWN
        if kind == "a":
            return Atom(str(value))
        if kind == "nil":
            return NIL
        if kind == "literal":
            return cast("Term", value)
        return Int(value) if isinstance(value, int) and kind in ("i", "h", "u") else UNKNOWN

    def write(self, operand: Operand, value: Term) -> None:
        """Put a value into a register."""
        if self.here is None or self.blind:
            return
        if self.shared:
            self.here, self.shared = dict(self.here), False
            self.works(len(self.here))
        self.here[operand] = value

    def works(self, amount: int) -> None:
        """Count what is looked at, so that it stays in proportion to the size of the function."""
        self.work -= amount
        if self.work < 0 and not self.blind:
            raise TooMuch

    def arguments(self, arity: int) -> tuple[Term, ...]:
        """The values of x0, x1 and so on."""
        self.works(arity)
        return tuple(map(self.read, X[:arity]))

    def called(self, called: MFA, args: tuple[Term, ...], kind: Literal["local", "remote", "fun"], tail: bool) -> None:
        """A call is made; afterwards only its result and the y registers are left."""
        self.calls.append(Call(called, args, kind, tail, self.place))
        if not tail:
            self.only_stack()
            self.write(X0, result(called, args))

    def only_stack(self) -> None:
        """The x registers lose their values."""
        if self.here is not None:
            self.works(len(self.here))
            self.here = {register: kept for register, kept in self.here.items() if register.kind != "x"}
            self.shared = False

    def goes_to(self, label: int) -> None:
        """The state here is one of those with which a label is reached."""
        if not label or self.here is None or self.blind:
            return
        before = self.at_label.get(label)
        if before is self.here:
            return
        if before is None:
            after, self.shared = self.here, True
        else:
            self.works(len(before))
            after = _merged(before, self.here)
        if label in self.passed and (before is None or after != before):
            self.again = True
        self.at_label[label] = after


def _merged(one: Registers, other: Registers) -> Registers:
    return {at: joined(value, other[at]) for at, value in one.items() if at in other}


Step: TypeAlias = Callable[[Machine, tuple[Operand, ...]], None]


def run(machine: Machine, body: Body, steps: dict[str, Step]) -> None:
    """Follow a function; `machine` holds what came of it. Where that is too much, only what it calls is known."""
    machine.work = BASE_WORK + MAX_WORK * len(body.instructions)
    try:
        for _ in range(MAX_ROUNDS):
            _round(machine, body, steps)
            if not machine.again:
                return
    except TooMuch:
        pass
    machine.blind = True
    _round(machine, body, steps)


def _round(machine: Machine, body: Body, steps: dict[str, Step]) -> None:
    machine.again = False
    machine.passed.clear()
    for found in (machine.calls, machine.returns, machine.tests):
        found.clear()
    machine.here, machine.place = None, None
    head = body.instructions[0].args[0].value  # where it ends up if no clause fits
    for op, args in body.instructions:
        if op == "label":
            _arrive(machine, body, args[0])
        elif op == "line":
            machine.place = machine.lines.place(args[0].value)
        elif machine.here is not None:
            _step(machine, op, args, head, steps)


def _step(machine: Machine, op: str, args: tuple[Operand, ...], head: object, steps: dict[str, Step]) -> None:
    machine.works(1)
    if args and args[0].kind == "f" and op not in _OTHER_LABELS:
        label = args[0].value
        if label != head and isinstance(label, int):
            machine.goes_to(label)
    elif op in _LATER_LABELS:
        for label in labels(args):
            if label != head:
                machine.goes_to(label)
    steps.get(op, forget)(machine, args)
    if op in ENDS:
        machine.here = None


def _arrive(machine: Machine, body: Body, operand: Operand) -> None:
    label = operand.value if isinstance(operand.value, int) else 0
    if machine.blind:
        machine.here = {}
    elif label == body.entry:
        machine.here = {register: unknown(Argument(number)) for number, register in enumerate(X[: body.arity])}
        machine.shared = False
    else:
        machine.goes_to(label)
        machine.here = machine.at_label.get(label)
        machine.shared = True
    machine.passed.add(label)


def labels(args: tuple[Operand, ...]) -> list[int]:
    """The labels among some operands: the first or second one, and in the list of `select_val`, the third."""
    found = [value for kind, value in args[:2] if kind == "f" and isinstance(value, int)]
    if len(args) == 3:
        found += [one.value for one in args[2].listed if one.kind == "f" and isinstance(one.value, int)]
    return found


def forget(machine: Machine, args: tuple[Operand, ...]) -> None:
    """An instruction of which only this is known: it may write any register that it names."""
    for operand in args:
        if operand.kind in ("x", "y", "fr"):
            machine.write(operand, UNKNOWN)
        else:
            forget(machine, operand.listed)
