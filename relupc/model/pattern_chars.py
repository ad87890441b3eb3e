"""A version pattern at a character in, the set of characters meant out: escapes, classes and their tables.

PCRE 8.44 is the engine of OTP 25 to 27, PCRE2 that of OTP 28. What one of them reads differently from the other, or
PCRE2 is not known to read the same, is refused for OTP 28.
"""

from __future__ import annotations

import re
from typing import NoReturn, TypeAlias

from relupc.model.term import MAX_CODE_POINT, SURROGATES
from relupc.model.value import dataclass, field

Ranges: TypeAlias = tuple[tuple[int, int], ...]

_DIGIT: Ranges = ((48, 57),)
_UPPER: Ranges = ((65, 90),)
_LOWER: Ranges = ((97, 122),)
_SPACE: Ranges = ((9, 13), (32, 32))
_WORD: Ranges = (*_DIGIT, *_UPPER, (95, 95), *_LOWER)
_WORD_LATIN_1: Ranges = (*_WORD, (0xAA, 0xAA), (0xB5, 0xB5), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0xFF))
_HORIZONTAL: Ranges = (
    *((9, 9), (32, 32), (0xA0, 0xA0), (0x1680, 0x1680), (0x180E, 0x180E)),
    *((0x2000, 0x200A), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)),
)
_VERTICAL: Ranges = ((10, 13), (0x85, 0x85), (0x2028, 0x2029))
_POSIX: dict[str, Ranges] = {
    "alnum": (*_DIGIT, *_UPPER, *_LOWER),
    "alpha": (*_UPPER, *_LOWER),
    "ascii": ((0, 127),),
    "blank": ((9, 9), (32, 32)),
    "cntrl": ((0, 31), (127, 127)),
    "digit": _DIGIT,
    "graph": ((33, 126),),
    "lower": _LOWER,
    "print": ((32, 126),),
    "punct": ((33, 47), (58, 64), (91, 96), (123, 126)),
    "space": _SPACE,
    "upper": _UPPER,
    "word": _WORD,
    "xdigit": (*_DIGIT, (65, 70), (97, 102)),
}
_CONTROLS = {"t": 9, "n": 10, "r": 13, "f": 12, "e": 27, "a": 7}
_LITERAL_LETTERS = "ijmqyFIJMOTY"  # escaped letters without a meaning in PCRE 8
_POSIX_LIKE = re.compile(r"\[([:.=])(\^?)([^\[\]\\]*?)\1\]")
_POSIX_MAYBE = re.compile(r"\[[:.=][^\]]*[\[\\]")


@dataclass(frozen=True, slots=True)
class Refused:
    """A pattern that relupc does not judge, since it might not read it as OTP does; `at` counts characters."""

    at: int
    reason: str


@dataclass(frozen=True, slots=True)
class Invalid:
    """A pattern that PCRE does not compile: OTP fails with `badarg`."""

    at: int
    reason: str


class PatternError(Exception):
    """A pattern was refused."""

    def __init__(self, problem: Refused | Invalid) -> None:
        super().__init__(problem.reason)
        self.problem = problem


@dataclass(slots=True)
class Reader:
    """A pattern being read; `ascii_only` is the place of something that is sure for ASCII versions alone."""

    text: str
    otp: int
    at: int = 0
    depth: int = 0
    flags: frozenset[str] = frozenset()
    names: set[str] = field(default_factory=set)
    ascii_only: int | None = None

    def refuse(self, at: int, reason: str) -> NoReturn:
        raise PatternError(Refused(at, reason))

    def invalid(self, at: int, reason: str, until: int = 99) -> NoReturn:
        """Not a pattern of PCRE; from OTP `until` on that is not known."""
        raise PatternError(
            Invalid(at, reason) if self.otp < until else Refused(at, f"{reason}, at least before OTP 28")
        )

    def note_ascii_only(self, at: int) -> None:
        if self.ascii_only is None:
            self.ascii_only = at

    def next(self, size: int = 1) -> str:
        """The next characters, which are taken; fewer at the end."""
        taken = self.text[self.at : self.at + size]
        self.at += len(taken)
        return taken

    def ahead(self, text: str) -> bool:
        return self.text.startswith(text, self.at)

    def take(self, text: str) -> bool:
        if not self.ahead(text):
            return False
        self.at += len(text)
        return True


def word_ranges(otp: int) -> Ranges:
    r"""What `\w` is: in OTP 25 with the letters of Latin-1, in OTP 28 without."""
    return _WORD_LATIN_1 if otp < 28 else _WORD


def complement(ranges: Ranges) -> Ranges:
    """All other characters."""
    gaps, start = [], 0
    for low, high in sorted(ranges):
        if low > start:
            gaps.append((start, low - 1))
        start = max(start, high + 1)
    return (*gaps, (start, MAX_CODE_POINT)) if start <= MAX_CODE_POINT else tuple(gaps)


def read_escape(reader: Reader) -> list[Ranges] | str:
    r"""After a `\\`: the characters in a row that it stands for, or one of the places `A b B G z Z`."""
    start = reader.at - 1
    letter = reader.next()
    if letter == "":
        reader.invalid(start, r"a `\` at the end")
    if letter in "AbBGzZ":
        return letter
    if letter == "Q":
        quoted = reader.text[reader.at :].partition(r"\E")[0]
        if not quoted:
            reader.refuse(start, r"an empty `\Q\E`")
        reader.at += len(quoted)
        reader.take(r"\E")
        return [literal(reader, start, char) for char in quoted]
    if letter in "lLuU":
        reader.invalid(start, f"`\\{letter}`, which PCRE does not have")
    known = _set(reader, letter)
    if known is None:
        code = _code(reader, start, letter)
        if code is None and letter in _LITERAL_LETTERS and reader.otp < 28:
            code = ord(letter)
        if code is None:
            reader.refuse(start, f"`\\{letter}`")
        known = literal(reader, start, chr(code))
    return [known]


