"""The code of a module in, out where its functions are and what they call: without a look at most instructions.

One regular expression goes over a run of instructions that say nothing here, to the next that does. Its parts take each
way in which the compiler packs an argument (compact.py), but for rare and long ones: those are gone over one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby

from relupc.beam.compact import LABEL, packed
from relupc.beam.opcodes import ARGUMENTS, NAMES
from relupc.beam.raw import BadBeam
from relupc.beam.skip import past
from relupc.model.beam import MFA, Beam, Outline
from relupc.model.value import NamedTuple

_LABEL, _FUNC_INFO, _END = (NAMES.index(name) for name in ("label", "func_info", "int_code_end"))
_CALLS = frozenset(
    NAMES.index(name) for name in ("call", "call_last", "call_only", "call_ext", "call_ext_last", "call_ext_only")
)
_MARKS = frozenset(map(NAMES.index, ("send", "wait", "wait_timeout", "on_load", "make_fun2", "make_fun3")))
_SAYING = _CALLS | _MARKS | {_FUNC_INFO, _END}
_CALLED, _HEAD, _OTHER, _ODD = (2, 3), 6, 7, 8  # groups of _run
_ALLOCATES = ("test_heap", "allocate_heap", "allocate_heap_zero")
_LONGEST = 4  # arguments of a list that the expression takes; more make it slow to compile
_NONE = frozenset[str]()


class _Found(NamedTuple):
    """A function: the arguments of its func_info, its entry, where it begins; those of its calls, opcodes of _MARKS."""

    name: bytes
    arity: bytes
    entry: bytes
    start: int
    calls: set[bytes]
    marks: set[int]


def outlines(code: bytes, beam: Beam) -> tuple[Outline, ...]:
    """All functions of the instructions of a module. Raises BadBeam where they are damaged."""
    try:
        found, end = _functions(code)
    except IndexError:
        raise BadBeam("its code is cut short") from None
    if not all(0 < _number(one.name) <= len(beam.atoms) for one in found):
        raise BadBeam("a function without its name")
    ends = [*(one.start for one in found), end][1:]
    heads = [(beam.atoms[_number(one.name) - 1], _number(one.arity), _number(one.entry)) for one in found]
    entries = {entry: MFA(beam.module, name, arity) for name, arity, entry in heads}
    arguments = set[bytes]().union(*(one.calls for one in found))
    named = {argument: _called(argument, entries, beam.imports) for argument in arguments}
    return tuple(
        Outline(*head, one.start, end, frozenset(filter(None, map(named.get, one.calls))), _marks(one.marks))
        for head, one, end in zip(heads, found, ends, strict=True)
    )


def _called(argument: bytes, entries: Mapping[int, MFA], imports: Sequence[MFA]) -> MFA | None:
    """The function that a call names: by a label, or by its row in the table of imports."""
    tag, number, _ = packed(argument, 0)
    if tag == LABEL:
        return entries.get(number)
    return imports[number] if 0 <= number < len(imports) else None


def _marks(opcodes: set[int]) -> frozenset[str]:
    return frozenset(map(NAMES.__getitem__, opcodes)) if opcodes else _NONE


def _functions(code: bytes) -> tuple[list[_Found], int]:
    """All functions, and where the last one ends."""
    match = _run().match
    found: list[_Found] = []
    calls, marks = set[bytes](), set[int]()
    at, label = 0, -1
    while True:
        run = match(code, at)
        if run is None or run.lastindex is None:
            raise IndexError
        kind, at = run.lastindex, run.end()
        if kind in _CALLED:
            calls.add(run[kind])
            label = -1  # it was no function's
            continue
        if run.start(1) >= 0:
            label = run.start(1) - 1
        if kind == _HEAD:
            if label < 0:
                raise BadBeam("a function without its labels")
            calls, marks = set(), set()
            found.append(_Found(run[4], run[5], run[6], label, calls, marks))
            label = -1
            continue
        start = run.start(_OTHER) if kind == _OTHER else at - 1
        opcode = code[start]
        if kind == _ODD:
            if not 0 < opcode < len(NAMES) or opcode == _FUNC_INFO:
                raise BadBeam("its code has something else where an instruction should be")
            at = _past_all(code, start)
        if opcode == _END:
            return found, start
        if opcode == _LABEL:
            label = start
        elif opcode in _MARKS:
            marks.add(opcode)
        elif opcode in _CALLS:
            second = past(code, start + 1)
            calls.add(code[second : past(code, second)])


def _past_all(code: bytes, at: int) -> int:
    """The place after an instruction."""
    letters = ARGUMENTS[code[at]]
    at += 1
    for _ in letters:
        at = past(code, at)
    return at


@lru_cache(1 << 14)
def _number(argument: bytes) -> int:
    return packed(argument, 0)[1]


@cache
def _run() -> re.Pattern[bytes]:
    """A run of instructions, and that which ends it. Group 1 is the number of the last label in it.

    What ends it is one that says something: a call, with what it calls in group 2 or 3, or the head of a function, with
    its name, arity and entry in 4, 5, and 6, else the instruction is group 7. Group 8 is a byte where it ends for want
    of a pattern.
    """
    small = _in(range(0, 256, 16))
    number = small + b"|" + _in(range(8, 256, 32)) + b".|\\x18.."
    short, double, *long = _untyped()
    typed = b"\\x57" + short + b"(?:" + number + b")"
    ways = [short, double, typed, b"[\\x47\\x27](?:" + number + b")", *long]
    one = b"(?>" + b"|".join(ways) + b")"
    several = [b"\\x%02x" % (size << 4) + _times(one, size) for size in range(1, _LONGEST + 1)]
    listed = b"(?:\\x17(?:" + b"|".join([*several, b"\\x00"]) + b"))"
    pairs = [b"\\x%02x" % (count << 4) + small * 2 * count for count in (1, 2, 3)]  # how many words, and for what
    words = b"(?:" + one + b"|\\x37(?:" + b"|".join(pairs) + b"))"
    kinds = {"1": one, "l": listed, "-": words}
    plain = [_instruction(shape, kinds) for shape in _by_shape(sorted({*range(1, len(NAMES))} - _SAYING - {_LABEL}))]
    group = b"(" + one + b")"
    calls = [_with(size) + one + group + one * (size - 2) for size in (2, 3)]
    label, func_info = (b"\\x%02x" % opcode for opcode in (_LABEL, _FUNC_INFO))
    head = func_info + one + group + group + label + group
    others = [_instruction(shape, kinds) for shape in _by_shape(sorted(_SAYING - _CALLS - {_FUNC_INFO}))]
    ends = b"(?:" + b"|".join([*calls, head, b"(" + b"|".join(others) + b")", b"(.)"]) + b")"
    return re.compile(b"(?:" + label + group + b"|" + b"|".join(plain) + b")*+" + ends, re.DOTALL)


def _with(size: int) -> bytes:
    """The calls that have so many arguments."""
    return _in(sorted(opcode for opcode in _CALLS if len(ARGUMENTS[opcode]) == size))


def _untyped() -> Iterator[bytes]:
    """Patterns of the arguments that are a tag and a number, by how many bytes that takes."""
    plain = [byte for byte in range(256) if byte & 7 != 7]
    yield _in(byte for byte in plain if not byte & 8)
    yield _in(byte for byte in plain if byte & 24 == 8) + b"."
    for width in (2, 3, 4):
        yield _in(byte for byte in plain if byte & 24 == 24 and byte >> 5 == width - 2) + b"." * width


def _by_shape(opcodes: Iterable[int]) -> list[tuple[str, bytes]]:
    """The instructions with the same kinds of arguments together: what those are, and a set of their opcodes."""
    shapes: dict[str, list[int]] = {}
    for opcode in opcodes:
        words = "-" if NAMES[opcode] in _ALLOCATES else "1"
        shape = "".join(letter if letter == "l" else words if letter == "-" else "1" for letter in ARGUMENTS[opcode])
        shapes.setdefault(shape, []).append(opcode)
    return [(shape, _in(known)) for shape, known in sorted(shapes.items(), key=lambda item: -len(item[1]))]


def _instruction(shape: tuple[str, bytes], kinds: dict[str, bytes]) -> bytes:
    letters, opcodes = shape
    return opcodes + b"".join(_times(kinds[letter], len(list(same))) for letter, same in groupby(letters))


def _times(pattern: bytes, count: int) -> bytes:
    return pattern + (b"{%d}" % count if count > 1 else b"")


def _in(values: Iterable[int]) -> bytes:
    return b"[" + b"".join(b"\\x%02x" % value for value in values) + b"]"
