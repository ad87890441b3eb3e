"""Outlines of functions, beside what the decoder of all instructions tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.beam import open_code, read_beam, read_beam_file, read_code
from relupc.model.beam import MFA, Beam, Body, Code, Instruction, OpenCode
from relupc.model.diagnostic import Diagnostic
from tests.beam.assemble import CART, END, a, f, function, i, listed, module, op, u, x, z

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
BEAMS = sorted(path for path in FIXTURES.rglob("*.beam") if "T014" not in path.parts)
MARKS = {"send", "wait", "wait_timeout", "on_load", "make_fun2", "make_fun3"}
DATA = CART.read_bytes()


def same(beam: Beam) -> None:
    """The outlines say the same as all instructions do, and each function is decoded as among all others."""
    code, outlined = read_code(beam), open_code(beam)
    assert isinstance(code, Code)
    assert isinstance(outlined, OpenCode)
    assert tuple(map(outlined.body, outlined.outlines)) == code.functions
    assert outlined.lines == code.lines
    for body, outline in zip(code.functions, outlined.outlines, strict=True):
        assert outline[:3] == (body.name, body.arity, body.entry)
        called = {beam.imports[row] for row in named(body, "call_ext", "call_ext_last", "call_ext_only")}
        entries = {one.entry: MFA(beam.module, one.name, one.arity) for one in code.functions}
        called |= {entries[label] for label in named(body, "call", "call_last", "call_only")}
        assert outline.calls == called
        assert outline.marks == MARKS & {op for op, _ in body.instructions}


def named(body: Body, *ops: str) -> set[int]:
    numbers = {one.args[1].value for one in body.instructions if one.op in ops}
    return {number for number in numbers if isinstance(number, int)}


@pytest.mark.parametrize("path", BEAMS, ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_compiled_modules(path: Path) -> None:
    beam = read_beam_file(str(path))
    assert isinstance(beam, Beam)
    same(beam)


@pytest.mark.parametrize(
    "instruction",
    [
        op("move", i(1 << 80), x(0)),
        op("move", z(2, u(3)), x(200)),
        op("select_val", x(0), f(1), listed(*[a(2), f(1)] * 20)),
        op("put_tuple2", x(0), listed(*[x(1)] * 9)),
        op("test_heap", u(3), u(1)),
    ],
)
def test_what_is_rare_is_gone_over_one_by_one(instruction: bytes) -> None:
    found = open_code(module(function(instruction)))
    assert isinstance(found, OpenCode)
    assert [(one.name, one.arity, one.entry) for one in found.outlines] == [("stop", 0, 2)]


def test_who_names_an_atom() -> None:
    beam = read_beam("shop_cart.beam", DATA)
    assert isinstance(beam, Beam)
    code, found = read_code(beam), open_code(beam)
    assert isinstance(code, Code)
    assert isinstance(found, OpenCode)
    for atom in beam.atoms:
        naming = {(one.name, one.arity) for one in found.naming(atom)}
        assert {
            (body.name, body.arity) for body in code.functions if any(has(one, atom) for one in body.instructions)
        } <= naming


def has(instruction: Instruction, atom: str) -> bool:
    return any(one == ("a", atom) for arg in instruction.args for one in (arg, *arg.listed))


@given(st.lists(st.tuples(st.integers(0, len(DATA) - 1), st.integers(0, 255)), min_size=1, max_size=5))
def test_damaged_modules(flips: list[tuple[int, int]]) -> None:
    data = bytearray(DATA)
    for place, value in flips:
        data[place] = value
    beam = read_beam("shop_cart.beam", bytes(data))
    found = open_code(beam) if isinstance(beam, Beam) else None
    for one in found.outlines if isinstance(found, OpenCode) else ():
        assert isinstance(found, OpenCode)
        assert isinstance(found.body(one), Body | Diagnostic)


def test_a_module_without_functions() -> None:
    found = open_code(module(END))
    assert isinstance(found, OpenCode)
    assert found.outlines == ()


def test_each_function_has_a_label_of_its_own() -> None:
    again = op("call", u(0), f(2)) + op("func_info", a(1), a(2), u(0)) + op("label", u(3)) + op("return") + END
    found = open_code(module(function()[:-1] + again))
    assert isinstance(found, Diagnostic)
    assert "a function without its labels" in found.label
