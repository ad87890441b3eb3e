"""A Beam in, its Code out: every instruction of every function, with what its arguments stand for."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from relupc.beam.compact import ATOM, EXTENDED, NUMBER, packed, spelled, unsigned
from relupc.beam.etf import BadTerm
from relupc.beam.lines import read_lines
from relupc.beam.literals import Literals, open_literals
from relupc.beam.opcodes import ARGUMENTS, NAMES, NEWEST
from relupc.beam.outline import outlines
from relupc.beam.raw import MAX_ARITY, BadBeam, found_at, u32, unreadable, within
from relupc.beam.skip import ALLOC, FLOAT, FR, LIST, LITERAL, STEPS, TYPED, past
from relupc.model.beam import FA, Beam, Body, Code, Instruction, OpenCode, Operand, Outline
from relupc.model.diagnostic import Diagnostic
from relupc.model.term import Float, Term
from relupc.model.value import dataclass, field

MAX_CODE = 32 * 1024 * 1024  # bytes
_FUNC_INFO, _INT_CODE_END = 2, 3
_AS_LITERAL = bytes((LITERAL << 4 | EXTENDED,))  # before the number of a literal
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


@dataclass(frozen=True, slots=True)
class _Tables:
    """What arguments name by a number."""

    atoms: Mapping[int, str]
    literals: Literals
    limits: Mapping[str, int]  # by the letter in opcodes.py
    operands: dict[bytes, Operand] = field(default_factory=dict)  # those met, by their bytes
    instructions: dict[bytes, Instruction] = field(default_factory=dict)


def read_code(beam: Beam) -> Code | Diagnostic:
    """Decode all functions: the counterpart of `beam_disasm:file/1` of OTP."""
    try:
        tables = _tables(beam)
        lines, literals = read_lines(beam.chunks.get("Line"), beam.module), tables.literals.all()
        instructions, starts = _instructions(tables, _code(beam.chunks["Code"]))
        return Code(tuple(_bodies(instructions, starts)), lines, literals)
    except (BadBeam, BadTerm) as fault:
        return _unreadable(beam, fault)


def open_code(beam: Beam) -> OpenCode | Diagnostic:
    """Where the functions of a module are and what they call (outline.py); each is decoded when it is asked for."""
    try:
        code = _code(beam.chunks["Code"])
        found = outlines(code, beam)
        lines = read_lines(beam.chunks.get("Line"), beam.module)
        tables = _tables(beam)
    except (BadBeam, BadTerm) as fault:
        return _unreadable(beam, fault)

    def body(one: Outline) -> Body | Diagnostic:
        try:
            return next(_bodies(*_instructions(tables, code[one.start : one.end] + bytes((_INT_CODE_END,)))))
        except (BadBeam, BadTerm) as fault:
            return _unreadable(beam, fault)

    def picked(one: Outline, names: frozenset[str]) -> tuple[Instruction, ...]:
        try:
            return tuple(_picked(tables, code[one.start : one.end] + bytes((_INT_CODE_END,)), names))
        except (BadBeam, BadTerm):
            return ()

    def naming(atom: str) -> tuple[Outline, ...]:
        return _holding(code, found, _as_operand(beam, atom))

    def literals(atom: str) -> tuple[Term, ...]:
        try:
            return tuple(map(tables.literals.get, tables.literals.holding(_text(atom))))
        except BadTerm:
            return ()

    @cache
    def holding(atom: str) -> frozenset[FA]:
        operands = [_AS_LITERAL + spelled(NUMBER, number) for number in tables.literals.holding(_text(atom))]
        operands += _as_operand(beam, atom)
        return frozenset(FA(one.name, one.arity) for one in _holding(code, found, operands))

    return OpenCode(found, lines, body, picked, naming, literals, holding)


def _as_operand(beam: Beam, atom: str) -> list[bytes]:
    return [spelled(ATOM, beam.atoms.index(atom) + 1)] if atom in beam.atoms else []


def _holding(code: bytes, outlines: Sequence[Outline], operands: Iterable[bytes]) -> tuple[Outline, ...]:
    """The functions in whose bytes one of these is, in their order."""
    starts = [one.start for one in outlines]
    near = {bisect_right(starts, at) - 1 for operand in operands for at in found_at(code, operand)}
    return tuple(outlines[at] for at in sorted(near) if at >= 0)


def _text(atom: str) -> bytes:
    """What is in the bytes of a literal that holds an atom, whichever way that is encoded."""
    return atom.encode() if atom.isascii() else b""


def check_code(beam: Beam) -> Diagnostic | None:
    """What is wrong with the code of a module, as far as its header says."""
    try:
        _code(beam.chunks["Code"])
    except BadBeam as fault:
        return _unreadable(beam, fault)
    return None


def _tables(beam: Beam) -> _Tables:
    limits = {"r": MAX_ARITY + 1, "m": len(beam.imports), "n": len(beam.lambdas)}
    return _Tables(dict(enumerate(beam.atoms, 1)), open_literals(beam.chunks.get("LitT")), limits)


def _unreadable(beam: Beam, fault: Exception) -> Diagnostic:
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
    known = tables.instructions
    at = 0
    try:
        while (opcode := code[at]) != _INT_CODE_END:
            start = at
            at += 1
            for _ in _COUNTS[opcode]:
                step = STEPS[code[at]]
                at = at + step if step else past(code, at)
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


def _picked(tables: _Tables, code: bytes, names: frozenset[str]) -> Iterator[Instruction]:
    """The instructions with some names."""
    at, opcodes = 0, frozenset(map(NAMES.index, names))
    try:
        while (opcode := code[at]) != _INT_CODE_END:
            start = at
            at += 1
            for _ in _COUNTS[opcode]:
                step = STEPS[code[at]]
                at = at + step if step else past(code, at)
            if opcode in opcodes:
                yield _instruction(tables, code[start:at])
    except (IndexError, struct.error):
        raise BadBeam("its code is cut short") from None


def _instruction(tables: _Tables, code: bytes) -> Instruction:
    """The instruction that these bytes are."""
    opcode = code[0]
    if not 0 < opcode < len(NAMES):
        raise _unknown(opcode)
    known = tables.operands
    found: list[Operand] = []
    at = 1
    for fitting in _FITTING[opcode]:
        step = STEPS[code[at]]
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
    if kind == FLOAT:
        return Operand("literal", Float(struct.unpack_from(">d", code, at)[0])), at + 8
    if kind == TYPED:
        operand, at = _operand(tables, code, at)
        return operand, unsigned(code, at)[1]
    number, at = unsigned(code, at)
    if kind == FR:
        return Operand("fr", number), at
    if kind == LITERAL and number < len(tables.literals.encoded):
        return Operand("literal", tables.literals.get(number)), at
    if kind == LIST:
        operands: list[Operand] = []
        for _ in range(number):
            operand, at = _operand(tables, code, at)
            operands.append(operand)
        return Operand("list", tuple(operands)), at
    if kind == ALLOC:
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
