from __future__ import annotations

import pytest

from relupc.analyse.erl.syntax import NotReadError
from relupc.analyse.ex.nodes import Cursor, Node
from relupc.analyse.ex.parse import section
from relupc.analyse.ex.tokens import tokens


def one(text: str) -> Node:
    (found,) = section(Cursor(tokens(text)), ("", "end"))[1]
    return found


def test_a_do_belongs_to_the_call_furthest_out() -> None:
    found = one("if ready x do\n 1\nelse\n 2\nend")
    assert found.parts[0].parts == ("if",)
    assert [name for name, _, _ in found.parts[2]] == ["do", "else"]
    assert found.parts[1][0].parts[0].parts == ("ready",)


def test_clauses() -> None:
    ((_, arms, body),) = one("case x do\n :a when y -> 1\n 2\n b -> b\nend").parts[2]
    assert [len(arm.body) for arm in arms] == [2, 1]
    assert arms[0].guard
    assert body == ()


def test_levels() -> None:
    assert one("a = 1 + 2 * 3").parts[0] == "="
    assert one("a |> b() |> c()").parts[2].parts[0].parts == ("c",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x not in [1]", "op"),
        ("&(&1.price)", "capture"),
        ("& &1[:price]", "capture"),
        ("&>=/2", "capture"),
        ("@spec f((() -> a), ... :: b) :: a when a: var, b: var", "attribute"),
        ("1..9//2", "op"),
        ("list |> Kernel.++([1])", "op"),
        ("[+: 1, ||: 2, 'a': :\\\\]", "list"),
        ("a ||| b &&& c <~> ~~~d", "op"),
        ("9" * 400, "opaque"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert one(text).kind == kind


@pytest.mark.parametrize("text", ["fn (a, b) -> a end", "fn a, b -> a end", "fn (a, b) when a -> a end"])
def test_what_a_fun_takes(text: str) -> None:
    assert [len(arm.patterns) for arm in one(text).parts[0]] == [2]
    assert not one("fn () -> 1 end").parts[0][0].patterns


@pytest.mark.parametrize("text", ["if x do", "fn -> 1", "(1", "%{a", "1 2", "case x do 1; 2 -> 3 end", "(" * 200])
def test_not_read(text: str) -> None:
    with pytest.raises(NotReadError):
        one(text)


@pytest.mark.parametrize("text", ['"#{f(1)}"', "'#{f(1)}'", '"""\n#{f(1)}\n"""', "~w(#{f(1)} a)", ':"#{f(1)}"'])
def test_what_is_interpolated_is_read(text: str) -> None:
    (call,) = one(text).parts
    assert call.parts[0].parts == ("f",)
    assert call.line == 1 + ("\n" in text)


@pytest.mark.parametrize("text", [r'"\#{f(1)}"', "~S[#{f(1)}]", '"f(1)"'])
def test_what_is_not_interpolated(text: str) -> None:
    assert one(text).parts == ()


@pytest.mark.parametrize("text", ['"#{' * 9 + "1" + '}"' * 9, '"#{1 2}"', '"#{a -> b}"', "~x(a)", "~SQL(a)"])
def test_interpolation_that_is_not_read(text: str) -> None:
    found = one(text)
    while found.parts:
        (found,) = found.parts
    assert found.kind == "unread"


def test_keys_and_calls_with_interpolation() -> None:
    assert one('["a#{b}": 1]').parts[0][0].parts[0].kind == "unread"
    with pytest.raises(NotReadError):
        one('a."b#{c}"(1)')
