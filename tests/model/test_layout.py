"""Layout: fixtures, properties, and the text that a real OTP prints."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relupc.model.layout import flat, to_text
from relupc.model.term import Atom, Bin, Int, List, Map, Str, Term, Tuple, atoms, tup
from relupc.read.text import read_text
from tests.model.terms import random_float, random_term, to_etf

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "layout").iterdir())
ORACLE = Path(__file__).with_name("layout_oracle.escript")
DEPTH = 256  # the reader goes no deeper


def read(file: Path) -> Term:
    term = read_text(file.read_text(), str(file))
    assert isinstance(term, Term)
    return term


def below(frames: int, function: Callable[[], str]) -> str:
    """The answer of a function that is called from far down the stack."""
    return function() if frames == 0 else below(frames - 1, function)


@pytest.mark.parametrize("case", FIXTURES, ids=lambda case: case.name)
def test_fixture(case: Path) -> None:
    """Each `expected.term` is what OTP 25 wrote for `input.term`."""
    expected = (case / "expected.term").read_text()
    assert to_text(read(case / "input.term")) + ".\n" == expected
    assert to_text(read(case / "expected.term")) + ".\n" == expected


def test_the_column_counts() -> None:
    term = atoms(["a" * 20, "b" * 20, "c" * 20])
    assert to_text(term, column=15) == flat(term)
    assert to_text(term, column=16) == f"[{'a' * 20},{'b' * 20},\n{' ' * 16}{'c' * 20}]"
    assert to_text(Str("x" * 90), column=60) == f'"{"x" * 90}"'


def test_reserved_words_of_the_otp() -> None:
    term = tup("maybe", "end")
    assert to_text(term) == flat(term) == "{maybe,'end'}"
    assert to_text(term, otp=27) == flat(term, otp=27) == "{'maybe','end'}"


def test_flat() -> None:
    pair = (Str("k" * 50), Bin(bytes(range(30)) + b"\xa0", 5))
    term = List((Map((pair,)), Str("αβ"), Int(1)), Tuple((Str("x" * 50),)))
    numbers = ",".join(map(str, range(30)))
    assert flat(term) == f'[#{{"{"k" * 50}" => <<{numbers},5:3>>}},[945,946],1|{{"{"x" * 50}"}}]'
    assert flat(Atom("a b")) == "'a b'"


WRAPPERS: dict[str, Callable[[Term, int], Term]] = {
    "list": lambda term, _: List((term,)),
    "tagged tuple": lambda term, level: tup(f"tag{level}", term),
    "long tag": lambda term, _: tup("t" * 40, term, "last"),
    "tail": lambda term, level: List((Int(1),), term) if level % 2 else Tuple((term,)),
    "map value": lambda term, _: Map(((Atom("k" * 80), term), (Int(1), Int(2)))),
    "map key": lambda term, _: Map(((term, Int(1)), (Int(0), Int(1)))),
}


@pytest.mark.parametrize("wrap", WRAPPERS.values(), ids=WRAPPERS)
def test_deep_terms_fit_the_stack(wrap: Callable[[Term, int], Term]) -> None:
    term: Term = Atom("x")
    for level in range(DEPTH):
        term = wrap(term, level)
    lines = below(200, lambda: to_text(term))
    assert "".join(lines.split()) == "".join(below(200, lambda: flat(term)).split())


@pytest.mark.parametrize(
    "leaf", [Str("x" * 10**6), Bin(bytes(10**5)), Int(1 << 10**5), Map(((Str("y" * 99), Int(1)),))]
)
def test_a_large_leaf_is_spelled_once(leaf: Term) -> None:
    """What does not fit is seen from its size, not spelled at each of its levels."""
    term: Term = leaf
    for _ in range(DEPTH - 1):
        term = List((term,))
    inner = to_text(leaf, column=DEPTH)
    assert to_text(term) == "[" * (DEPTH - 1) + inner + "]" * (DEPTH - 1)


@given(st.randoms(use_true_random=False))
def test_layout_adds_only_blanks(random: Random) -> None:
    """Without what a line break adds, the lines are the flat form."""
    term = random_term(random, 4)
    text, line = to_text(term), flat(term)
    assert "".join(text.split()) == "".join(line.split())
    assert "\n" not in line


@given(st.randoms(use_true_random=False), st.integers(1, 100))
def test_the_order_of_a_map_and_the_kind_of_a_string_take_no_part(random: Random, column: int) -> None:
    pairs = tuple((Int(key), random_term(random, 2)) for key in range(random.randrange(9)))
    text = "".join(random.choice("ab\t\x7fα") for _ in range(random.randrange(1, 40)))
    codes = List(tuple(Int(ord(char)) for char in text))
    written = tup("t", Map(pairs), Str(text))
    turned = tup("t", Map(pairs[::-1]), codes)
    assert to_text(written, column=column) == to_text(turned, column=column)


@given(st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_what_is_laid_out_reads_back(random: Random) -> None:
    term = random_term(random, 3)
    text = to_text(term)
    if "fun " not in text:  # the emulator does not quote reserved words there
        assert read_text(text + ".", "a") == term


def answers(escript: str, terms: list[tuple[int, Term]]) -> tuple[int, list[list[str]]]:
    """The release of OTP, and for each column and term the text of `~tp` there and the file systools would write."""
    lines = (b"%d %s\n" % (column, base64.b64encode(to_etf(term))) for column, term in terms)
    done = subprocess.run([escript, str(ORACLE)], input=b"".join(lines), capture_output=True, check=True, timeout=300)
    first, *rest = done.stdout.decode().splitlines()
    return int(first), [[base64.b64decode(text).decode() for text in line.split()] for line in rest]


@pytest.mark.parametrize("seed", range(4))
def test_otp_prints_the_same(erl: str, seed: int) -> None:
    """From OTP 26 on the order of atoms as keys is another in every emulator: no such maps here."""
    random = Random(seed)
    columns = (1, 1, 1, 2, 17, 60, 79, 80, 95)
    terms = [(random.choice(columns), random_term(random, 1 + seed % 3, atom_keys=False)) for _ in range(400)]
    terms += [(1, random_float(random)) for _ in range(400)]
    otp, texts = answers(erl, terms)
    assert len(texts) == len(terms)
    for (column, term), (expected, file) in zip(terms, texts, strict=True):
        assert to_text(term, column=column, otp=otp) == expected
        assert f"%% coding: utf-8\n{to_text(term, otp=otp)}.\n" == file


def test_otp_25_orders_keys_the_same(erl: str) -> None:
    random = Random(5)
    terms = [(1, random_term(random, 3)) for _ in range(400)]
    otp, texts = answers(erl, terms)
    if otp > 25:
        pytest.skip("atoms as keys have an order of their own in every emulator")
    assert [to_text(term) for _, term in terms] == [expected for expected, _ in texts]


def test_otp_prints_the_fixtures_the_same(erl: str) -> None:
    terms = [(1, read(case / "input.term")) for case in FIXTURES if case.name != "maps"]
    otp, texts = answers(erl, terms)
    assert [to_text(term, otp=otp) for _, term in terms] == [expected for expected, _ in texts]
