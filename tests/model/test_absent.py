from __future__ import annotations

from dataclasses import replace

import pytest

from relupc.model.absent import absent_calls
from relupc.model.beam import FA
from tests.modules import module

ELSEWHERE = {"crypto": "crypto", "xref": "tools", "cover": "tools"}
CALL = "hash(X) -> crypto:hash(sha, X).\n"


def found(text: str) -> list[str]:
    return [f"{one.app} {one.function.name} {one.call.called.module}" for one in absent_calls(module(text), ELSEWHERE)]


def test_the_first_call_into_each_application() -> None:
    text = CALL + "again(X) -> crypto:hash(md5, X).\ncheck() -> xref:start(x), cover:start(), shop_tax:total().\n"
    assert found(text) == ["crypto hash crypto", "tools check xref"]
    assert found("total() -> lists:sum([1]).\n") == []


@pytest.mark.parametrize(
    "other",
    [
        "ask() -> code:ensure_loaded(crypto).\n",
        "ask() -> erlang:function_exported(crypto, hash, 2).\n",
        "ask() -> application:ensure_all_started(crypto).\n",
        "ask(X) -> code:which(X), crypto:start().\n",
    ],
)
def test_a_module_that_asks(other: str) -> None:
    assert found(CALL + other) == []


def test_a_question_about_something_else() -> None:
    assert found(CALL + "ask() -> code:ensure_loaded(shop_tax).\n") == ["crypto hash crypto"]


def test_a_function_that_catches() -> None:
    made = module(CALL + "other(X) -> crypto:hash(md5, X).\n")
    fa = FA("other", 1)
    caught = {**made.functions, fa: replace(made.functions[fa], catches=True)}
    assert absent_calls(replace(made, functions=caught), ELSEWHERE) == []


def test_macros_run_when_code_is_compiled() -> None:
    made = module(CALL)
    for name in ("MACRO-hash", "__using__", "-MACRO-hash/2-fun-0-"):
        functions = {FA(name, 1): replace(made.functions[FA("hash", 1)], name=name)}
        assert absent_calls(replace(made, functions=functions), ELSEWHERE) == []
