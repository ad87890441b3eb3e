r"""The text of a version pattern in, what people get wrong in it out, with the text that they probably meant.

Unescaped dots, a class of characters taken for a range of numbers (`[0-10]`), `.*` right behind a number
(`1\.2.*`, which is for 1.20 too), a `+` that was to stand for itself (`1\.2\.3+b7`), a pattern written as a string.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relupc.model.diagnostic import Severity
from relupc.model.pattern_samples import MAX_PATTERN, is_match, language, problem_of
from relupc.model.value import NamedTuple
from relupc.model.versions import NUMBERS, READABLE, VERSION, compared

_TOKEN = re.compile(
    r"""\\(?:x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{1,2}|0[0-7]{0,2}|.)
      |\[\^?\]?(?:\\.|\[:\^?[a-z]++:\]|[^\]\\])*+\]
      |\((?:\?(?:P?<\w+>|'\w+'|[ims-]*+[:)]))?
      |\{[0-9]+(?:,[0-9]*)?\}
      |.""",
    re.VERBOSE | re.DOTALL,
)
_QUANTIFIER = re.compile(r"[*+?]|\{[0-9]+(?:,[0-9]*)?\}")
_BEFORE_DOT = re.compile(r"[0-9A-Za-z)]|\\d|\[.*\]|[*+?]|\{.*\}|\(.*", re.DOTALL)
_AFTER_DOT = re.compile(r"[0-9A-Za-z]|\\d|\[.*\]|\(.*", re.DOTALL)
_NUMBERS = re.compile(r"\[([0-9]{1,3})-([0-9]{1,3})\]")
_PLAIN_WITH_PLUS = re.compile(r"(?:[0-9A-Za-z.+_-]|\\[.+-])*+")


class NumberClass(NamedTuple):
    """A class such as `[0-10]`: where it stands among the tokens, its text, and the numbers that it was to be."""

    place: int
    text: str
    low: int
    high: int

    @property
    def characters(self) -> str:
        """The characters that it stands for; empty where it has none, as `[7-10]`."""
        digits = self.text[1:-1]
        dash = digits.index("-")
        low, high = digits[dash - 1], digits[dash + 1]
        between = "".join(map(str, range(int(low), int(high) + 1)))
        return "".join(sorted({*digits[: dash - 1], *between, *digits[dash + 2 :]})) if between else ""

    @property
    def is_sure(self) -> bool:
        """Whether nobody would write it for its characters, which it then has twice or as a range of one."""
        return len(self.characters) < sum(char.isdigit() for char in self.text) or self.low > 9


def tokens(pattern: str) -> list[str]:
    """The parts of a pattern: escapes, classes, openings of groups, counts, single characters. None of a long one."""
    if len(pattern) > MAX_PATTERN or r"\Q" in pattern:
        return []
    return [found[0] for found in _TOKEN.finditer(pattern)]


def with_dots_escaped(pattern: str, escaped: str = "\\.") -> str:
    """The pattern with a backslash before each dot that stands alone between two parts of a version."""
    parts = tokens(pattern)
    loose = set(_loose_dots(parts))
    return "".join(escaped if i in loose else part for i, part in enumerate(parts)) or pattern


def _loose_dots(parts: list[str]) -> Iterator[int]:
    for i in range(1, len(parts) - 1):
        before, after = parts[i - 1], parts[i + 1]
        if parts[i] == "." and _BEFORE_DOT.fullmatch(before):
            follower = parts[i + 2] if i + 2 < len(parts) else ""
            glob = after == "." and follower in ("*", "+")  # the first dot of 1..* would be strange, but harmless
            if _AFTER_DOT.fullmatch(after) or glob:
                yield i


def number_class(pattern: str) -> NumberClass | None:
    """The first class of characters that was meant as a range of numbers."""
    for i, part in enumerate(tokens(pattern)):
        found = _NUMBERS.fullmatch(part)
        if found and len(part) > 5 and int(found[1]) < int(found[2]):
            return NumberClass(i, part, int(found[1]), int(found[2]))
    return None


def with_numbers(pattern: str, wrong: NumberClass) -> str | None:
    """The pattern with what a class of numbers was to be; None where a quantifier or a digit beside it blurs that."""
    parts = tokens(pattern)
    before = parts[wrong.place - 1] if wrong.place else ""
    after = parts[wrong.place + 1] if wrong.place + 1 < len(parts) else ""
    if _QUANTIFIER.fullmatch(after) or any(_is_digit(part) for part in (before, after)):
        return None
    parts[wrong.place] = numbers(wrong.low, wrong.high)
    return "".join(parts)


def _is_digit(part: str) -> bool:
    return part.isdigit() or part == r"\d" or (part.startswith("[") and any(char.isdigit() for char in part))


def numbers(low: int, high: int) -> str:
    """A pattern for the numbers from `low` to `high`; the longest first, since OTP takes the first that fits."""
    found: list[str] = []
    for digits in range(len(str(high)), len(str(low)) - 1, -1):
        least, most = max(low, 10 ** (digits - 1) if digits > 1 else 0), min(high, 10**digits - 1)
        found += _same_length(str(least), str(most))
    return f"(?:{'|'.join(found)})" if len(found) > 1 else found[0]


def _same_length(low: str, high: str) -> list[str]:
    rest = len(low) - 1
    if not low:
        return [""]
    if low[0] == high[0]:
        return [low[0] + tail for tail in _same_length(low[1:], high[1:])]
    first, last = int(low[0]), int(high[0])
    before, after = [], []
    if low[1:] != "0" * rest:
        before = [low[0] + tail for tail in _same_length(low[1:], "9" * rest)]
        first += 1
    if high[1:] != "9" * rest:
        after = [high[0] + tail for tail in _same_length("0" * rest, high[1:])]
        last -= 1
    middle = [(str(first) if first == last else f"[{first}-{last}]") + "[0-9]" * rest] if first <= last else []
    return [*before, *middle, *after]


def run_on(pattern: str) -> str | None:
    """What was meant by a pattern whose `.*` or `.+` goes on where a number ends; None if there is no such place."""
    parts = tokens(pattern)
    for i in range(1, len(parts) - 1):
        if parts[i] == "." and parts[i + 1] in ("*", "+") and parts[i - 1].isdigit():
            rest = "".join(parts[i + 2 :])
            if rest.startswith("?"):
                continue
            if "\\" not in pattern:
                return with_dots_escaped("".join(parts[:i])) + r"\." + "".join(parts[i:])
            more = r"\D.*" if parts[i + 1] == "+" else r"(?:\D.*)?"
            return "".join(parts[:i]) + more + rest
    return None


def literal_plus(pattern: str) -> tuple[str, str] | None:
    """The version that a pattern spells out with its `+`, and the pattern for it; None if it spells none."""
    if "+" not in pattern or len(pattern) > MAX_PATTERN or not _PLAIN_WITH_PLUS.fullmatch(pattern):
        return None
    version = pattern.replace("\\", "")
    repeats = re.search(r"[0-9]\+(?=[0-9A-Za-z])", pattern)
    return (version, re.escape(version).replace(r"\-", "-")) if repeats and VERSION.fullmatch(version) else None


def as_pattern(text: str) -> str | None:
    """The pattern that a string was to be, its dots escaped; None if that is none."""
    wrong = number_class(text)
    text = (with_numbers(text, wrong) if wrong else None) or text
    if "\\" not in text:
        text = run_on(text) or with_dots_escaped(text)
    return text if problem_of(text.encode()) is None else None


class TooWide(NamedTuple):
    """What a pattern matches that was hardly meant, in words; what was meant; how bad that is, None for the default."""

    label: str
    meant: str
    severity: Severity | None


def too_wide(pattern: str, own: str | None) -> TooWide | None:
    """What a pattern in an appup for the version `own` matches too much: longer numbers, any character for a dot."""
    further = run_on(pattern)
    meant = further or with_dots_escaped(pattern)
    seen, wanted = language(pattern.encode()), language(meant.encode())
    if meant == pattern or not seen or not wanted:
        return None
    if further:
        numbers = [text for text in seen.versions if NUMBERS.fullmatch(text) and is_match(wanted, text) is False]
        if not numbers:
            return None
        longer = f"{numbers[0]}.0"
        sample = longer if numbers[0].count(".") < 2 and is_match(seen, longer) else numbers[0]
        return TooWide(f"matches {sample} too", meant, "note" if own and compared(sample, own) == 1 else None)
    strange = language(with_dots_escaped(pattern, "x").encode())
    samples = (
        [text for text in strange.versions if READABLE.fullmatch(text) and is_match(seen, text)] if strange else []
    )
    also = f": this matches {samples[0]} too" if samples else " here"
    return TooWide(f"`.` is any character{also}", meant, "note")
