"""Samples of version patterns: OTP matches each of them, those said to be all are all, the work is bounded."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from relupc.model import pattern_samples
from relupc.model.pattern import Outcome, matches, run
from relupc.model.pattern_chars import Invalid, Refused
from relupc.model.pattern_samples import (
    MAX_SAMPLE,
    MAX_SAMPLES,
    MAX_STATES,
    Language,
    found_in,
    is_match,
    language,
    plain,
    problem_of,
)
from tests.model.patterns import random_pattern
from tests.model.test_pattern import HARD, answers

# Pattern -> all that it matches, and what fits it as a whole but is not found first.
WHOLE = {
    r"1\.0": (["1.0"], []),
    r"4\.3\.[0-4]": (["4.3.0", "4.3.1", "4.3.2", "4.3.3", "4.3.4"], []),
    r"1\.(2|3)": (["1.2", "1.3"], []),
    r"1\.(?:2|3)(-beta)?": (["1.2", "1.2-beta", "1.3", "1.3-beta"], []),
    r"4\.3\.([8-9]|(1[0-1]))": (["4.3.8", "4.3.9", "4.3.10", "4.3.11"], []),
    r"4\.3\.([1-2]|1[0-1])": (["4.3.1", "4.3.2"], ["4.3.10", "4.3.11"]),
    r"4\.3\.(1[0-1]|[1-2])": (["4.3.1", "4.3.2", "4.3.10", "4.3.11"], []),
    r"^4\.3\.([1-2]|1[0-1])$": (["4.3.1", "4.3.2", "4.3.10", "4.3.11"], []),
    r"1|1\.0": (["1"], ["1.0"]),
    r"1\.0|1": (["1", "1.0"], []),
    r"1\.[01]??": (["1."], ["1.0", "1.1"]),
    r"1\.0{2}": (["1.00"], []),
    r"a{0}": ([""], []),
    r"1$\.0": ([], []),
}
# Pattern -> some of what it matches, and of what it misses.
PARTS = {
    r".*": (["0", "10", "0.1"], []),
    r"2\.0\.[0-9]+.*": (["2.0.0", "2.0.10", "2.0.0-rc.1"], []),
    r"1\.(2|3)\..*": (["1.2.0", "1.3.9", "1.2.10"], []),
    r"^4\.1\.1(?:\.[0-9]+)*$": (["4.1.1", "4.1.1.0", "4.1.1.10"], []),
    r"[1-9]\.\d+\.\d+(\+.*)?": (["1.0.0"], []),
    r"1\.4|1\.4\.[0-9]+": (["1.4"], ["1.4.0", "1.4.9", "1.4.10"]),
    r"1.*?": (["1"], ["1.0"]),
    r"[^1]\.0": (["0.0", "9.0"], []),
    r"1\.[xyz].{3}": (["1.x000"], []),
}
EVERYTHING = [".*", ".+", "^.*$", "(.*)", "(?:.+)", "(?s).*", ".*|1", r"\A.*\z"]
NUMBERS = ["[0-9.]+", r"[0-9]+(\.[0-9]+)*", r"\d+\.\d+\.\d+", r"\d+(\..*)?", "^[0-9].*$"]
NEITHER = [r"1\..*", ".*?", "1|.*", r"\d+", "[1-9].*", ".{0,4}", "(?!x).*", "*"]
NOTHING = [
    "",
    "a{0}",
    "$1",
    "1^",
    r"1\.0^",
    r"1$\.0",
    r"1\z0",
    "()",
    r"(1^)+",
    "(a^|$b)",
    r"1\A",
    "$ 1",
    r"(?:a{0}){3}",
    r"\B",
]
SOMETHING = ["1", "^1", "1$", "1$|2", "(^|a)1", "$\\n", "1(^)?", "1(?m)^\\n", r"1\b"]


@pytest.mark.parametrize(("pattern", "expected"), WHOLE.items())
def test_small_languages_are_whole(pattern: str, expected: tuple[list[str], list[str]]) -> None:
    found = language(pattern.encode())
    assert found is not None
    assert found.complete
    assert (sorted(found.versions), sorted(found.missed)) == (sorted(expected[0]), sorted(expected[1]))


@pytest.mark.parametrize(("pattern", "expected"), PARTS.items())
def test_of_others_there_are_samples(pattern: str, expected: tuple[list[str], list[str]]) -> None:
    found = language(pattern.encode())
    assert found is not None
    assert not found.complete
    assert set(expected[0]) <= set(found.versions)
    assert set(expected[1]) <= set(found.missed)
    assert expected[1] or not found.missed


@pytest.mark.parametrize("pattern", [*EVERYTHING, *NUMBERS, *NEITHER])
def test_what_matches_every_version(pattern: str) -> None:
    found = language(pattern.encode())
    assert (found is not None and found.everything) == (pattern in EVERYTHING)
    assert (found is not None and found.numbers) == (pattern in EVERYTHING + NUMBERS)


@pytest.mark.parametrize("pattern", [*NOTHING, *SOMETHING])
def test_what_matches_no_version(pattern: str) -> None:
    found = language(pattern.encode())
    assert found is not None
    assert found.nothing == (pattern in NOTHING)


def test_what_cannot_be_judged() -> None:
    assert isinstance(problem_of(b"(?=1)"), Refused)
    assert isinstance(problem_of(b"[7-10]"), Invalid)
    assert problem_of(b"a{1000}") is None
    for pattern in (b"(?=1)", b"[7-10]", b"a{1000}", b"1" * 400):
        assert language(pattern) is None


def test_the_plainest_sample_comes_first() -> None:
    def of(pattern: str) -> tuple[str, ...]:
        found = language(pattern.encode())
        assert found is not None
        return plain(found)

    assert of(r"2\.0\.[0-9]+.*")[0] == "2.0.0"
    assert of(r"1\.0(\.[0-9]+)?(-rc)?")[:2] == ("1.0", "1.0.0")
    assert of(r"r13b(0[1-4])") == ()
    assert of(r"1\.0-rc[12]") == ("1.0-rc1", "1.0-rc2")


def test_what_is_found_first() -> None:
    found = language(rb"1\.4|1\.4\.[0-9]+")
    assert found is not None
    assert found_in(found, "1.4.2") == "1.4"
    assert not found_in(found, "2.0")
    assert is_match(found, "1.4") is True
    assert is_match(found, "1.4.2") is False
    assert is_match(found, "1.4é") is None


def random_languages(seed: int, count: int) -> list[tuple[bytes, Language]]:
    random = Random(seed)
    patterns = [random_pattern(random).encode() for _ in range(count)]
    return [(pattern, found) for pattern in patterns if (found := language(pattern))]


def test_samples_match_and_what_is_missed_does_not() -> None:
    languages = random_languages(1, 1500)
    assert len(languages) > 1000
    assert sum(len(found.versions) for _, found in languages) > 5000
    assert any(found.missed for _, found in languages)
    for pattern, found in languages:
        assert all(matches(pattern, text) is True for text in found.versions), pattern
        assert all(matches(pattern, text) is False for text in found.missed), pattern


def test_what_is_whole_lacks_nothing() -> None:
    """Of all short texts of a few characters, none but the samples matches; none at all where nothing can."""
    texts = ["".join(chars) for length in range(4) for chars in product("ab1.-\n", repeat=length)]
    whole = [(pattern, found) for pattern, found in random_languages(2, 500) if found.complete or found.nothing]
    assert len(whole) > 100
    for pattern, found in whole:
        for text in texts:
            if text not in found.versions and (text or found.complete):
                assert matches(pattern, text) is not True, (pattern, text)


def test_everything_is_everything() -> None:
    versions = ["1", "1.0", "", "1.2.3-rc.1", "x", "0.0.0+b7"]
    for pattern, found in random_languages(3, 3000):
        if found.everything:
            assert all(matches(pattern, version) for version in versions if version), pattern


def test_otp_says_the_same_of_samples(erl: str) -> None:
    languages = random_languages(4, 500)
    pairs = [(pattern, text, True) for pattern, found in languages for text in found.versions]
    pairs += [(pattern, text, False) for pattern, found in languages for text in found.missed]
    pairs += [(p.encode(), text, True) for p, texts in (WHOLE | PARTS).items() for text in texts[0]]
    pairs += [(p.encode(), text, False) for p, texts in (WHOLE | PARTS).items() for text in texts[1]]
    pairs += [(p.encode(), text, True) for p in EVERYTHING for text in ("1.0", "0.1.2-rc.1")]
    pairs += [(p.encode(), text, False) for p in NOTHING for text in ("1", "1.0", "a", "b", "10")]
    _, said = answers(erl, [(pattern, text) for pattern, text, _ in pairs])
    for (pattern, text, expected), answer in zip(pairs, said, strict=True):
        assert answer == str(expected).lower(), (pattern, text)


@pytest.mark.parametrize(
    "pattern",
    [*HARD, "((((a|b)*)*)*)*c", "(a?){20}b", "(a*){40}b", "[0-9]{1,3}" * 20, "(a|aa|aaa){1,9}", "(" * 40 + ")*" * 40],
)
def test_work_is_bounded(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    states = 0

    def counted(*args: object, **kwargs: object) -> Outcome:
        nonlocal states
        outcome = run(*args, **kwargs)  # type: ignore[arg-type]
        states += outcome.states
        return outcome

    monkeypatch.setattr(pattern_samples, "run", counted)
    language.cache_clear()
    found = language(pattern.encode())
    language.cache_clear()
    assert states <= MAX_STATES + 500  # each call may go one state too far
    if found:
        assert len(found.versions) + len(found.missed) <= MAX_SAMPLES
        assert all(len(text) <= MAX_SAMPLE for text in (*found.versions, *found.missed))
