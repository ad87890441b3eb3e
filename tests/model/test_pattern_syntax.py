"""Groups, quantifiers, options: trees, the refused, the invalid. That OTP agrees is in test_pattern."""

from __future__ import annotations

import pytest

from relupc.model.pattern import Invalid, Refused, matches
from relupc.model.pattern_chars import PatternError
from relupc.model.pattern_syntax import MAX_NESTING, MAX_TEXT, Chars, Choice, Look, Node, Repeat, parse

A, B = Chars(((97, 97),)), Chars(((98, 98),))
TREES: dict[str, list[list[Node]]] = {
    "ab|": [[A, B], []],
    "a*b+?": [[Repeat(A, 0, None, True), Repeat(B, 1, None, False)]],
    "a??b{2}": [[Repeat(A, 0, 1, False), Repeat(B, 2, 2, True)]],
    "a{1,}b{0,3}?": [[Repeat(A, 1, None, True), Repeat(B, 0, 3, False)]],
    "a{02}": [[Repeat(A, 2, 2, True)]],
    "(a|b)": [[Choice([[A], [B]])]],
    "(?:a)*": [[Repeat(Choice([[A]]), 0, None, True)]],
    "(?<n>a)(?P<m>b)(?'o'a)": [[Choice([[A]]), Choice([[B]]), Choice([[A]])]],
    "^a$": [[Look("^"), A, Look("$")]],
    "(?m)^a$(?-m)$": [[Look("m^"), A, Look("m$"), Look("$")]],
    "((?m)^|^)^": [[Choice([[Look("m^")], [Look("m^")]]), Look("^")]],
    "(?m-s:^)^": [[Choice([[Look("m^")]]), Look("^")]],
    r"\A\G\b\B\z\Z": [[Look("A"), Look("G"), Look("b"), Look("B"), Look("z"), Look("Z")]],
    r"\Qab\E*": [[A, Repeat(B, 0, None, True)]],
}
LITERAL_BRACES = ["a{", "a{}", "a{,}", "a{,3}", "a{2", "a{2,", "a{x}", "}", "{", "a{ 1}"]
INVALID = {
    "*": (0, "nothing to repeat"),
    "a|*": (2, "nothing to repeat"),
    "(+)": (1, "nothing to repeat"),
    "{2}": (0, "nothing to repeat"),
    "a**": (2, "nothing to repeat"),
    "a{2}{3}": (4, "nothing to repeat"),
    "^*": (1, "nothing to repeat"),
    r"\b{2}": (2, "nothing to repeat"),
    "a(?i)*": (5, "nothing to repeat"),
    "a{2,1}": (1, "the numbers of the quantifier are out of order"),
    "a{65536}": (1, "a number above 65535 in a quantifier"),
    "a{1,99999999}": (1, "a number above 65535 in a quantifier"),
    "a)": (1, "a `)` without its `(`"),
    "a(b": (1, "a `(` without its `)`"),
    "(?<n": (0, "not a name of a group"),
    "(?<1n>a)": (0, "not a name of a group"),
    "(?<n>a)(?<n>b)": (7, "a name that another group has"),
}
REFUSED = {
    "a++": "a possessive quantifier",
    "(?>a)": "an atomic group",
    "(?=a)": "lookaround",
    "(?<!a)": "lookaround",
    "(?#x)": "a comment",
    "(?|a)": "a branch reset",
    "(?(1)a)": "a condition",
    "(?C)": "a callout",
    "(?R)": "a reference to a group",
    "(?1)": "a reference to a group",
    "(?P>n)": "a reference to a group",
    "(*UTF8)a": "a verb",
    "(?x)a": "a group of an unknown kind",
    "(?U:a)": "a group of an unknown kind",
    "(?)": "a group without a meaning",
    "(?": "a group of an unknown kind",
    "(?<é>a)": "a group of an unknown kind",
    "(" * (MAX_NESTING + 1) + ")" * (MAX_NESTING + 1): f"groups nested more than {MAX_NESTING} deep",
}
ONLY_REFUSED_28 = ["^*", "a**", "a{2}{3}", "a(?i)*", "(?<1n>a)", "a{ 1}", "a{1, 2}", "a{,}", "a{}"]


@pytest.mark.parametrize(("pattern", "branches"), TREES.items())
def test_trees(pattern: str, branches: list[list[Node]]) -> None:
    tree, ascii_only = parse(pattern.encode(), 25)
    assert tree == Choice(branches)
    assert ascii_only is None


@pytest.mark.parametrize("pattern", LITERAL_BRACES)
def test_braces_that_are_no_quantifier(pattern: str) -> None:
    assert matches(pattern.encode(), pattern) is True


@pytest.mark.parametrize(("pattern", "problem"), INVALID.items())
def test_invalid(pattern: str, problem: tuple[int, str]) -> None:
    assert matches(pattern.encode(), "") == Invalid(*problem)


@pytest.mark.parametrize(("pattern", "reason"), REFUSED.items())
def test_refused(pattern: str, reason: str) -> None:
    refused = matches(pattern.encode(), "")
    assert isinstance(refused, Refused)
    assert refused.reason == reason


@pytest.mark.parametrize("pattern", ONLY_REFUSED_28)
def test_not_known_of_otp_28(pattern: str) -> None:
    assert not isinstance(matches(pattern.encode(), "", 27), Refused)
    assert isinstance(matches(pattern.encode(), "", 28), Refused)


def test_a_quantifier_without_a_least_number_from_otp_28() -> None:
    assert parse(b"a{,3}", 28)[0] == Choice([[Repeat(A, 0, 3, True)]])
    assert matches(b"{,3}", "", 28) == Invalid(0, "nothing to repeat")


def test_nesting_is_bounded() -> None:
    parse(b"(" * MAX_NESTING + b")" * MAX_NESTING, 25)
    with pytest.raises(PatternError) as caught:
        parse(b"(" * 10_000, 25)
    assert caught.value.problem == Refused(MAX_NESTING, f"groups nested more than {MAX_NESTING} deep")


def test_length_is_bounded() -> None:
    assert matches(b"(" * (MAX_TEXT + 1), "1") == Refused(0, "too large a pattern")
    parse(b"1" * MAX_TEXT, 25)
