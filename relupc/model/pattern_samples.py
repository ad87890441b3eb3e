"""A version pattern in, a bounded look at its language out: versions that it matches, and those that it only seems to.

The samples come from the pattern's tree, from each part a few; each is then tried as OTP tries it. Where a language is
small they are all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, product, zip_longest

from relupc.model.budget import Budget
from relupc.model.pattern import MAX_PCRE_STEPS, Enter, Fork, Instruction, Jump, Leave, Take, compile_tree, run
from relupc.model.pattern_chars import Invalid, PatternError, Ranges, Refused, complement
from relupc.model.pattern_syntax import Chars, Choice, Look, Node, Repeat, parse
from relupc.model.value import NamedTuple
from relupc.model.versions import NUMBERS, VERSION

MAX_PATTERN = 300  # bytes of a pattern that is looked at
MAX_PROGRAM = 150  # instructions of the machine
MAX_SAMPLES = 60  # of a pattern, and of each of its parts
MAX_SAMPLE = 60  # characters of one of them
MAX_STATES = 4_000  # of the machine, for all samples of a pattern

_LEADING_ZERO = re.compile(r"\b0[0-9]")
_TYPICAL = (".", "0", "9", "a", "x", "-", "+", "_")  # where a character may be one of many
_FILLERS = ("0", "9", "10", "", ".0", ".10", "0.1", "-rc.1", "a", "rc1")  # where any number of characters may stand
_AT_THE_START = (Look("^"), Look("A"))
_AT_THE_END = (Look("$"), Look("z"), Look("Z"))
_ALL_OF_A_SET = 12
_PROBES = ("1.0.0", "0.1.2", "9.10.11", "27.0.12", "104.33.999")


class Language(NamedTuple):
    """What is known of a pattern. `versions` are samples that it matches as OTP matches.

    `missed` are samples that fit the whole pattern, but OTP finds a shorter match first. With `complete` both are all
    there are. `program` is the pattern itself, `everything` says that it surely matches every version, `numbers` that
    it matches every version made of three numbers, `nothing` that it can match none.
    """

    program: tuple[Instruction, ...]
    versions: tuple[str, ...]
    missed: tuple[str, ...]
    complete: bool
    everything: bool
    numbers: bool
    nothing: bool


class _Some(NamedTuple):
    """Texts for a part of a pattern, and whether they are all there are."""

    texts: tuple[str, ...]
    complete: bool


@lru_cache(maxsize=1024)
def problem_of(pattern: bytes, otp: int = 25) -> Refused | Invalid | None:
    """Why a pattern cannot be judged: relupc and OTP might read it differently, or OTP cannot read it."""
    try:
        parse(pattern, otp)
    except PatternError as error:
        return error.problem
    return None


@lru_cache(maxsize=256)
def language(pattern: bytes, otp: int = 25) -> Language | None:
    """What a pattern matches; None if it cannot be judged, or if that would take too long."""
    if len(pattern) > MAX_PATTERN or problem_of(pattern, otp):
        return None
    tree, _ = parse(pattern, otp)
    try:
        program, whole = tuple(compile_tree(tree)), compile_tree(Choice([[tree, Look("z")]]))
    except PatternError:
        return None
    if len(program) > MAX_PROGRAM:
        return None
    budget, some = Budget(MAX_STATES), _some(tree)
    versions, missed, sure = [], [], some.complete
    for text in some.texts:
        found = matched(program, text, budget)
        if found:
            versions.append(text)
        elif found is None:
            sure = False
        elif matched(whole, text, budget):
            missed.append(text)
    everything = _is_anything(tree)
    numbers = everything or all(matched(program, probe, budget) for probe in _PROBES)
    nothing = not any(versions) and not everything and _is_nothing(program)
    return Language(program, tuple(versions), tuple(missed), sure, everything, numbers, nothing)


def matched(program: Sequence[Instruction], version: str, budget: Budget) -> bool | None:
    """Whether OTP takes a version for one of the pattern's; None if that takes too long to say."""
    outcome = run(program, version, most=max(budget.left, 0))
    budget.left -= outcome.states
    if budget.left < 0 or not version.isascii() or outcome.steps > MAX_PCRE_STEPS:
        return None
    return outcome.end == len(version)


def is_match(pattern: Language, version: str) -> bool | None:
    """Whether OTP takes a version for one of the pattern's; None if that takes too long to say."""
    return matched(pattern.program, version, Budget(MAX_STATES))


def found_in(pattern: Language, version: str) -> str:
    """The part of a version that OTP finds first from its start; empty if it finds nothing."""
    return version[: run(pattern.program, version, most=MAX_STATES).end or 0]


