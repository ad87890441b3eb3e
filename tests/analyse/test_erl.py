"""What the text of a module tells is what its compiled code tells, or less."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.analyse import module_of
from relupc.analyse.erl import bounds_from, module_from
from relupc.beam import open_code, read_beam_file
from relupc.model.beam import FA, MFA, Beam, OpenCode
from relupc.model.code import Module
from relupc.model.source import Source
from tests.analyse.erlangs import module_text

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
PAIRS = sorted(
    source
    for source in FIXTURES.rglob("src/*.erl")
    if (source.parent.parent / "ebin" / f"{source.stem}.beam").exists() and "T014" not in source.parts  # are damaged
)


def read(text: str) -> Module:
    module = module_from(Source("src/shop_cart.erl", text))
    assert module
    return module


@pytest.mark.parametrize("source", PAIRS, ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_as_compiled(source: Path) -> None:
    text = module_from(Source(source.name, source.read_text()))
    beam = read_beam_file(str(source.parent.parent / "ebin" / f"{source.stem}.beam"))
    assert text
    assert isinstance(beam, Beam)
    code = open_code(beam)
    assert isinstance(code, OpenCode)
    compiled = module_of(beam, lambda: code, "")
    assert text.behaviours == compiled.behaviours
    assert text.exports <= compiled.exports
    for fa, function in text.functions.items():
        if not fa.name.startswith("-") and fa in compiled.functions:
            other = compiled.functions[fa]
            known = {(call.called, call.kind, call.tail) for call in other.calls}
            assert {(c.called, c.kind, c.tail) for c in function.calls if c.kind == "local"} <= known
            assert [wait[:3] for wait in function.waits] == [wait[:3] for wait in other.waits]
            assert function.bounded in (other.bounded, "list")  # is_list(X) may be asked for another reason


def test_what_stands_outside_of_functions() -> None:
    module = read(
        "-module(shop_cart).\n-behaviour(gen_server).\n-export([init/1, 'a b'/2]).\n"
        "-import(lists, [map/2]).\n-record(state, {items = [], total :: integer()}).\n"
        "init(L) -> {ok, #state{items = map(fun g/1, L)}}.\n"
    )
    assert module.name == "shop_cart"
    assert module.behaviours == ("gen_server",)
    assert module.exports == {FA("init", 1), FA("a b", 2)}
    assert MFA("lists", "map", 2) in module.imports


def test_what_cannot_be_read_is_left_out_but_known() -> None:
    module = read("-module(shop_cart).\nf() -> ?WITH(x) case end.\ng() -> f(), h().\n")
    assert [call.called.module for call in module.functions[FA("g", 0)].calls] == ["shop_cart", "erlang"]
    assert not module.functions[FA("f", 0)].place


def test_no_module() -> None:
    assert module_from(Source("a.erl", "f() -> ok.\n")) is None
    assert module_from(Source("a.erl", "")) is None
    assert module_from(Source("a.erl", "-module(?NAME).\nf() -> ok.\n")) is None


WORDS = [
    *("-module(a).\n", "f() ->", "ok", "case X of", "end", ";", ".\n", "receive", "after 0 ->", "fun", "(", ")"),
    *("X =", "?M", "-define(M, ", ", ", "'a", '"', "try", "catch", "#{", "}", "1"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_text_ends_well(words: list[str]) -> None:
    module_from(Source("a.erl", "-module(a).\n" + " ".join(words)))


CUTS = st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 60), st.sampled_from(["", *WORDS])), max_size=6)


@given(st.integers(0, 100_000), CUTS)
def test_a_broken_module_ends_well(seed: int, cuts: list[tuple[int, int, str]]) -> None:
    text = module_text("a", seed)
    for at, length, word in cuts:
        text = f"{text[:at]} {word} {text[at + length :]}"
    bounds_from(Source("a.erl", text))
