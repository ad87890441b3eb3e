from __future__ import annotations

import pytest

from relupc.analyse.erl.constants import constant
from relupc.analyse.erl.tokens import Token
from relupc.analyse.values import UNKNOWN
from relupc.model.term import Atom, Float, Int, List, Str, Term


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("atom", "ok", Atom("ok")),
        ("quoted", "'a b'", Atom("a b")),
        ("quoted", r"'\x{263a}\n'", Atom("\u263a\n")),
        ("int", "1_000", Int(1000)),
        ("int", "16#fF", Int(255)),
        ("int", "99#1", UNKNOWN),
        ("float", "1.5e3", Float(1500.0)),
        ("char", "$a", Int(97)),
        ("char", r"$\n", Int(10)),
        ("char", r"$\^a", Int(1)),
        ("char", r"$\101", Int(65)),
        ("string", '"a\\tb"', Str("a\tb")),
        ("string", '""', List(())),
        ("triple", '"""\nx\n"""', UNKNOWN),
        ("opaque", "LOG", UNKNOWN),
        ("int", "9" * 5000, UNKNOWN),
        ("float", "9" * 500 + ".0", UNKNOWN),
        ("quoted", r"'\x{d800}'", Atom("?")),
        ("var", "X", None),
        ("sign", "{", None),
    ],
)
def test_constant(kind: str, text: str, expected: Term | None) -> None:
    assert constant(Token(kind, text, 1)) == expected
