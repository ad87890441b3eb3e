"""A version pattern of an appup and a version in, whether OTP takes the entry for that version out.

OTP asks PCRE for the first match and wants it to be the whole version. This machine takes the alternatives
in the order PCRE does, but never the same way twice, so that no pattern takes exponential time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from relupc.model.pattern_chars import Invalid, PatternError, Ranges, Refused, word_ranges
from relupc.model.pattern_syntax import Chars, Choice, Look, Node, Repeat, parse
from relupc.model.value import NamedTuple, dataclass, field

__all__ = ["Invalid", "Refused", "matches"]

MAX_PROGRAM = 1000  # PCRE refuses what it compiles to more than 64 KiB; this much is surely less
MAX_STATES = 200_000
MAX_PCRE_STEPS = 500_000  # PCRE gives up after 10,000,000 calls of its own, and OTP then says: no match


class Take(NamedTuple):
    """Go on behind a character of these ranges."""

    ranges: Ranges


class Fork(NamedTuple):
    """Try one way, then the other."""

    first: int
    second: int


class Enter(NamedTuple):
    """An iteration of a loop begins."""

    loop: int


class Leave(NamedTuple):
    """An iteration of a loop ends; one that took no character is the last."""

    loop: int
    exit: int


class Jump(NamedTuple):
    to: int


Instruction: TypeAlias = Take | Fork | Enter | Leave | Jump | Look


class Outcome(NamedTuple):
    """Where the first match from the start ends, None if there is none; the states looked at, and PCRE's steps."""

    end: int | None
    states: int
    steps: int


@dataclass(slots=True)
class _Program:
    code: list[Instruction] = field(default_factory=list)
    weight: int = 0
    loops: int = 0

    def grow(self, weight: int = 1) -> None:
        self.weight += weight
        if self.weight > MAX_PROGRAM:
            raise PatternError(Refused(0, "too large a pattern"))

    def emit(self, instruction: Instruction, weight: int = 1) -> int:
        """Append; where it is."""
        self.grow(weight)
        self.code.append(instruction)
        return len(self.code) - 1


def matches(pattern: bytes, version: str, otp: int = 25) -> bool | Refused | Invalid:
    """Whether an appup entry with this binary is for the version, as `systools_relup` decides on that release of OTP.

    A pattern that relupc and OTP might read differently is Refused; one that makes OTP fail is Invalid.
    """
    try:
        tree, ascii_only = parse(pattern, otp)
        program = compile_tree(tree)
    except PatternError as error:
        return error.problem
    if ascii_only is not None and not version.isascii():
        return Refused(ascii_only, "case or a POSIX class, with a version beyond ASCII")
    outcome = run(program, version, otp)
    if outcome.states > MAX_STATES:
        return Refused(0, "too long a way to an answer")
    if outcome.end != len(version):
        return False
    return True if outcome.steps <= MAX_PCRE_STEPS else Refused(0, "PCRE might give up before it finds the match")


def compile_tree(tree: Node) -> list[Instruction]:
    """The program of a tree; a PatternError if it would be too large."""
    program = _Program()
    _compile(program, tree)
    return program.code


