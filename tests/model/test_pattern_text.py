r"""Mistakes in the text of version patterns, and what was meant by them. `\` is written once here, as PCRE reads it."""

from __future__ import annotations

from random import Random

import pytest

from relupc.model.pattern import matches
from relupc.model.pattern_samples import language
from relupc.model.pattern_text import (
    TooWide,
    as_pattern,
    literal_plus,
    number_class,
    numbers,
    run_on,
    tokens,
    too_wide,
    with_dots_escaped,
    with_numbers,
)
from relupc.model.versions import is_template, looks_like_pattern
from tests.model.patterns import random_pattern
from tests.model.test_pattern import answers

DOTS = {
    "4.3.[0-1]": r"4\.3\.[0-1]",
    "4.3.2": r"4\.3\.2",
    r"4\.3.2": r"4\.3\.2",
    r"\d.\d": r"\d\.\d",
    r"1.(2|3).[[:digit:]]{1,2}.0": r"1\.(2|3)\.[[:digit:]]{1,2}\.0",
    r"^4.1(?:.[0-9]+)*$": r"^4\.1(?:\.[0-9]+)*$",
    "1..*": r"1\..*",
    "[0-9]+.[0-9]+": r"[0-9]+\.[0-9]+",
    "1.2-rc.1": r"1\.2-rc\.1",
    **{
        same: same for same in (".*", "1.*", "1.+", r"1\..*", "[.]1", "1.?2", "(.*)", "1[a.]0", r"1\.0", "", ".", "^.1")
    },
}
RUN_ON = {
    "1.2.*": r"1\.2\..*",
    "10.*": r"10\..*",
    r"1\.2.*": r"1\.2(?:\D.*)?",
    r"1\.2.+": r"1\.2\D.*",
    r"1\.2.*|1\.3\..*": r"1\.2(?:\D.*)?|1\.3\..*",
    **dict.fromkeys((r"1\.2\..*", ".*", "[0-9]+.*", r"4\.2[0-9].*", r"1\.2.", r"1\.2.?", r"1\.2.*?$", r"1\.x.*"), None),
}
NUMBERS = {
    r"4\.3\.[0-10]": ("01", True, r"4\.3\.(?:10|[0-9])"),
    r"4\.3\.[1-12]": ("12", True, r"4\.3\.(?:1[0-2]|[1-9])"),
    r"4\.3\.[7-10]": ("", True, r"4\.3\.(?:10|[7-9])"),
    r"4\.3\.[10-15]": ("015", True, r"4\.3\.1[0-5]"),
    r"4\.3\.[0-15]": ("015", False, r"4\.3\.(?:1[0-5]|[0-9])"),
    r"4\.3\.[0-35]$": ("01235", False, r"4\.3\.(?:[1-2][0-9]|3[0-5]|[0-9])$"),
    r"4\.3\.[98-100]": ("", True, r"4\.3\.(?:100|9[8-9])"),
    r"4\.3\.1[0-10]": ("01", True, None),
    r"4\.[0-10]{2}": ("01", True, None),
    **dict.fromkeys((r"4\.3\.[0-4]", "[0-9a-f]", "[1-35-9]", "[^0-10]", "[12-1]", "[0-9-]", r"\[0-10]"), None),
}
PLUS = {
    r"1\.2\.3+b7": ("1.2.3+b7", r"1\.2\.3\+b7"),
    "1.2.3-rc.1+exp": ("1.2.3-rc.1+exp", r"1\.2\.3-rc\.1\+exp"),
    **dict.fromkeys((r"1\.2\.3\+b7", "1.2.3+", "[0-9]+b", "1.2+.3", "1.0+0", r"1\.2+(b7)?", "a+b"), None),
}
STRINGS = {
    "4.3.[0-1]": r"4\.3\.[0-1]",
    r"1\.2\..*": r"1\.2\..*",
    "1.2.*": r"1\.2\..*",
    "1.2.[0-12]": r"1\.2\.(?:1[0-2]|[0-9])",
    "(1|2).0": r"(1|2)\.0",
    "1.2.[0-9": None,
    "*": None,
}
PLAIN = [
    "1.0",
    "1.2.3+b7",
    "1.0-rc.1",
    "r13b04",
    "1.x",
    "",
    "{{vsn}}",
    "%VSN%",
    "@VSN@",
    "${VSN}",
    "1.0.{patch}",
    "$VSN",
]
WIDE = {
    (".*", None): None,
    (r"1\.2\..*", "1.30.0"): None,
    ("1.2.*", None): ("matches 1.20.0 too", r"1\.2\..*", None),
    ("1.2.*", "1.21.0"): ("matches 1.20.0 too", r"1\.2\..*", None),
    ("1.2.*", "1.3.0"): ("matches 1.20.0 too", r"1\.2\..*", "note"),
    (r"1\.2\.3.*", "%VSN%"): ("matches 1.2.30 too", r"1\.2\.3(?:\D.*)?", None),
    ("4.3.[0-1]", None): ("`.` is any character: this matches 4x3x0 too", r"4\.3\.[0-1]", "note"),
    (r"4\.3.1", None): (r"`.` is any character: this matches 4.3x1 too", r"4\.3\.1", "note"),
}


