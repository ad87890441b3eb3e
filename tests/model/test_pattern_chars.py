"""Escapes and classes: the characters meant, the refused, the invalid. That OTP agrees is in test_pattern."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.model.pattern import Invalid, Refused, matches
from relupc.model.pattern_chars import complement, word_ranges
from relupc.model.term import MAX_CODE_POINT

TAKES = [
    (r"\d", "7"),
    (r"\D", "a"),
    (r"\s", "\x0b"),
    (r"\S", "\x85"),
    (r"\h", "\u2003"),
    (r"\H", "\n"),
    (r"\v", "\u2028"),
    (r"\V", "a"),
    (r"\t\n\r\f\e\a", "\t\n\r\f\x1b\x07"),
    (r"\x41\x{e9}\x{1F600}\x9", "Aé\U0001f600\t"),
    (r"\060\0611\07", "01" + "1\x07"),
    (r"\.\é\_", ".é_"),
    (r"\y", "y"),
    (r"\Qa.b*\E?", "a.b*"),
    (r"\Qa(", "a("),
    (r"[]a]+", "a]"),
    (r"[^]a]", "b"),
    (r"[a-c-e]+", "b-e"),
    (r"[a\-z]+", "-z"),
    (r"[--/]+", "./-"),
    (r"[a-]+", "-a"),
    (r"[\x41-\x43\b\n]+", "B\b\n"),
    (r"[\d\s.]+", "1 ."),
    (r"[^\W]", "x"),
    (r"[[:digit:][:^xdigit:]]+", "9z"),
    (r"[[a:]+", "[a:"),
    (r"[:a]+", "a:"),
    (r"(?i)[a-f_x-z]Q\x71", "EqQ"),
    (r"(?i)[Z-a]\Qab\E", "AaB"),
    (r"(?i:a)b", "Ab"),
]
NOT = [(r"\d", "٣"), (r"\w", "α"), (r"[^a]", "a"), (r"(?i)[^a]", "A"), (r"\V", "\r"), (r"(?i:a)b", "AB")]
INVALID = [
    ("a\\", 1, "a `\\` at the end"),
    (r"\Lx", 0, "`\\L`, which PCRE does not have"),
    (r"\x{d800}", 0, "not a character"),
    (r"\x{110000}", 0, "not a character"),
    (r"1[a", 1, "a `[` without its `]`"),
    (r"1[]", 1, "a `[` without its `]`"),
    (r"1[a-", 1, "a `[` without its `]`"),
    (r"[z-a]", 1, "a range whose end is before its start"),
    (r"4.2.[7-10]", 7, None),
    (r"[[:foo:]]", 1, "a POSIX class that PCRE does not have"),
    (r"[[=a=]]", 1, "a POSIX class that PCRE does not have"),
    (r"[:digit:]", 0, "a POSIX class outside of a class"),
]
REFUSED = [
    r"\1",
    r"\p{L}",
    r"\X",
    r"\R",
    r"\K",
    r"\C",
    r"\g{1}",
    r"\k<a>",
    r"\N",
    r"\cA",
    r"\o{61}",
    r"\8",
    r"\E",
    r"\Q\E",
]
REFUSED += [
    r"\x",
    r"\x{}",
    r"[\1]",
    r"[\Qa\E]",
    r"[\d-z]",
    r"[a-\d]",
    r"[a-[:digit:]]",
    r"[x[:a\]:]]",
    r"[:a[b:]",
    "[\\",
]
REFUSED += ["(?i)é", "(?i)[a-é]", "(?i)[[:upper:]]", "a\0b"]


@pytest.mark.parametrize(("pattern", "text"), TAKES)
def test_takes(pattern: str, text: str) -> None:
    assert matches(pattern.encode(), text) is True


@pytest.mark.parametrize(("pattern", "text"), NOT)
def test_does_not_take(pattern: str, text: str) -> None:
    assert matches(pattern.encode(), text) is False


@pytest.mark.parametrize(("pattern", "at", "reason"), [case for case in INVALID if case[2]])
def test_invalid(pattern: str, at: int, reason: str) -> None:
    assert matches(pattern.encode(), "") == Invalid(at, reason)


@pytest.mark.parametrize("pattern", REFUSED)
def test_refused(pattern: str) -> None:
    assert isinstance(matches(pattern.encode(), ""), Refused)


def test_bytes_that_are_not_utf_8() -> None:
    assert matches("é".encode() + b"\xff", "") == Invalid(1, "not UTF-8")
    assert matches(b"\xff\0", "") == Refused(1, "a NUL")


def test_a_posix_class_outside_is_not_known_of_otp_28() -> None:
    reason = "a POSIX class outside of a class, at least before OTP 28"
    assert matches(b"[:digit:]", "1", 28) == Refused(0, reason)


def test_letters_without_a_meaning_are_only_known_of_pcre_8() -> None:
    literal = [c for c in string.ascii_letters if matches(f"\\{c}".encode(), c, 27) is True and c not in "wDSNVH"]
    assert "".join(literal) == "ijmqyFIJMOTY"
    assert all(isinstance(matches(f"\\{c}".encode(), c, 28), Refused) for c in literal)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 20)), max_size=5), st.integers(0, 400))
def test_complement(spans: list[tuple[int, int]], code: int) -> None:
    ranges = tuple((low, low + size) for low, size in spans)
    inside = any(low <= code <= high for low, high in ranges)
    assert any(low <= code <= high for low, high in complement(ranges)) is not inside


def test_complement_of_all_is_nothing() -> None:
    assert complement(complement(())) == ()
    assert complement(((0, MAX_CODE_POINT - 1),)) == ((MAX_CODE_POINT, MAX_CODE_POINT),)
    assert word_ranges(28) < word_ranges(25) or len(word_ranges(28)) < len(word_ranges(25))