def literal(reader: Reader, at: int, char: str) -> Ranges:
    """A character that stands for itself; with (?i) in both cases."""
    return _both_cases(reader, at, ((ord(char), ord(char)),))


def read_class(reader: Reader) -> Ranges:
    """After a `[`: the characters up to its `]`."""
    start = reader.at - 1
    if _POSIX_LIKE.match(reader.text, start):
        reader.invalid(start, "a POSIX class outside of a class", 28)
    if _POSIX_MAYBE.match(reader.text, start):
        reader.refuse(start, "perhaps a POSIX class")
    negated = reader.take("^")
    first = reader.at
    ranges: list[tuple[int, int]] = []
    while not reader.ahead("]") or reader.at == first:
        if reader.at == len(reader.text):
            reader.invalid(start, "a `[` without its `]`")
        ranges += _member(reader)
    reader.take("]")
    return complement(tuple(ranges)) if negated else tuple(ranges)


def _member(reader: Reader) -> Ranges:
    """A character, a range or a set inside a class."""
    start = reader.at
    low = _class_char(reader)
    hyphen = reader.ahead("-") and reader.text[reader.at + 1 : reader.at + 2] not in ("", "]")
    if not isinstance(low, int):
        if hyphen:
            reader.refuse(reader.at, "a `-` after a set of characters")
        return low
    if not hyphen:
        return literal(reader, start, chr(low))
    reader.next()
    high = _class_char(reader)
    if not isinstance(high, int):
        reader.refuse(start, "a range that ends with a set of characters")
    if high < low:
        reader.invalid(start, "a range whose end is before its start")
    return _both_cases(reader, start, ((low, high),))


def _class_char(reader: Reader) -> int | Ranges:
    """A character inside a class, as its code, or a set."""
    start = reader.at
    if reader.ahead("["):
        posix = _POSIX_LIKE.match(reader.text, start)
        if posix is not None:
            return _posix(reader, posix)
        if _POSIX_MAYBE.match(reader.text, start):
            reader.refuse(start, "perhaps a POSIX class")
    char = reader.next()
    if char != "\\":
        return ord(char)
    letter = reader.next()
    known = _set(reader, letter)
    if known is not None:
        return known
    code = 8 if letter == "b" else _code(reader, start, letter)
    if code is None:
        reader.refuse(start, f"`\\{letter}` in a class")
    return code


def _posix(reader: Reader, found: re.Match[str]) -> Ranges:
    """A class such as `[:digit:]`; for Latin-1 letters and case its meaning depends on tables of the version."""
    kind, negation, name = found.groups()
    if kind != ":" or name not in _POSIX:
        reader.invalid(reader.at, "a POSIX class that PCRE does not have")
    if "i" in reader.flags and name in ("upper", "lower"):
        reader.refuse(reader.at, "upper or lower case, where case does not count")
    reader.note_ascii_only(reader.at)
    reader.at = found.end()
    return complement(_POSIX[name]) if negation else _POSIX[name]


def _set(reader: Reader, letter: str) -> Ranges | None:
    r"""The characters of `\\d \\w \\s \\h \\v` and, in upper case, all others; None for another letter."""
    sets = {"d": _DIGIT, "w": word_ranges(reader.otp), "s": _SPACE, "h": _HORIZONTAL, "v": _VERTICAL}
    known = sets.get(letter.lower())
    return complement(known) if known is not None and letter.isupper() else known


def _code(reader: Reader, start: int, letter: str) -> int | None:
    """The code of an escaped character; None for a letter or a number without a sure meaning."""
    if letter in _CONTROLS:
        return _CONTROLS[letter]
    if letter == "0":
        octal = re.compile("[0-7]{0,2}").match(reader.text, reader.at)
        assert octal is not None, "it may be empty"
        reader.next(len(octal[0]))
        return int("0" + octal[0], 8)
    if letter == "x":
        digits = re.compile(r"([0-9A-Fa-f]{1,2})|\{([0-9A-Fa-f]{1,8})\}").match(reader.text, reader.at)
        if digits is None:
            return None
        reader.next(len(digits[0]))
        code = int(digits[1] or digits[2], 16)
        if code > MAX_CODE_POINT or code in SURROGATES:
            reader.invalid(start, "not a character")
        return code
    return None if letter == "" or (letter.isascii() and letter.isalnum()) else ord(letter)


def _both_cases(reader: Reader, at: int, ranges: Ranges) -> Ranges:
    """With (?i), the letters of a range in both cases."""
    if "i" not in reader.flags:
        return ranges
    ((low, high),) = ranges
    if high > 127:
        reader.refuse(at, "a character beyond ASCII, where case does not count")
    reader.note_ascii_only(at)
    upper = [(max(low, 65) + 32, min(high, 90) + 32)] if max(low, 65) <= min(high, 90) else []
    lower = [(max(low, 97) - 32, min(high, 122) - 32)] if max(low, 97) <= min(high, 122) else []
    return (*ranges, *upper, *lower)
