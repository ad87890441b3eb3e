from __future__ import annotations

import pytest

from relupc.analyse.erl import module_from
from relupc.model.beam import FA
from relupc.model.code import Argument, Function, local_funs, origin_of
from relupc.model.source import Source
from relupc.model.term import Atom, Fun, Int, Term, Tuple, Unknown

HEAD = "-module(shop_cart).\n-record(state, {items = [], total}).\n"


def the(source: str, name: str = "f", arity: int = 0) -> Function:
    module = module_from(Source("shop_cart.erl", HEAD + source))
    assert module
    return module.functions[FA(name, arity)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{ok, [1, a | [b]]}", "{ok, [1, a, b]}"),
        ("X = a, Y = {X, 1}, Y", "{a, 1}"),
        ("{A, _} = {b, c}, A", "b"),
        ("#state{total = 3}", "{state, _, 3}"),
        ("#elsewhere{total = 3}", "_"),
        ("M = #{a => 1}, M#{b => 2}", "#{a, b}"),
        ("fun lists:map/2", "fun lists:map/2"),
        ("-1", "-1"),
    ],
)
def test_returns(body: str, expected: str) -> None:
    (found,) = the(f"f() -> {body}.\n").returns
    assert shown(found) == expected


def shown(term: Term) -> str:
    match term:
        case Atom(name):
            return name
        case Int(value):
            return str(value)
        case Tuple(items):
            return "{" + ", ".join(map(shown, items)) + "}"
        case Fun(module, function, arity):
            return f"fun {module}:{function}/{arity}"
        case Unknown():
            return "_"
    pairs = getattr(term, "pairs", None)
    if pairs is not None:
        return "#{" + ", ".join(shown(key) for key, _ in pairs) + "}"
    return "[" + ", ".join(shown(item) for item in getattr(term, "items", ())) + "]"


def test_funs_are_functions_of_their_own() -> None:
    module = module_from(Source("a.erl", HEAD + "f(P) -> spawn(fun() -> P ! hello, g() end).\ng() -> ok.\n"))
    assert module
    (call,) = module.functions[FA("f", 1)].calls
    (fun,) = local_funs(call.args[0])
    assert [c.called.name for c in module.functions[fun.function].calls] == ["!", "g"]
    assert [c.tail for c in module.functions[fun.function].calls] == [False, True]
    assert call.called.module == "erlang"


def test_what_a_fun_captures_follows_its_arguments() -> None:
    """As in compiled code; constants are put in by the compiler."""
    text = "f(P) -> A = a, Q = g(P), fun(X) -> Q ! {X, A}, h(X) end.\ng(P) -> P.\nh(_) -> ok.\n"
    module = module_from(Source("a.erl", HEAD + text))
    assert module
    [fun] = local_funs(module.functions[FA("f", 1)].returns[0])
    assert (fun.function.arity, len(fun.captures)) == (2, 1)
    sent = module.functions[fun.function].calls[0].args
    assert origin_of(sent[0]) == Argument(1)
    assert isinstance(sent[1], Tuple)
    assert (origin_of(sent[1].items[0]), sent[1].items[1]) == (Argument(0), Atom("a"))


def test_a_fun_by_its_own_name_hands_on_what_it_captured() -> None:
    module = module_from(Source("a.erl", HEAD + "f(P) -> fun Loop(P) -> g(P), Loop(P); Loop(N) -> Loop(N) end.\n"))
    assert module
    assert [fa.arity for fa in module.functions] == [1, 1]  # the P of the fun is its own
    text = "f(P) -> fun Loop(N) -> P ! N, Loop(N) end.\n"
    module = module_from(Source("a.erl", HEAD + text))
    assert module
    (again,) = [c for fa, made in module.functions.items() if fa.arity == 2 for c in made.calls if c.kind == "local"]
    assert [origin_of(arg) for arg in again.args] == [Argument(0), Argument(1)]


def test_a_list_or_a_counter_bounds_a_recursion() -> None:
    assert the("f([]) -> ok; f([_ | T]) -> f(T).\n", arity=1).bounded == "list"
    assert the("f(0) -> ok; f(N) -> f(N - 1).\n", arity=1).bounded == "counter"
    assert the("f(N) when N > 3 -> ok; f(N) -> f(N + 1).\n", arity=1).bounded == "counter"
    assert the("f(N) -> f(N + 1).\n", arity=1).bounded is None


def test_what_is_too_much_to_carry_into_branches_is_left_out() -> None:
    many = ", ".join(f"X{n} = a" for n in range(2000)), "; ".join(f"{n} -> a" for n in range(2000))
    module = module_from(Source("a.erl", HEAD + f"f(X) -> {many[0]}, case X of {many[1]} end.\ng() -> f(1).\n"))
    assert module
    assert not module.functions[FA("f", 1)].place
    assert [call.kind for call in module.functions[FA("g", 0)].calls] == ["local"]


def test_many_funs_come_to_an_end() -> None:
    funs = ", ".join("fun() -> ok end" for _ in range(1000))
    assert len(local_funs(the(f"f() -> [{funs}].\n").returns[0])) <= 400


def test_what_catches() -> None:
    """Each fun for itself, as the compiler has them."""
    text = (
        "a() -> catch b().\nb() -> try a() catch _ -> ok end.\nc() -> F = fun() -> catch a() end, F().\nd() -> a().\n"
    )
    found = module_from(Source("src/shop.erl", f"-module(shop).\n{text}"))
    assert found is not None
    assert {fa.name for fa, one in found.functions.items() if one.catches} == {"a", "b", "-c/0-fun-0-"}
