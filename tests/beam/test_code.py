"""Instructions."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.beam import code as code_module
from relupc.beam import locals_of, read_beam, read_code
from relupc.model.beam import FA, Beam, Body, Code, Instruction, Operand
from relupc.model.diagnostic import Diagnostic
from relupc.model.term import Atom, Float, Int
from tests.beam.assemble import (
    CART,
    END,
    a,
    atoms_chunk,
    cart,
    code_chunk,
    container,
    f,
    function,
    i,
    listed,
    literals_chunk,
    module,
    op,
    packed,
    table,
    u,
    x,
    z,
)

NESTED = listed(listed(listed(listed(listed(listed(listed()))))))


def decoded(beam: Beam) -> Code:
    found = read_code(beam)
    assert isinstance(found, Code), found
    return found


def one(instruction: bytes, **others: bytes) -> Instruction:
    """An instruction, read inside of a function."""
    (body,) = decoded(module(function(instruction), **others)).functions
    assert len(body.instructions) == 4
    return body.instructions[3]


def fault(code: bytes, **others: bytes) -> str:
    found = read_code(module(code, **others))
    assert isinstance(found, Diagnostic), found
    assert (found.code.code, found.path, found.subject.module) == ("T014", "shop.beam", "shop")
    assert found.label.startswith("module shop: ")
    return found.label.removeprefix("module shop: ")


def test_a_function() -> None:
    (body,) = decoded(module(function(op("move", a(2), x(0)), op("return")))).functions
    assert body == Body(
        "stop",
        0,
        2,
        (
            Instruction("label", (Operand("u", 1),)),
            Instruction("func_info", (Operand("a", "shop"), Operand("a", "stop"), Operand("u", 0))),
            Instruction("label", (Operand("u", 2),)),
            Instruction("move", (Operand("a", "stop"), Operand("x", 0))),
            Instruction("return", ()),
        ),
    )


def test_a_function_starts_before_its_line() -> None:
    head = op("label", u(1)) + op("line", u(1)) + op("func_info", a(1), a(2), u(0)) + op("label", u(2)) + op("return")
    next_one = (
        op("label", u(3)) + op("line", u(0)) + op("func_info", a(1), a(4), u(3)) + op("label", u(4)) + op("if_end")
    )
    first, second = decoded(module(head + next_one + END)).functions
    assert [i.op for i in first.instructions] == ["label", "line", "func_info", "label", "return"]
    assert (second.name, second.arity, second.entry) == ("map", 3, 4)
    assert [i.op for i in second.instructions] == ["label", "line", "func_info", "label", "if_end"]


@pytest.mark.parametrize(
    ("data", "operand"),
    [
        (x(3), Operand("x", 3)),
        (x(1000), Operand("x", 1000)),
        (packed(4, 7), Operand("y", 7)),
        (a(0), Operand("nil", None)),
        (a(3), Operand("a", "lists")),
        (i(-5), Operand("i", -5)),
        (i(1 << 70), Operand("i", 1 << 70)),
        (packed(6, 65), Operand("h", 65)),
        (z(2, u(3)), Operand("fr", 3)),
        (z(0, struct.pack(">d", 1.5)), Operand("literal", Float(1.5))),
        (z(4, u(1)), Operand("literal", Atom("b"))),
        (z(5, x(7), u(300)), Operand("x", 7)),
        (z(5, packed(4, 20), u(1)), Operand("y", 20)),
    ],
)
def test_arguments(data: bytes, operand: Operand) -> None:
    literals = literals_chunk(b"\x83a\1", b"\x83w\1b", compressed=False)
    assert one(op("move", data, x(1)), LitT=literals).args == (operand, Operand("x", 1))


def test_lists() -> None:
    found = one(op("select_val", z(5, x(0), u(2)), f(0), listed(a(2), f(4), i(300), f(4000))))
    assert found.args[2] == Operand(
        "list", (Operand("a", "stop"), Operand("f", 4), Operand("i", 300), Operand("f", 4000))
    )
    heap = z(3, u(2), u(0), u(11), u(1), u(2))
    assert one(op("test_heap", heap, u(1))).args[0] == Operand("alloc", ((0, 11), (1, 2)))


def test_instructions_of_otp_26_to_28() -> None:
    update = one(op("update_record", a(4), u(3), x(0), x(1), listed(u(2), i(7))))
    assert update.args[0] == Operand("a", "map")
    commands = listed(a(1), u(8), a(2), u(16), a(0), u(1), x(3))
    assert one(op("bs_match", f(3), z(5, x(0), u(1)), commands)).args[1] == Operand("x", 0)
    assert one(op("executable_line", u(4), u(5))).op == "executable_line"
    assert one(op("debug_line", a(2), u(4), u(5), u(0))) == Instruction(
        "debug_line", (Operand("a", "stop"), Operand("u", 4), Operand("u", 5), Operand("u", 0))
    )


def test_a_module_of_otp_28() -> None:
    """Atoms with packed lengths, literals that are not compressed."""
    atoms = struct.pack(">i", -4) + b"".join(
        u(len(n)) + n for n in (b"shop", b"stop", b"lists", b"a_longer_name_of_20c")
    )
    code = function(op("move", z(4, u(0)), x(0)), op("call_ext_only", u(1), u(0)))
    beam = module(code, AtU8=atoms, LitT=literals_chunk(b"\x83a\7", compressed=False))
    assert beam.imports == ((("lists", "a_longer_name_of_20c", 2)),)
    found = decoded(beam)
    assert found.literals == (Int(7),)
    assert found.functions[0].instructions[3].args[0] == Operand("literal", Int(7))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (bytes((185,)), "opcode 185 is newer than OTP 28"),
        (bytes((255,)), "opcode 255 is newer than OTP 28"),
        (bytes((0,)), "its code has a 0 where an instruction should be"),
        (op("move", a(9), x(0)), "atom 9 of 4"),
        (op("move", z(4, u(0)), x(0)), "an argument that is no argument"),
        (op("move", z(9, u(0)), x(0)), "an argument that is no argument"),
        (op("call_fun", u(256)), "an instruction call_fun with a wrong argument"),
        (op("move", x(0), u(0)), "an instruction move with a wrong argument"),
        (op("call", u(0), x(0)), "an instruction call with a wrong argument"),
        (op("call_ext", u(2), u(1)), "an instruction call_ext with a wrong argument"),
        (op("make_fun3", u(0), x(0), listed()), "an instruction make_fun3 with a wrong argument"),
        (op("gc_bif2", f(0), u(1), u(1), x(0), x(0), x(0)), "an instruction gc_bif2 with a wrong argument"),
        (op("func_info", a(1), a(2), u(0)), "a function without its labels"),
        (op("put_tuple2", x(0), NESTED), "a list of arguments that is nested too deep"),
        (op("put_tuple2", x(0), z(1, x(0))), "something else where a number should be"),
        (op("move", i(1 << 14000), x(0)), "a number of 1751 bytes"),
        (op("move", i(1 << 20000), x(0)), "a number whose length is itself long"),
    ],
)  # fmt: skip
def test_what_is_wrong(body: bytes, text: str) -> None:
    assert fault(function(body)) == text


def test_a_newer_compiler_is_known_by_its_highest_opcode() -> None:
    beam = module(function())
    newer = {**beam.chunks, "Code": code_chunk(function(), highest=190)}
    found = read_code(read_again(newer))
    assert isinstance(found, Diagnostic)
    assert found.label == "module shop: opcode 190 is newer than OTP 28"
    assert found.help == "compile it again with an OTP from 23 to 28"


def read_again(chunks: dict[str, bytes]) -> Beam:
    found = read_beam("shop.beam", container(chunks))
    assert isinstance(found, Beam)
    return found


def test_code_that_is_cut() -> None:
    whole = function(op("move", x(0), x(1)), op("select_val", x(0), f(2), listed(a(2), f(1))))
    for size in range(1, len(whole)):
        text = fault(whole[:size])
        assert text == "its code is cut short" or text.startswith("a number of"), size
    number = function(op("badmatch", z(0, bytes(8))))
    assert fault(number[: number.index(z(0)) + 4]) == "its code is cut short", "a float ends it"
    for chunk in (b"", bytes(12), struct.pack(">5I", 16, 1, 184, 3, 1) + whole, struct.pack(">5I", 99, 0, 184, 3, 1)):
        found = read_code(read_again({**module(whole).chunks, "Code": chunk}))
        assert isinstance(found, Diagnostic)


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fault(function(op("put_tuple2", x(0), z(1, packed(0, 1 << 62))))) == "its code is cut short"
    monkeypatch.setattr(code_module, "MAX_CODE", 40)
    assert "but relupc reads no more than 40" in fault(function(op("return") * 40))


@given(st.binary(max_size=60))
def test_any_code(data: bytes) -> None:
    """No bytes are more than a diagnostic, and what is read fits what relupc counts on."""
    funs, literals = table((2, 0, 2, 0, 0, 0)), literals_chunk(b"\x83a\1", compressed=False)
    found = read_code(
        module(function(data), FunT=funs, LitT=literals, AtU8=atoms_chunk("shop", "stop", "lists", "map"))
    )
    assert isinstance(found, Code | Diagnostic)


def test_of_a_compiler() -> None:
    """Labels: the table of exports has the entry of each function."""
    beam, code = cart(), decoded(cart())
    entries = {FA(body.name, body.arity): body.entry for body in code.functions}
    assert set(entries) == beam.exports | locals_of(beam)
    for chunk in ("ExpT", "LocT"):
        for name, arity, label in struct.iter_unpack(">III", beam.chunks[chunk][4:]):
            assert entries[FA(beam.atoms[name - 1], arity)] == label
    listen = next(body for body in code.functions if body.name == "listen")
    ops = [instruction.op for instruction in listen.instructions]
    assert {"loop_rec", "wait_timeout", "timeout", "send", "remove_message"} <= set(ops)
    calls = [i for i in listen.instructions if i.op == "call_ext_last"]
    assert [beam.imports[int(str(i.args[1].value))] for i in calls] == [("shop_cart", "listen", 1)]
    assert CART.name == "shop_cart.beam"
