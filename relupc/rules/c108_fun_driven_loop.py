"""C108 fun-driven-loop: a function of another module goes through many values with a fun that takes its time."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import MFA
from relupc.model.codes import C108
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode
from relupc.model.spelling import function_name
from relupc.rules.lingering import said

ON = ModuleCode
BADFUN = "after an upgrade of this module the next call of the fun fails with `badfun`"
INSIDE = "a process that is in the fun just then is killed instead, when the release is made permanent"

# What the compiler of Elixir makes of `for`.
REDUCE = MFA("Elixir.Enum", "reduce", 3)
COMPREHENSION = "; if this is a `for`, write `Enum.each` or `Enum.map` with that function in its place"


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    staying = code.program.staying.get(code.module.name)
    elixir = code.module.name.startswith("Elixir.")
    named = "`&__MODULE__.name/N` of a public function" if elixir else "`fun ?MODULE:name/N` of an exported function"
    for drive in staying.drives if staying else ():
        called = drive.block.called if drive.block and not drive.others else None
        drivers = [f"`{function_name(*driver)}`" for driver in (*drive.others[:2], drive.driver)]
        a_fun, them = ("funs", "each") if len(drivers) > 1 else ("a fun", "it")
        what = f"that waits in `{function_name(*called)}`" if called else "over and over, without end"
        yield code.finding(
            C108,
            drive.function,
            drive.place,
            f"{said(drive.function)} has {' and '.join(drivers)} call {a_fun} of this module {what}",
            help=f"give {them} {named}{COMPREHENSION if drive.driver == REDUCE else ''}",
            notes=(BADFUN, INSIDE),
            severity="warning" if drive.endless or drive.starter else None,
        )