def plain(pattern: Language) -> tuple[str, ...]:
    """The samples that stand for a pattern, plainest first: of numbers only if there are any, else other versions."""
    if pattern.numbers:
        return _PROBES
    numbers = filter(NUMBERS.fullmatch, pattern.versions)
    found = tuple(numbers) or tuple(filter(VERSION.fullmatch, pattern.versions))
    return tuple(sorted(found, key=lambda text: (_LEADING_ZERO.search(text) is not None, len(text))))


def _some(node: Node) -> _Some:
    match node:
        case Chars(ranges):
            return _characters(ranges)
        case Look():
            return _Some(("",), True)
        case Choice(branches):
            return _union([_sequence(branch) for branch in branches])
        case Repeat(item, low, high, _):
            return _repeated(item, low, high)


def _characters(ranges: Ranges) -> _Some:
    size = sum(high - low + 1 for low, high in ranges)
    if size <= _ALL_OF_A_SET:
        found = {chr(code) for low, high in ranges for code in range(low, high + 1)}
        return _Some(tuple(sorted(found, key=lambda char: (not char.isdigit(), char))), True)
    typical = tuple(char for char in _TYPICAL if _within(char, ranges))
    return _Some(typical or (chr(min(ranges)[0]),), False)


def _sequence(nodes: Iterable[Node]) -> _Some:
    found = _Some(("",), True)
    for node in nodes:
        found = _joined(found, _some(node))
    return found


def _repeated(item: Node, low: int, high: int | None) -> _Some:
    if high is None and isinstance(item, Chars):
        fit = [text for text in _FILLERS if len(text) >= low and all(_within(char, item.ranges) for char in text)]
        first = _characters(item.ranges).texts[:1]
        return _limited([*fit, *(char * count for char in first for count in (low, low + 1))], False)
    last = low + 2 if high is None else high
    counts = range(low, last + 1) if last - low <= 3 else (low, low + 1, last)
    one = _some(item) if last else _Some(("",), True)
    power, powers = _Some(("",), True), []
    for count in range(last + 1):
        if count in counts:
            powers.append(power)
        power = _joined(power, one)
        if not power.texts:
            break
    complete = high is not None and len(powers) == high - low + 1
    return _limited(chain.from_iterable(p.texts for p in powers), complete and all(p.complete for p in powers))


def _joined(first: _Some, second: _Some) -> _Some:
    """All of one with all of the other; if those are too many, each of both at least once."""
    complete = first.complete and second.complete
    many, more = len(first.texts), len(second.texts)
    if many * more <= MAX_SAMPLES:
        return _limited((a + b for a, b in product(first.texts, second.texts)), complete)
    pairs = ((first.texts[i % many], second.texts[i % more]) for i in range(max(many, more)))
    return _limited((a + b for a, b in pairs), False)


def _union(parts: list[_Some]) -> _Some:
    """Some of each part in turn."""
    texts = (text for row in zip_longest(*(part.texts for part in parts)) for text in row if text is not None)
    return _limited(texts, all(part.complete for part in parts))


def _limited(texts: Iterable[str], complete: bool) -> _Some:
    different = tuple(dict.fromkeys(texts))
    kept = tuple(text for text in different if len(text) <= MAX_SAMPLE)[:MAX_SAMPLES]
    return _Some(kept, complete and len(kept) == len(different))


def _within(char: str, ranges: Ranges) -> bool:
    return any(low <= ord(char) <= high for low, high in ranges)


def _is_anything(node: Node) -> bool:
    """Whether a pattern is `.*` or `.+`, perhaps in groups and between anchors: it matches every version."""
    match node:
        case Choice(branches):
            inner = branches[0]
            while inner and inner[0] in _AT_THE_START:
                inner = inner[1:]
            while inner and inner[-1] in _AT_THE_END:
                inner = inner[:-1]
            return len(inner) == 1 and _is_anything(inner[0])
        case Repeat(Chars(ranges), 0 | 1, None, True):
            return complement(ranges) in ((), ((10, 10),))
    return False


def _is_nothing(program: Sequence[Instruction]) -> bool:
    """Whether no way through a program takes a character, as `^` behind one and `$` before one let none pass.

    A state is a place, whether a character has been taken, and whether the text must have ended.
    """
    waiting, seen = [(0, False, False)], set[tuple[int, bool, bool]]()
    while waiting:
        state = at, taken, ended = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        if at == len(program):
            if taken:
                return False
            continue
        match program[at]:
            case Take(ranges):
                if ranges and (not ended or _within("\n", ranges)):
                    waiting.append((at + 1, True, False))
            case Look("^" | "A" | "G"):
                waiting += [] if taken else [(at + 1, taken, ended)]
            case Look("$" | "Z" | "z"):
                waiting.append((at + 1, taken, True))
            case Fork(first, second):
                waiting += [(first, taken, ended), (second, taken, ended)]
            case Jump(to):
                waiting.append((to, taken, ended))
            case Leave(_, end):
                waiting += [(at + 1, taken, ended), (end, taken, ended)]
            case Enter() | Look():
                waiting.append((at + 1, taken, ended))
    return True
