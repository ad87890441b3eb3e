"""Version patterns: what OTP takes for a match, in linear time."""

from __future__ import annotations

import base64
import re
import subprocess
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relupc.model.pattern import MAX_PCRE_STEPS, Invalid, Refused, compile_tree, matches, run
from relupc.model.pattern_syntax import parse
from tests.model.patterns import mutated, random_pattern, random_version

ORACLE = Path(__file__).with_name("pattern_oracle.escript")

# What real appups contain, with versions they are meant for and others.
REAL = {
    r".*": ["1.0", ""],
    r"2\.0\.[0-9]+.*": ["2.0.1", "2.0.14-rc.1", "2.1.0"],
    r"4\.3\.[0-1]": ["4.3.0", "4.3.10"],
    r"5\..*": ["5.8", "4.5.1"],
    r"^4\.1\.1(?:\.[0-9]+)*$": ["4.1.1", "4.1.1.2.3", "4.1.10"],
    r"^4\.1\.0(?:\.[0-9]+)+$": ["4.1.0", "4.1.0.1"],
    r"0\.1\.([8-9]|(1[0-4]))": ["0.1.8", "0.1.12", "0.1.15"],
    r"4\.2\.[0-6]": ["4.2.6", "4.2.7"],
    r"1\.[0-2]+(-beta)?\.[0-9]{1,2}": ["1.2.10", "1.1-beta.4"],
    r"[1-9]\.\d+\.\d+(\+.*)?": ["1.2.3", "1.2.3+b7", "0.1.2"],
}
FIRST_MATCH = [
    (r"1|1\.0", "1.0", False),
    (r"1\.0|1", "1.0", True),
    (r"(?:1|1\.0)$", "1.0", True),
    (r"1.*?", "1.0", False),
    (r"1.*?$", "1.0", True),
    (r"0", "1.0", False),
    (r"2\.1\.[0-9]+", "2.1.1.1", False),
    (r"1.0", "1x0", True),
    (r".*", "", True),
    (r".*", "1\n0", False),
    (r"(?s).*", "1\n0", True),
    (r"1\Z", "1\n", False),
    (r"1$\n", "1\n", True),
    (r"1\z\n", "1\n", False),
    (r"(?m)1$\n^2", "1\n2", True),
    (r"(?m)1\n^", "1\n", False),
    (r"\w+", "1å", True),
    (r"a\b-\Bb?", "a-", True),
    (r"a\b-\B", "a", False),
    (r"(a|ab)(c|bcd)", "abcd", True),
    (r"(a|ab)(c|bcd)?", "abc", False),
    (r"(|a)+", "aa", False),
    (r"(|a)+$", "aa", True),
    (r"(a*)*", "aa", True),
    (r"(a*?)+?b", "aab", True),
    (r"(?:a{0,2}){2,}", "aaaaa", True),
    (r"(^a)*b", "ab", True),
]
HARD = {
    r"(a+)+$": True,
    r"(a|aa)+$": True,
    r"(?:(?:a*)*)*": True,
    r"(a+)+b": False,
    r"(a*)*b": False,
    r"(a|a)*b": False,
    r"(a?){20}b": False,
    r"^(([a-z])+.)+[A-Z]([a-z])+$": False,
    r"(.*)*(.*)*(.*)*x": False,
}


@pytest.mark.parametrize(("pattern", "version", "expected"), FIRST_MATCH)
def test_the_first_match_is_the_version(pattern: str, version: str, expected: bool) -> None:
    assert matches(pattern.encode(), version) is expected


@pytest.mark.parametrize(("pattern", "versions"), REAL.items())
def test_patterns_of_real_appups_are_answered(pattern: str, versions: list[str]) -> None:
    for version in versions:
        found = re.match(pattern, version)
        expected = found is not None and found[0] == version
        assert [matches(pattern.encode(), version, otp) for otp in (25, 28)] == [expected] * 2


@pytest.mark.parametrize(("pattern", "expected"), HARD.items())
def test_no_pattern_takes_exponential_time(pattern: str, expected: bool) -> None:
    outcome = run(compile_tree(parse(pattern.encode(), 25)[0]), "a" * 40)
    assert outcome.states < 20_000
    assert (outcome.end == 40) is expected is matches(pattern.encode(), "a" * 40)


def test_a_match_that_pcre_would_not_live_to_see_is_refused() -> None:
    """PCRE runs into its limit in the first alternative; OTP then says that nothing matches."""
    pattern = b"(a+)+b|a+"
    assert matches(pattern, "a" * 15) is True
    outcome = run(compile_tree(parse(pattern, 25)[0]), "a" * 40)
    assert outcome.steps > 2**39 > MAX_PCRE_STEPS > outcome.states
    assert matches(pattern, "a" * 40) == Refused(0, "PCRE might give up before it finds the match")


def test_a_search_can_be_given_up() -> None:
    program = compile_tree(parse(b"1.*", 25)[0])
    states = run(program, "1.0").states
    assert run(program, "1.0", most=states) == run(program, "1.0")
    assert run(program, "1.0", most=states - 1).end is None
    assert run(program, "1.0", most=states - 1).states == states


