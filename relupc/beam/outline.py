"""The code of a module in, out where its functions are and what they call: without a look at most instructions.

One regular expression goes over a run of instructions that say nothing here, to the next that does. Its parts take each
way in which the compiler packs an argument (compact.py), but for rare and long ones: those are gone over one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby

from relupc.beam.compact import packed
from relupc.beam.opcodes import ARGUMENTS, NAMES
from relupc.beam.raw import BadBeam
from relupc.beam.skip import past
from relupc.model.beam import Outline

_LABEL, _FUNC_INFO, _END = (NAMES.index(name) for name in ("label", "func_info", "int_code_end"))
_LOCAL = frozenset(NAMES.index(name) for name in ("call", "call_last", "call_only"))
_REMOTE = frozenset(NAMES.index(name) for name in ("call_ext", "call_ext_last", "call_ext_only"))
_MARKS = frozenset(map(NAMES.index, ("send", "wait", "wait_timeout", "on_load", "make_fun2", "make_fun3")))
_SAYING = _LOCAL | _REMOTE | _MARKS | {_FUNC_INFO, _END}
_ALLOCATES = ("test_heap", "allocate_heap", "allocate_heap_zero")
_LONGEST = 4  # arguments of a list that the expression takes; more make it slow to compile


def outlines(code: bytes, atoms: tuple[str, ...]) -> tuple[Outline, ...]:
    """All functions of the instructions of a module. Raises BadBeam where they are damaged."""
    try:
        return tuple(_outline(atoms, code, *found) for found in _functions(code))
    except IndexError:
        raise BadBeam("its code is cut short") from None


def _functions(code: bytes) -> list[tuple[int, int, int, set[bytes]]]:
    """Where each function starts, its func_info is, and it ends, and its instructions that say something."""
    match = _run().match
    found: list[tuple[int, int, set[bytes]]] = []
    ends: list[int] = []
    said = set[bytes]()
    at, head = 0, -1
    while True:
        run = match(code, at)
        if run is None:
            raise IndexError
        if run.start(1) >= 0:
            head = run.start(1) - 1
        at, saying = run.end(), run[2]
        if saying is None:
            at -= 1
            opcode = code[at]
            if not 0 < opcode < len(NAMES):
                raise BadBeam("its code has something else where an instruction should be")
            head = at if opcode == _LABEL else head
            saying, at = code[at : (after := _past_all(code, at))], after
        opcode = saying[0]
        if opcode == _FUNC_INFO:
            if head < 0:
                raise BadBeam("a function without its labels")
            said = set()
            found.append((head, at - len(saying), said))
            ends.append(head)
        elif opcode == _END:
            ends.append(at - 1)
            return [(start, info, end, said) for (start, info, said), end in zip(found, ends[1:], strict=True)]
        elif opcode in _SAYING:
            said.add(saying)


def _past_all(code: bytes, at: int) -> int:
    """The place after an instruction."""
    letters = ARGUMENTS[code[at]]
    at += 1
    for _ in letters:
        at = past(code, at)
    return at


def _outline(atoms: tuple[str, ...], code: bytes, start: int, info: int, end: int, said: set[bytes]) -> Outline:
    at = past(code, info + 1)
    _, name, at = packed(code, at)
    _, arity, at = packed(code, at)
    if code[at] != _LABEL or not 0 < name <= len(atoms):
        raise BadBeam("a function without its labels")
    entry = packed(code, at + 1)[1]
    remote, local, marks = set[int](), set[int](), set[str]()
    for one in said:
        if one[0] in _MARKS:
            marks.add(NAMES[one[0]])
        else:
            (local if one[0] in _LOCAL else remote).add(_second(one))
    named = frozenset(remote), frozenset(local), frozenset(marks)
    return Outline(atoms[name - 1], arity, entry, start, end, *named)


@lru_cache(1 << 14)
def _second(call: bytes) -> int:
    """The second argument of a call: a row of imports, or a label."""
    return packed(call, past(call, 1))[1]


@cache
def _run() -> re.Pattern[bytes]:
    """A run of instructions: group 1 is the number of the last label in it, group 2 the instruction that ends it.

    Group 3 is a byte where it ends for want of a pattern.
    """
    small = _in(range(0, 256, 16))
    number = small + b"|" + _in(range(8, 256, 32)) + b".|\\x18.."
    short = [byte for byte in range(256) if byte & 7 != 7 and not byte & 8]
    double = [byte for byte in range(256) if byte & 7 != 7 and byte & 24 == 8]
    long = [
        _in(byte for byte in range(256) if byte & 7 != 7 and byte & 24 == 24 and byte >> 5 == width - 2) + b"." * width
        for width in (2, 3, 4)
    ]
    typed = b"\\x57" + _in(short) + b"(?:" + number + b")"
    ways = [_in(short), _in(double) + b".", typed, b"[\\x47\\x27](?:" + number + b")", *long]
    one = b"(?:" + b"|".join(ways) + b")"
    several = [b"\\x%02x" % (size << 4) + _times(one, size) for size in range(1, _LONGEST + 1)]
    listed = b"(?:\\x17(?:" + b"|".join([*several, b"\\x00"]) + b"))"
    pairs = [b"\\x%02x" % (count << 4) + small * 2 * count for count in (1, 2, 3)]  # how many words, and for what
    words = b"(?:" + one + b"|\\x37(?:" + b"|".join(pairs) + b"))"
    kinds = {"1": one, "l": listed, "-": words}
    plain = [_instruction(shape, kinds) for shape in _by_shape(sorted({*range(1, len(NAMES))} - _SAYING - {_LABEL}))]
    saying = [_instruction(shape, kinds) for shape in _by_shape(sorted(_SAYING))]
    label = b"\\x01(" + one + b")"
    ends = b"(?:(" + b"|".join(saying) + b")|(.))"
    return re.compile(b"(?:" + label + b"|" + b"|".join(plain) + b")*" + ends, re.DOTALL)


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
