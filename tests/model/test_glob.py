from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.model.glob import covers, fault_of
from tests.test_docs import rows

CASES = [
    ("deps/**", "deps/ranch/src/ranch.appup", True),
    ("deps/**", "deps", False),
    ("deps/**", "apps/shop/deps/x.appup", False),
    ("_build/**", "_build/a", True),
    ("**/deps/**", "deps/a", True),
    ("**/deps/**", "apps/shop/deps/a", True),
    ("*.appup.src", "a.appup.src", True),
    ("*.appup.src", "apps/shop/src/a.appup.src", True),
    ("/*.appup", "a.appup", True),
    ("/*.appup", "apps/a.appup", False),
    ("deps", "deps/a/b.appup", True),
    ("deps", "apps/deps/a", True),
    ("deps/", "deps/a", True),
    ("deps/", "apps/deps/a", True),
    ("deps/", "deps", False),
    ("./apps/shop", "apps/shop/src/shop.appup", True),
    ("apps/*/src", "apps/shop/src/shop.appup", True),
    ("apps/*/src", "apps/shop/core/src/shop.appup", False),
    ("apps/**/src/*.appup", "apps/src/shop.appup", True),
    ("apps/**/src/*.appup", "apps/a/b/c/src/shop.appup", True),
    ("apps/**/src/*.appup", "apps/a/b/c/src/sub/shop.appup", False),
    ("relups/2.8.*/**", "relups/2.8.1/shop.appup", True),
    ("relups/2.8.*/**", "relups/2x8.1/shop.appup", False),
    ("relups/2.8.*/**", "relups/2.9.1/shop.appup", False),
    ("rel?/[ab].appup", "rel1/b.appup", True),
    ("rel?/[ab].appup", "rel1/c.appup", False),
    ("rel?/[!ab].appup", "rel1/c.appup", True),
    ("a*b", "a/b", False),
    ("**", "a", True),
    ("**/**/a", "a", True),
    ("Deps/**", "deps/a", False),
    ("a/b", "a", False),
]


@pytest.mark.parametrize(("pattern", "path", "fits"), CASES, ids=[f"{p} {q}" for p, q, _ in CASES])
def test_patterns(pattern: str, path: str, fits: bool) -> None:
    assert covers(pattern, path) is fits


NAMES = st.lists(st.sampled_from(["a", "b", "ab", "aa"]), min_size=1, max_size=5).map("/".join)


@given(NAMES)
def test_a_path_fits_itself_and_what_is_below(path: str) -> None:
    assert covers("/" + path, path)
    assert covers("/" + path, path + "/c")
    assert covers(path + "/**", path + "/c")
    assert not covers(path + "/**", path)


@given(NAMES, NAMES)
def test_folders_between_are_what_the_double_star_is_for(start: str, middle: str) -> None:
    assert covers(f"/{start}/**/end", f"{start}/{middle}/end")
    assert covers(f"/{start}/**/end", f"{start}/end")
    assert covers("end", f"{start}/{middle}/end")


def test_no_pattern_takes_for_ever() -> None:
    assert not covers("/".join(["**", "*a*a*a*a*a*a*a*b"] * 20), "/".join(["a" * 200] * 200))


@pytest.mark.parametrize(
    ("pattern", "faulty"), [("", True), ("/", True), ("!a", True), ("a/../b", True), ("a/b", False)]
)
def test_what_can_never_fit(pattern: str, faulty: bool) -> None:
    assert (fault_of(pattern) is not None) is faulty


def test_the_page_is_right() -> None:
    table = list(rows("docs/configuration.md", "| pattern | fits | does not fit |"))
    assert table
    for pattern, good, bad in table:
        for cell, expected in ((good, True), (bad, False)):
            for path in re.findall("`([^`]+)`", cell):
                assert covers(pattern.strip("`"), path) is expected, (pattern, path)