def test_the_steps_are_those_of_a_backtracker() -> None:
    """(a|a){3}b on aaa: each of the 2 + 4 + 8 tries fails in the end."""
    steps = [run(compile_tree(parse(b"(a|a)" * n + b"b", 25)[0]), "a" * n).steps for n in range(1, 9)]
    grown = [b - a for a, b in pairwise(steps)]
    assert all(b == 2 * a for a, b in pairwise(grown))


@pytest.mark.parametrize("pattern", [rb"a{1001}", rb"(){60000}", rb"((){60000}){60000}", rb"((a{100}){100}){100}"])
def test_large_patterns_are_refused(pattern: bytes) -> None:
    assert matches(pattern, "a") == Refused(0, "too large a pattern")


def test_long_ways_are_refused() -> None:
    assert matches(b"(a*){100}b", "a" * 3000) == Refused(0, "too long a way to an answer")


def test_case_and_posix_classes_are_for_ascii_versions() -> None:
    assert matches(rb"1[[:alpha:]]", "1a") is True
    assert matches(rb"1[[:alpha:]]", "1å") == Refused(2, "case or a POSIX class, with a version beyond ASCII")
    assert matches(rb"1(?i)k", "1K") is True
    assert isinstance(matches(rb"1(?i)k", "1\u212a"), Refused)


def test_what_depends_on_the_otp() -> None:
    assert [matches(rb"\w", "å", otp) for otp in (25, 27, 28)] == [True, True, False]
    assert [matches(rb"a\b.", "aå", otp) for otp in (25, 28)] == [False, True]
    assert [matches(rb"a{,2}", text, 25) for text in ("aa", "a{,2}")] == [False, True]
    assert [matches(rb"a{,2}", text, 28) for text in ("aa", "a{,2}")] == [True, False]


def test_a_pattern_that_is_none() -> None:
    assert matches(b"*", "1.0") == Invalid(0, "nothing to repeat")


PYTHON_READS_THE_SAME = st.from_regex(
    r"(\A|\||[ab1.]|[ab1.][*+?]\??|\((\?:)?[ab]\|[ab1]?\)|\(a|b\)|\[ab\]\*|\[^1\])+", fullmatch=True
)


@given(PYTHON_READS_THE_SAME, st.text("ab1.", max_size=6))
def test_python_agrees_where_it_reads_the_same(pattern: str, version: str) -> None:
    try:
        found = re.match(pattern, version)
    except re.error:
        return
    answer = matches(pattern.encode(), version)
    assert answer is (found is not None and found[0] == version)


@given(st.binary(max_size=30), st.text(max_size=5), st.sampled_from((25, 28)))
def test_any_bytes_have_an_answer(pattern: bytes, version: str, otp: int) -> None:
    answer = matches(pattern, version, otp)
    if isinstance(answer, Refused | Invalid):
        assert 0 <= answer.at <= len(pattern)


@given(st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_what_otp_28_adds_to_the_refused_is_no_other_answer(random: Random) -> None:
    """Apart from `{,2}`, and `\\w` beyond ASCII, OTP 28 answers the same or the pattern is refused."""
    pattern = random_pattern(random)
    version = random_version(random, plain=True)
    if "{,2}" not in pattern:
        later = matches(pattern.encode(), version, 28)
        assert isinstance(later, Refused) or later == matches(pattern.encode(), version, 25)


def answers(escript: str, pairs: list[tuple[bytes, str]]) -> tuple[int, list[str]]:
    """The release of OTP, and for each pattern and version: true, false or badarg."""
    lines = (b"%s %s\n" % (base64.b64encode(p), base64.b64encode(version.encode())) for p, version in pairs)
    done = subprocess.run([escript, str(ORACLE)], input=b"".join(lines), capture_output=True, check=True, timeout=300)
    first, *rest = done.stdout.decode().split()
    return int(first), rest


def agree(otp: int, pairs: list[tuple[bytes, str]], expected: list[str]) -> int:
    """Assert that OTP says the same wherever there is an answer; how many were refused."""
    refused = 0
    for (pattern, version), said in zip(pairs, expected, strict=True):
        answer = matches(pattern, version, otp)
        if isinstance(answer, Refused):
            refused += 1
        else:
            assert ("badarg" if isinstance(answer, Invalid) else str(answer).lower()) == said, (pattern, version)
    return refused


@pytest.mark.parametrize("seed", range(2))
def test_otp_says_the_same(erl: str, seed: int) -> None:
    random = Random(seed)
    patterns = [random_pattern(random).encode() for _ in range(700)]
    pairs = [(pattern, random_version(random)) for pattern in patterns for _ in range(3)]
    otp, expected = answers(erl, pairs)
    assert agree(otp, pairs, expected) < len(pairs) * (0.1 if otp < 28 else 0.4)


def test_otp_says_the_same_of_garbage(erl: str) -> None:
    random = Random(7)
    patterns = [mutated(random, random_pattern(random).encode()) for _ in range(1500)]
    pairs = [(pattern, random_version(random)) for pattern in patterns]
    otp, expected = answers(erl, pairs)
    assert agree(otp, pairs, expected) < len(pairs)


def test_otp_says_the_same_of_the_tables_here(erl: str) -> None:
    pairs = [(pattern.encode(), version) for pattern, version, _ in FIRST_MATCH]
    pairs += [(pattern.encode(), version) for pattern, versions in REAL.items() for version in versions]
    otp, expected = answers(erl, pairs)
    assert agree(otp, pairs, expected) == 0