def _compile(program: _Program, node: Node) -> None:
    match node:
        case Chars(ranges):
            program.emit(Take(tuple(sorted(ranges))), 1 + len(ranges) // 2)
        case Look():
            program.emit(node)
        case Choice(branches):
            jumps = []
            for branch in branches[:-1]:
                fork = program.emit(Fork(0, 0))
                _sequence(program, branch)
                jumps.append(program.emit(Jump(0)))
                program.code[fork] = Fork(fork + 1, len(program.code))
            _sequence(program, branches[-1])
            for jump in jumps:
                program.code[jump] = Jump(len(program.code))
        case Repeat(item, low, high, greedy):
            if high is None:
                _loop(program, item, low, greedy)
            else:
                _count(program, item, low, high, greedy)


def _sequence(program: _Program, nodes: list[Node]) -> None:
    for node in nodes:
        _compile(program, node)


def _loop(program: _Program, item: Node, low: int, greedy: bool) -> None:
    """`low` or more times: as PCRE, the last of the copies is the one that is repeated."""
    _count(program, item, low - 1, low - 1, greedy)
    skip = program.emit(Fork(0, 0)) if low == 0 else None
    start = len(program.code)
    leave = None
    if _can_be_empty(item):
        program.loops += 1
        loop = program.loops
        program.emit(Enter(loop))
        _compile(program, item)
        leave = program.emit(Leave(loop, 0))
    else:
        _compile(program, item)
    end = program.emit(Fork(0, 0)) + 1
    program.code[end - 1] = _fork(start, end, greedy)
    if leave is not None:
        program.code[leave] = Leave(loop, end)
    if skip is not None:
        program.code[skip] = _fork(start, end, greedy)


def _count(program: _Program, item: Node, low: int, high: int, greedy: bool) -> None:
    """Copies, of which those above `low` may be left out with all that follow."""
    forks = []
    for copy in range(high):
        program.grow()
        if copy >= low:
            forks.append(program.emit(Fork(0, 0)))
        _compile(program, item)
    for fork in forks:
        program.code[fork] = _fork(fork + 1, len(program.code), greedy)


def _fork(inside: int, outside: int, greedy: bool) -> Fork:
    return Fork(inside, outside) if greedy else Fork(outside, inside)


def _can_be_empty(node: Node) -> bool:
    match node:
        case Chars():
            return False
        case Look():
            return True
        case Choice(branches):
            return any(all(map(_can_be_empty, branch)) for branch in branches)
        case Repeat(item, low, _, _):
            return low == 0 or _can_be_empty(item)


def run(program: Sequence[Instruction], text: str, otp: int = 25, most: int = MAX_STATES) -> Outcome:
    """The first match at the start of a text, in the order of a backtracking engine; given up after `most` states.

    What follows from a fork depends on the place in the program and in the text and on which loops took a character
    in their present iteration. So a fork that failed once need not be tried again; `steps` counts as if it were.
    """
    failed: dict[tuple[int, int, int], int] = {}
    tried: list[tuple[tuple[int, int, int], int | None, int]] = []
    state: tuple[int, int, int] | None = (0, 0, 0)
    steps = 0
    for states in range(1, most + 1):
        assert state is not None, "a failed state has been replaced"
        steps += 1
        if state[0] == len(program):
            return Outcome(state[1], states, steps)
        instruction = program[state[0]]
        if not isinstance(instruction, Fork):
            state = _step(instruction, text, state, otp)
        elif state in failed:
            steps += failed[state]
            state = None
        else:
            tried.append((state, instruction.second, steps))
            state = (instruction.first, *state[1:])
        while state is None:
            if not tried:
                return Outcome(None, states, steps)
            fork, second, before = tried.pop()
            if second is None:
                failed[fork] = steps - before
            else:
                tried.append((fork, None, before))
                state = (second, *fork[1:])
    return Outcome(None, most + 1, steps)


def _step(
    instruction: Take | Enter | Leave | Jump | Look, text: str, state: tuple[int, int, int], otp: int
) -> tuple[int, int, int] | None:
    """The next state, None if there is no way on. Its last part has a bit for each loop still without a character."""
    at, place, idle = state
    match instruction:
        case Take(ranges):
            if place == len(text) or not _within(ord(text[place]), ranges):
                return None
            return at + 1, place + 1, 0
        case Jump(to):
            return to, place, idle
        case Enter(loop):
            return at + 1, place, idle | 1 << loop
        case Leave(loop, end):
            return end if idle >> loop & 1 else at + 1, place, idle & ~(1 << loop)
        case Look(kind):
            return (at + 1, place, idle) if _holds(kind, text, place, word_ranges(otp)) else None


def _within(code: int, ranges: Ranges) -> bool:
    return any(low <= code <= high for low, high in ranges)


def _holds(kind: str, text: str, place: int, word: Ranges) -> bool:
    """Whether an anchor holds at a place; a match is only looked for from the start of the text."""
    match kind:
        case "^" | "A" | "G":
            return place == 0
        case "z":
            return place == len(text)
        case "$" | "Z":
            return place == len(text) or (place == len(text) - 1 and text[place] == "\n")
        case "m^":
            return place == 0 or (text[place - 1] == "\n" and place < len(text))
        case "m$":
            return text[place : place + 1] in ("", "\n")
    before = place > 0 and _within(ord(text[place - 1]), word)
    after = place < len(text) and _within(ord(text[place]), word)
    return (before != after) == (kind == "b")
