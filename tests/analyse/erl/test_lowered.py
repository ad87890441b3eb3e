from __future__ import annotations

from relupc.analyse.erl.blocks import function
from relupc.analyse.erl.lowered import Lowering
from relupc.analyse.erl.syntax import Expr
from relupc.analyse.erl.tokens import forms
from relupc.model.beam import FA, MFA


def lowered(body: str) -> list[Expr]:
    _, clauses = function(next(forms(f"f(X) -> {body}.\n")))
    return [*Lowering({FA("g", 1)}, {FA("map", 2): MFA("lists", "map", 2)}).clauses(clauses)[0].body]


def test_calls_by_name_go_to_a_module() -> None:
    local, imported, own = lowered("g(X), map(X, X), self()")
    assert local.parts[0].kind == "value"
    for call, module in ((imported, "lists"), (own, "erlang")):
        assert call.parts[0].kind == "remote"
        assert call.parts[0].parts[0].parts[0].name == module


def test_each_wildcard_is_its_own() -> None:
    (match,) = lowered("{_, _} = X")
    one, other = match.parts[0].parts[0]
    assert one.parts != other.parts


def test_branches_of_operators() -> None:
    both, either = lowered("X andalso g(X), X orelse g(X)")
    assert [[clause.body[0].kind for clause in expr.parts[1]] for expr in (both, either)] == [
        ["call", "value"],
        ["value", "call"],
    ]
