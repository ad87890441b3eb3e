"""The code of a module in, out where its functions are and what they call: without a look at most instructions.

One regular expression goes over a run of instructions that say nothing here, to the next that does. Its parts take each
way in which the compiler packs an argument (compact.py), but for rare and long ones: those are gone over one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby

from relupc.beam.compact import packed
from relupc.beam.opcodes import ARGUMENTS, NAMES
from relupc.beam.raw import BadBeam
from relupc.beam.skip import past
from relupc.model.beam import Outline
from relupc.model.value import NamedTuple

_LABEL, _FUNC_INFO, _END = (NAMES.index(name) for name in ("label", "func_info", "int_code_end"))
_LOCAL = frozenset(NAMES.index(name) for name in ("call", "call_last", "call_only"))
_REMOTE = frozenset(NAMES.index(name) for name in ("call_ext", "call_ext_last", "call_ext_only"))
_MARKS = frozenset(map(NAMES.index, ("send", "wait", "wait_timeout", "on_load", "make_fun2", "make_fun3")))
_CALLS = _LOCAL | _REMOTE
_SAYING = _CALLS | _MARKS | {_FUNC_INFO, _END}
_TO_REMOTE, _OTHER, _ODD = 4, 6, 7  # groups of _run
_ALLOCATES = ("test_heap", "allocate_heap", "allocate_heap_zero")
_LONGEST = 4  # arguments of a list that the expression takes; more make it slow to compile


class _Found(NamedTuple):
    """A function: where its first label is, and its func_info; the arguments of its calls, and opcodes of _MARKS."""

    start: int
    info: int
    remote: set[bytes]
    local: set[bytes]
    marks: set[int]


def outlines(code: bytes, atoms: tuple[str, ...]) -> tuple[Outline, ...]:
    """All functions of the instructions of a module. Raises BadBeam where they are damaged."""
    try:
        found, end = _functions(code)
        ends = [*(one.start for one in found), end][1:]
        return tuple(_outline(atoms, code, *each) for each in zip(found, ends, strict=True))
    except IndexError:
        raise BadBeam("its code is cut short") from None


def _functions(code: bytes) -> tuple[list[_Found], int]:
    """All functions, and where the last one ends."""
    match = _run().match
    found: list[_Found] = []
    local, remote, marks = set[bytes](), set[bytes](), set[int]()
    at, label = 0, -1
    while True:
        run = match(code, at)
        if run is None or run.lastindex is None:
            raise IndexError
        kind, at = run.lastindex, run.end()
        if kind < _OTHER:
            (local if kind < _TO_REMOTE else remote).add(run[kind])
            label = -1  # it was no function's
            continue
        if run.start(1) >= 0:
            label = run.start(1) - 1
        start = run.start(_OTHER) if kind == _OTHER else at - 1
        opcode = code[start]
        if kind == _ODD:
            if not 0 < opcode < len(NAMES):
                raise BadBeam("its code has something else where an instruction should be")
            at = _past_all(code, start)
        if opcode == _FUNC_INFO:
            if label < 0:
                raise BadBeam("a function without its labels")
            local, remote, marks = set(), set(), set()
            found.append(_Found(label, start, remote, local, marks))
            label = -1
        elif opcode == _END:
            return found, start
        elif opcode == _LABEL:
            label = start
        elif opcode in _MARKS:
            marks.add(opcode)
        elif opcode in _CALLS:
            second = past(code, start + 1)
            (local if opcode in _LOCAL else remote).add(code[second : past(code, second)])


def _past_all(code: bytes, at: int) -> int:
    """The place after an instruction."""
    letters = ARGUMENTS[code[at]]
    at += 1
    for _ in letters:
        at = past(code, at)
    return at


def _outline(atoms: tuple[str, ...], code: bytes, found: _Found, end: int) -> Outline:
    head = _head().match(code, found.info)
    if head is None or not 0 < (name := _number(head[1])) <= len(atoms):
        raise BadBeam("a function without its labels")
    remote, local = (frozenset(map(_number, arguments)) for arguments in (found.remote, found.local))
    marks = frozenset(map(NAMES.__getitem__, found.marks))
    return Outline(atoms[name - 1], _number(head[2]), _number(head[3]), found.start, end, remote, local, marks)


@lru_cache(1 << 14)
def _number(argument: bytes) -> int:
    return packed(argument, 0)[1]


@cache
def _head() -> re.Pattern[bytes]:
    """A func_info with the label behind it: the name, the arity and the label of a function."""
    one = b"(" + b"|".join(_untyped()) + b")"
    return re.compile(b"\\x%02x(?:%b)%b%b\\x%02x%b" % (_FUNC_INFO, one[1:-1], one, one, _LABEL, one), re.DOTALL)


@cache
def _run() -> re.Pattern[bytes]:
    """A run of instructions, and that which ends it. Group 1 is the number of the last label in it.

    What ends it is one that says something: with what it calls in group 2 or 3 if that is a local call, in 4 or 5 if
    it is any other call, else the instruction is group 6. Group 7 is a byte where it ends for want of a pattern.
    """
    small = _in(range(0, 256, 16))
    number = small + b"|" + _in(range(8, 256, 32)) + b".|\\x18.."
    short, double, *long = _untyped()
    typed = b"\\x57" + short + b"(?:" + number + b")"
    ways = [short, double, typed, b"[\\x47\\x27](?:" + number + b")", *long]
    one = b"(?:" + b"|".join(ways) + b")"
    several = [b"\\x%02x" % (size << 4) + _times(one, size) for size in range(1, _LONGEST + 1)]
    listed = b"(?:\\x17(?:" + b"|".join([*several, b"\\x00"]) + b"))"
    pairs = [b"\\x%02x" % (count << 4) + small * 2 * count for count in (1, 2, 3)]  # how many words, and for what
    words = b"(?:" + one + b"|\\x37(?:" + b"|".join(pairs) + b"))"
    kinds = {"1": one, "l": listed, "-": words}
    plain = [_instruction(shape, kinds) for shape in _by_shape(sorted({*range(1, len(NAMES))} - _SAYING - {_LABEL}))]
    calls = [_call(opcodes, last, one) for opcodes in (_LOCAL, _REMOTE) for last in (False, True)]
    others = [_instruction(shape, kinds) for shape in _by_shape(sorted(_SAYING - _CALLS))]
    label = b"\\x01(" + one + b")"
    ends = b"(?:" + b"|".join([*calls, b"(" + b"|".join(others) + b")", b"(.)"]) + b")"
    return re.compile(b"(?:" + label + b"|" + b"|".join(plain) + b")*" + ends, re.DOTALL)


def _call(opcodes: Iterable[int], last: bool, one: bytes) -> bytes:
    """Calls of one kind, with what is called as a group; a `last` one has a third argument."""
    same = sorted(opcode for opcode in opcodes if (len(ARGUMENTS[opcode]) == 3) == last)
    return _in(same) + one + b"(" + one + b")" + (one if last else b"")


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
