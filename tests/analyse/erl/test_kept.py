"""What the compiler leaves out of a module is not looked at in its source either."""

from __future__ import annotations

import pytest

from relupc.analyse.erl import module_from
from relupc.model.source import Source

SPIN = "spin() -> spin().\n"
END = "stop() -> exit(done).\n"


def functions(text: str, exports: str = "f/0") -> set[str]:
    module = module_from(Source("shop.erl", f"-module(shop).\n-export([{exports}]).\n{text}"))
    assert module is not None
    return {fa.name for fa in module.functions if not fa.name.startswith("-")}


@pytest.mark.parametrize(
    "body",
    [
        "spin(), g()",
        "stop(), g()",
        "exit(x), g()",
        "erlang:error(x), g()",
        "X = spin(), g(X)",
        "begin spin(), ok end, g()",
        "case spin() of ok -> g() end",
        "case g() of 1 -> spin(); _ -> stop() end, g()",
        "if true -> spin() end, g()",
        "receive stop -> spin() end, g()",
        "receive stop -> spin() after 10 -> stop() end, g()",
        "try spin() catch _:_ -> stop() end, g()",
        "try g() after spin(), g() end",
        "g(spin())",
        "{spin(), g()}",
        "[spin() | g()]",
        "1 + spin()",
        "fun() -> spin(), g() end",
        "[begin spin(), X end || X <- g()]",
    ],
)
def test_what_stands_behind_something_without_an_end_is_left_out(body: str) -> None:
    assert "f" not in functions(f"f() -> {body}.\ng() -> 1.\ng(X) -> X.\n{SPIN}{END}", "f/0, g/0, g/1")


@pytest.mark.parametrize(
    "body",
    [
        "g(), spin()",
        "case g() of 1 -> spin(); _ -> ok end, g()",
        "receive stop -> ok; _ -> spin() end, g()",
        "receive stop -> spin() after 10 -> ok end, g()",
        "try spin() catch _:_ -> ok end, g()",
        "try g() catch _:_ -> exit(x) end, g()",
        "catch exit(x), g()",
        "spawn(fun() -> spin() end), g()",
        "spawn(fun spin/0), g()",
        "other:exit(x), g()",
    ],
)
def test_what_may_be_reached_is_looked_at(body: str) -> None:
    assert "f" in functions(f"f() -> {body}.\ng() -> 1.\n{SPIN}{END}", "f/0, g/0")


def test_two_functions_that_call_each_other_have_no_end() -> None:
    text = "f() -> a(), g().\na() -> b().\nb() -> a().\ng() -> 1.\n"
    assert functions(text, "f/0, g/0, a/0") == {"a", "b", "g"}
    assert functions(text, "f/0, g/0") == {"g"}, "the call may be one that the compiler drops"


def test_what_nobody_calls_is_left_out() -> None:
    text = "f() -> g(), fun h/0.\ng() -> 1.\nh() -> 1.\nspare() -> other().\nother() -> spare().\n"
    assert functions(text) == {"f", "g", "h"}


def test_what_was_not_read_may_call_anything() -> None:
    assert functions("f() -> 1.\nspare() -> 1.\nodd() -> ?BEGIN 1 ?END.\n") >= {"f", "spare"}
    assert functions("f() -> 1.\nspare() -> 1.\n", "") == {"f", "spare"}
    assert functions("-compile(export_all).\nf() -> 1.\nspare() -> 1.\n") == {"f", "spare"}
