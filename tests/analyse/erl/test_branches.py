from __future__ import annotations

import pytest

from relupc.analyse.erl import module_from
from relupc.model.beam import FA
from relupc.model.code import Function
from relupc.model.source import Source


def the(source: str, name: str = "f", arity: int = 0) -> Function:
    module = module_from(Source("shop_cart.erl", "-module(shop_cart).\n" + source + "g() -> ok.\ng(_) -> ok.\n"))
    assert module
    return module.functions[FA(name, arity)]


@pytest.mark.parametrize(
    ("body", "tail"),
    [
        ("g()", True),
        ("g(), ok", False),
        ("X = g(), X", True),
        ("X = g()", True),
        ("{ok, _} = g()", False),
        ("begin h:a(), g() end", True),
        ("case h:a() of ok -> g(); _ -> no end", True),
        ("case g() of ok -> no end", False),
        ("if true -> g() end", True),
        ("receive go -> g() end", True),
        ("receive after 5 -> g() end", True),
        ("try g() catch _:_ -> no end", False),
        ("try h:a() of _ -> g() catch _:_ -> no end", True),
        ("try h:a() catch _:_ -> g() end", True),
        ("try h:a() of _ -> g() after h:b() end", False),
        ("catch g()", False),
        ("[g()]", False),
        ("not g()", False),
        ("maybe g() end", False),
    ],
)
def test_what_is_done_last(body: str, tail: bool) -> None:
    (call,) = (call for call in the(f"f() -> {body}.\n").calls if call.called.name == "g")
    assert call.tail is tail
    assert call.kind == "local"


@pytest.mark.parametrize(
    ("body", "waits"),
    [
        ("receive a -> ok end", [(False, False, [])]),
        ("receive a -> ok after infinity -> ok end", [(False, False, [])]),
        ("receive a -> ok after 0 -> ok end", []),
        ("receive a -> ok after 10 -> g() end", [(True, False, ["g"])]),
        ("receive a -> g() after 10 -> ok end", [(True, False, [])]),
        ("receive a -> ok after 10 -> ok end, g()", [(True, False, ["g"])]),
        ("R = make_ref(), h:a(R), receive {R, X} -> X end", [(False, True, [])]),
        ("{_, R} = spawn_monitor(h), receive {'DOWN', R, _, _, _} -> ok end", [(False, True, [])]),
        ("R = make_ref(), receive {R, X} -> X; other -> ok end", [(False, False, [])]),
    ],
)
def test_waits(body: str, waits: list[tuple[bool, bool, list[str]]]) -> None:
    found = [(w.timed, w.reply, sorted(fa.name for fa in w.leaves_to)) for w in the(f"f() -> {body}.\n").waits]
    assert found == waits


@pytest.mark.parametrize(
    ("body", "kind", "called"),
    [
        ("lists:map(a, b)", "remote", "lists:map/2"),
        ("shop_cart:g()", "remote", "shop_cart:g/0"),
        ("?MODULE:g()", "remote", "shop_cart:g/0"),
        ("self()", "remote", "erlang:self/0"),
        ("F = fun g/1, F(1)", "local", "shop_cart:g/1"),
        ("M = h:a(), M:b()", "fun", ":/0"),
        ("erlang:make_fun(a, b, 1)", "remote", "erlang:make_fun/3"),
        ("apply(?MODULE, g, [1, 2])", "remote", "shop_cart:g/2"),
        ("apply(?MODULE, g, [1 | h:a()])", "remote", "erlang:apply/3"),
    ],
)
def test_what_is_called(body: str, kind: str, called: str) -> None:
    call = the(f"f() -> {body}.\n").calls[-1]
    assert (call.kind, "{}:{}/{}".format(*call.called)) == (kind, called)


def test_what_never_goes_on() -> None:
    (for_ever, a_while) = the("f() -> receive after infinity -> g() end, receive after 9 -> g() end.\n").waits
    assert (for_ever.sleeps, for_ever.goes_to, a_while.sleeps, a_while.goes_to) == (True, frozenset(), True, None)


def test_what_a_comprehension_hibernates_with_is_not_known() -> None:
    calls = the("f() -> [erlang:hibernate(?MODULE, f, []) || _ <- h:a()].\n").calls
    assert [call.args for call in calls if call.called.name == "hibernate"] == [()]


def test_a_named_fun_calls_itself_by_name_only() -> None:
    module = module_from(Source("a.erl", "-module(a).\nf() -> spawn(fun Loop() -> receive _ -> Loop() end end).\n"))
    assert module
    (loop,) = (function for fa, function in module.functions.items() if fa.name.startswith("-"))
    (call,) = loop.calls
    assert (call.kind, call.tail, call.called.local) == ("local", True, loop.fa)