@pytest.mark.parametrize(("pattern", "expected"), DOTS.items())
def test_dots(pattern: str, expected: str) -> None:
    assert with_dots_escaped(pattern) == expected
    assert with_dots_escaped(expected) == expected


@pytest.mark.parametrize(("pattern", "expected"), RUN_ON.items())
def test_numbers_that_go_on(pattern: str, expected: str | None) -> None:
    assert run_on(pattern) == expected
    assert expected is None or run_on(expected) is None


@pytest.mark.parametrize(("pattern", "expected"), NUMBERS.items())
def test_classes_for_numbers(pattern: str, expected: tuple[str, bool, str | None] | None) -> None:
    found = number_class(pattern)
    assert (found and (found.characters, found.is_sure, with_numbers(pattern, found))) == expected
    assert not found or not with_numbers(pattern, found) or not number_class(with_numbers(pattern, found) or "")


@pytest.mark.parametrize(
    ("low", "high"), [(0, 9), (0, 10), (7, 10), (1, 12), (5, 123), (98, 102), (100, 250), (0, 999)]
)
def test_numbers_are_those_and_no_others(low: int, high: int) -> None:
    pattern = numbers(low, high).encode()
    assert [n for n in range(1100) if matches(pattern, str(n))] == list(range(low, high + 1))


@pytest.mark.parametrize(("pattern", "expected"), PLUS.items())
def test_a_plus_that_stands_for_itself(pattern: str, expected: tuple[str, str] | None) -> None:
    assert literal_plus(pattern) == expected
    if expected:
        assert matches(pattern.encode(), expected[0]) is False
        assert matches(expected[1].encode(), expected[0]) is True


@pytest.mark.parametrize(("text", "expected"), STRINGS.items())
def test_patterns_as_strings(text: str, expected: str | None) -> None:
    assert looks_like_pattern(text)
    assert as_pattern(text) == expected


@pytest.mark.parametrize("text", PLAIN)
def test_strings_that_may_be_versions(text: str) -> None:
    assert not looks_like_pattern(text)
    assert is_template(text) == any(char in text for char in "{%@$")


@pytest.mark.parametrize(("given", "expected"), WIDE.items())
def test_what_matches_too_much(given: tuple[str, str | None], expected: TooWide | None) -> None:
    assert too_wide(*given) == expected


def test_the_tokens_are_the_whole_pattern() -> None:
    random = Random(1)
    for _ in range(2000):
        pattern = random_pattern(random)
        parts = tokens(pattern)
        assert "".join(parts) == pattern or (not parts and (len(pattern) > 300 or r"\Q" in pattern))


def test_escaped_dots_match_less_and_nothing_else() -> None:
    """Of the texts that a pattern matches those with real dots are left."""
    random, changed = Random(2), 0
    for _ in range(3000):
        pattern = random_pattern(random)
        meant = with_dots_escaped(pattern)
        narrow, wide = language(meant.encode()), language(pattern.encode())
        if meant != pattern and narrow and wide and not narrow.missed and not wide.missed and "|" not in pattern:
            changed += 1
            assert all(matches(pattern.encode(), text) for text in narrow.versions if "." in text), pattern
    assert changed > 10


def test_otp_agrees_with_what_is_claimed(erl: str) -> None:
    claims = [("1.2.*", "1.20.0", "true"), (r"1\.2\..*", "1.20.0", "false"), (r"1\.2\..*", "1.2.3", "true")]
    claims += [
        (r"1\.2.*", "1.20.0", "true"),
        (r"1\.2(?:\D.*)?", "1.20.0", "false"),
        (r"1\.2(?:\D.*)?", "1.2.7", "true"),
    ]
    claims += [(r"1\.2(?:\D.*)?", "1.2", "true"), ("4.3.[0-1]", "4x3x0", "true"), (r"4\.3\.[0-1]", "4x3x0", "false")]
    for pattern, expected in NUMBERS.items():
        if expected is not None:
            characters, _, meant = expected
            number = "9" if "9" not in characters else "2"
            broken = not characters
            claims.append((pattern, f"4.3.{number}", "badarg" if broken else "false"))
            claims += [(meant, "4.3.10", "true")] if meant and meant.startswith(r"4\.3\.(?:10|") else []
    for pattern, plus in PLUS.items():
        if plus:
            claims += [(pattern, plus[0], "false"), (plus[1], plus[0], "true")]
    _, said = answers(erl, [(pattern.encode(), version) for pattern, version, _ in claims])
    assert said == [expected for _, _, expected in claims]
