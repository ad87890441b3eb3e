from __future__ import annotations

import pytest

from relupc.model.beam import FA, MFA, Place
from relupc.model.code import Function, Module
from relupc.model.codes import T003
from relupc.model.program import Change, Diff, ModuleCode, Program, line_span, outer, spelled_function, turned
from relupc.model.source import Source

TEXT = Source("src/shop.erl", "-module(shop).\n\n  loop() -> ok.\n")
LOOP = Function("loop", 0, Place("shop.erl", 3), (), ())
SHOP = Module("shop", "shop", "ebin/shop.beam", b"", frozenset(), frozenset(), (), {LOOP.fa: LOOP}, source=lambda: TEXT)
PROGRAM = Program({"shop": SHOP}, {"shop": "1.0.0"}, 25)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("loop", "loop/1"),
        ("-init/2-fun-0-", "init/2"),
        ("-init/2-lc$^0/1-0-", "init/2"),
        ("-start/0-Loop/1-0-", "start/0"),
        ("-odd-", "-odd-/1"),
        ("-a/99999999999999-fun-0-", "-a/99999999999999-fun-0-/1"),
    ],
)
def test_a_fun_counts_as_the_function_around_it(name: str, found: str) -> None:
    assert spelled_function(FA(name, 1)) == found


def test_no_function() -> None:
    assert spelled_function(None) is None
    assert outer(FA("f", 1)) == FA("f", 1)


def test_a_line_without_the_blanks_around_it() -> None:
    span = line_span(TEXT, Place("shop.erl", 3))
    assert span
    assert span.text == "loop() -> ok."
    for place in (None, Place("shop.erl", 2), Place("shop.erl", 99)):
        assert line_span(TEXT, place) is None


def test_a_finding_without_the_source_names_its_line() -> None:
    code = ModuleCode(SHOP, PROGRAM)
    found = code.finding(T003, LOOP.fa, LOOP.place, "it loops")
    assert (found.label, found.place, found.subject.function) == ("it loops", "src/shop.erl:3:3", "loop/0")
    blind = Module("shop", "shop", "ebin/shop.beam", b"", frozenset(), frozenset(), (), {})
    found = ModuleCode(blind, PROGRAM).finding(T003, None, LOOP.place, "it loops")
    assert (found.label, found.place) == ("it loops (shop.erl:3)", "ebin/shop.beam")


def test_what_a_program_knows() -> None:
    assert PROGRAM.function(MFA("shop", "loop", 0)) == LOOP
    assert PROGRAM.function(MFA("shop", "loop", 1)) is None
    assert PROGRAM.function(MFA("till", "loop", 0)) is None
    assert PROGRAM.of_app("shop") == {"shop": SHOP}
    assert PROGRAM.of_app("till") == {}


def test_the_way_back() -> None:
    added = Change("shop", "added", (), None, SHOP)
    assert turned(added) == Change("shop", "removed", (), SHOP, None)
    changed = Change("shop", "changed", ("code only",), SHOP, None)
    assert turned(turned(changed)) == changed
    assert Diff("shop", "1", "2", (added, changed)).of_kind("added") == (added,)
