"""What the text of an Elixir module tells is what its compiled code tells, or less."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.analyse import module_of, program_of
from relupc.analyse.ex import modules_from
from relupc.beam import open_code, read_beam_file
from relupc.model.beam import FA, Beam, OpenCode
from relupc.model.code import Call, Function, Module
from relupc.model.program import Program, outer
from relupc.model.source import Source

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
FILES = sorted(path for path in FIXTURES.rglob("lib/*.ex") if (path.parent.parent / "ebin").exists())


def compiled_at(path: Path) -> Module:
    beam = read_beam_file(str(path))
    assert isinstance(beam, Beam)
    code = open_code(beam)
    assert isinstance(code, OpenCode)
    return module_of(beam, lambda: code, "")


def said(program: Program, name: str) -> set[tuple[object, ...]]:
    staying = program.staying.get(name)
    loops: set[tuple[object, ...]] = (
        {(loop.function, loop.turn, loop.block.kind) for loop in staying.loops} if staying else set()
    )
    return loops | {(fun.keeper, outer(fun.inside)) for fun in program.funs.get(name, ())}


def differences(module: Module, other: Module) -> list[object]:
    """What is found in a text but not in the compiled module; and calls of functions that were read, and receives."""
    found: list[object] = sorted(said(program_of([module], {}, 24), module.name), key=str)
    found = [one for one in found if one not in said(program_of([other], {}, 24), module.name)]
    for fa, function in module.functions.items():
        if function.place and not fa.name.startswith("-"):
            compiled = other.functions.get(fa, Function(*fa, None, (), ()))
            calls = {call.called for call in compiled.calls}
            found += [call.called for call in function.calls if _is_of(call, module) and call.called not in calls]
            found += [fa] * (len(function.waits) > len(compiled.waits))
    return found


def _is_of(call: Call, module: Module) -> bool:
    """Whether it calls the module or the Shop; Elixir and Erlang may put others into other words."""
    return call.called.module in (module.name, "Elixir.Shop")


@pytest.mark.parametrize("source", FILES, ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_as_compiled(source: Path) -> None:
    for module in modules_from(Source(source.name, source.read_text())):
        other = compiled_at(source.parent.parent / "ebin" / f"{module.name}.beam")
        assert set(module.behaviours) <= set(other.behaviours)
        assert module.exports <= other.exports
        assert not differences(module, other)


def test_private_functions_that_nobody_calls_are_no_part() -> None:
    (module,) = modules_from(
        Source("a.ex", "defmodule A do\n def f(x), do: g(x)\n defp g(x), do: x\n defp h, do: 1\nend")
    )
    assert module.functions[FA("g", 1)].place
    assert module.functions.get(FA("h", 0)) is None or not module.functions[FA("h", 0)].place


WORDS = [
    *("defmodule A do\n", "def f(x) ", "do\n", "end\n", "fn ", "-> ", "receive ", "case x ", "after ", "x ", ", ", "("),
    *(")", "%{", "}", '"', "#{", "|> ", "= ", "&", "@", "a: ", "\n", "cond ", "1 "),
]


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_text(words: list[str]) -> None:
    modules_from(Source("a.ex", "".join(words)))
