"""A Beam in, its Code out: every instruction of every function, with what its arguments stand for."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from relupc.beam.compact import ATOM, EXTENDED, packed, unsigned
from relupc.beam.etf import BadTerm
from relupc.beam.lines import read_lines
from relupc.beam.literals import read_literals
from relupc.beam.opcodes import ARGUMENTS, NAMES, NEWEST
from relupc.beam.raw import MAX_ARITY, BadBeam, u32, unreadable, within
from relupc.model.beam import Beam, Body, Code, Instruction, Operand
from relupc.model.diagnostic import Diagnostic
from relupc.model.term import Float, Term
from relupc.model.value import dataclass, field

MAX_CODE = 32 * 1024 * 1024  # bytes
_FUNC_INFO, _INT_CODE_END = 2, 3
_FLOAT, _LIST, _FR, _ALLOC, _LITERAL, _TYPED = range(6)  # what follows the tag EXTENDED
_MAX_NESTED = 4  # lists in lists; the compiler of today nests none
_SET = 0  # the number of the instruction set, the same since ever
_KINDS = ("u", "i", "a", "x", "y", "f", "h", "")
_REGISTERS = frozenset(("x", "y", "fr"))
_BY_LETTER: dict[str, frozenset[str]] = {
    **dict.fromkeys("urmn", frozenset("u")),
    "f": frozenset("f"),
    "a": frozenset("a"),
    "d": _REGISTERS,
    "s": _REGISTERS | {"i", "a", "nil", "h", "literal"},
    "l": frozenset(("list",)),
    "-": frozenset((*_KINDS, "fr", "nil", "literal", "list", "alloc")),
}
_FITTING = tuple(tuple(_BY_LETTER[letter] for letter in letters) for letters in ARGUMENTS)
_LIMITED = {
    opcode: places
    for opcode, letters in enumerate(ARGUMENTS)
    if (places := [(place, letter) for place, letter in enumerate(letters) if letter in "rmn"])
}
_COUNTS = tuple(range(len(letters)) for letters in ARGUMENTS) + (range(0),) * (256 - len(ARGUMENTS))


def _step(first: int) -> int:
    """How many bytes an argument has that starts with this one; 0 if that is not seen from the first byte alone."""
    if first & 7 == EXTENDED:
        return 0
    if not first & 0b1000:
        return 1
    if not first & 0b10000:
        return 2
    return 0 if first >> 5 == 7 else 3 + (first >> 5)


_STEPS = tuple(map(_step, range(256)))


@dataclass(frozen=True, slots=True)
class _Tables:
    """What arguments name by a number."""

    atoms: Mapping[int, str]
    literals: tuple[Term, ...]
    limits: Mapping[str, int]  # by the letter in opcodes.py
    operands: dict[bytes, Operand] = field(default_factory=dict)  # those met, by their bytes


def read_code(beam: Beam) -> Code | Diagnostic:
    """Decode all functions: the counterpart of `beam_disasm:file/1` of OTP."""
    try:
        literals = read_literals(beam.chunks.get("LitT"))
        lines = read_lines(beam.chunks.get("Line"), beam.module)
        limits = {"r": MAX_ARITY + 1, "m": len(beam.imports), "n": len(beam.lambdas)}
        tables = _Tables(dict(enumerate(beam.atoms, 1)), literals, limits)
        instructions, starts = _instructions(tables, _code(beam.chunks["Code"]))
        return Code(tuple(_bodies(instructions, starts)), lines, literals)
    except (BadBeam, BadTerm) as fault:
        return unreadable(beam.path, f"module {beam.module}: {fault}", beam.module)


def _code(data: bytes) -> bytes:
    """The instructions alone. Before them are: the size of that part, a version, the highest opcode, counts."""
    highest = u32(data, 8)
    if u32(data, 4) != _SET:
        raise BadBeam("its code is for another instruction set")
    if highest >= len(NAMES):
        raise _unknown(highest)
    if len(data) > MAX_CODE:
        raise BadBeam(f"its code has {len(data)} bytes, but relupc reads no more than {MAX_CODE}")
    return data[4 + u32(data, 0) :]


def _unknown(opcode: int) -> BadBeam:
    newer = f"opcode {opcode} is newer than {NEWEST}"
    return BadBeam(newer if opcode else "its code has a 0 where an instruction should be")


def _instructions(tables: _Tables, code: bytes) -> tuple[list[Instruction], list[int]]:
    """All instructions, and where in them each func_info is.

    Most instructions of a module occur many times: so here only their lengths are found, and the rest is remembered.
    """
    found: list[Instruction] = []
    starts: list[int] = []
    known: dict[bytes, Instruction] = {}
    at = 0
    try:
        while (opcode := code[at]) != _INT_CODE_END:
            start = at
            at += 1
            for _ in _COUNTS[opcode]:
                step = _STEPS[code[at]]
                at = at + step if step else _past(code, at)
            key = code[start:at]
            instruction = known.get(key)
            if instruction is None:
                within(len(known), "different instructions")
                instruction = known[key] = _instruction(tables, key)
            if opcode == _FUNC_INFO:
                starts.append(len(found))
            found.append(instruction)
    except (IndexError, struct.error):
        raise BadBeam("its code is cut short") from None
    return found, starts


def _past(code: bytes, at: int, nested: int = 0) -> int:
    """The place after an argument that starts at a place."""
    step = _STEPS[code[at]]
    if step:
        return at + step
    if code[at] & 7 != EXTENDED:
        return packed(code, at)[2]
    kind, at = code[at] >> 4, at + 1
    if kind == _FLOAT:
        return at + 8
    if kind == _TYPED:
        return unsigned(code, _past(code, at, nested + 1))[1]
    number, at = unsigned(code, at)
    if kind == _ALLOC:
        for _ in range(2 * number):
            at = unsigned(code, at)[1]
    elif kind == _LIST:
        if nested > _MAX_NESTED:
            raise BadBeam("a list of arguments that is nested too deep")
        for _ in range(number):
            at = _past(code, at, nested + 1)
    return at


def _instruction(tables: _Tables, code: bytes) -> Instruction:
    """The instruction that these bytes are."""
    opcode = code[0]
    if not 0 < opcode < len(NAMES):
        raise _unknown(opcode)
    known = tables.operands
    found: list[Operand] = []
    at = 1
    for fitting in _FITTING[opcode]:
        step = _STEPS[code[at]]
        if step:
            key = code[at : at + step]
            operand = known.get(key)
            if operand is None:
                operand = known[key] = _operand(tables, key, 0)[0]
            at += step
        else:
            operand, at = _operand(tables, code, at)
        if operand[0] not in fitting:
            raise _misfit(opcode)
        found.append(operand)
    for place, letter in _LIMITED.get(opcode, ()):
        number = found[place].value
        if not isinstance(number, int) or number >= tables.limits[letter]:
            raise _misfit(opcode)
    return Instruction(NAMES[opcode], tuple(found))


def _misfit(opcode: int) -> BadBeam:
    return BadBeam(f"an instruction {NAMES[opcode]} with a wrong argument")


def _operand(tables: _Tables, code: bytes, at: int) -> tuple[Operand, int]:
    """The argument at a place, and the place after it. Nested too deep it is not: `_past` has been there."""
    if code[at] & 7 == EXTENDED:
        return _extended(tables, code, at)
    tag, number, at = packed(code, at)
    if tag != ATOM:
        return Operand(_KINDS[tag], number), at
    if number == 0:
        return Operand("nil", None), at
    if number not in tables.atoms:
        raise BadBeam(f"atom {number} of {len(tables.atoms)}")
    return Operand("a", tables.atoms[number]), at


def _extended(tables: _Tables, code: bytes, at: int) -> tuple[Operand, int]:
    """An argument with the tag EXTENDED."""
    kind, at = code[at] >> 4, at + 1
    if kind == _FLOAT:
        return Operand("literal", Float(struct.unpack_from(">d", code, at)[0])), at + 8
    if kind == _TYPED:
        operand, at = _operand(tables, code, at)
        return operand, unsigned(code, at)[1]
    number, at = unsigned(code, at)
    if kind == _FR:
        return Operand("fr", number), at
    if kind == _LITERAL and number < len(tables.literals):
        return Operand("literal", tables.literals[number]), at
    if kind == _LIST:
        operands: list[Operand] = []
        for _ in range(number):
            operand, at = _operand(tables, code, at)
            operands.append(operand)
        return Operand("list", tuple(operands)), at
    if kind == _ALLOC:
        pairs: list[tuple[int, int]] = []
        for _ in range(number):
            what, at = unsigned(code, at)
            words, at = unsigned(code, at)
            pairs.append((what, words))
        return Operand("alloc", tuple(pairs)), at
    raise BadBeam("an argument that is no argument")


def _bodies(instructions: list[Instruction], starts: list[int]) -> Iterator[Body]:
    """The functions: each starts with the label before its func_info; there may be a `line` between."""
    begins = [at - 2 if at > 1 and instructions[at - 1].op == "line" else at - 1 for at in starts]
    for at, begin, end in zip(starts, begins, [*begins, len(instructions)][1:], strict=False):
        entry = instructions[at + 1] if at + 1 < end else None
        if begin < 0 or instructions[begin].op != "label" or entry is None or entry.op != "label":
            raise BadBeam("a function without its labels")
        _, name, arity = (operand.value for operand in instructions[at].args)
        label = entry.args[0].value
        assert isinstance(name, str), "the arguments of func_info were checked"
        assert isinstance(arity, int), "so they were"
        assert isinstance(label, int), "so was that of the label"
        yield Body(name, arity, label, tuple(instructions[begin:end]))
