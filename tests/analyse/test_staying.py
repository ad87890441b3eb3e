from __future__ import annotations

from relupc.analyse import program_of
from relupc.model.beam import FA, MFA
from relupc.model.loop import Pause
from tests.compiled import compiled
from tests.modules import module


def pauses(*texts: str) -> list[Pause]:
    made = [module(text, name) for text, name in zip(texts, ("shop", "shop_sleep"), strict=False)]
    return [pause for one in program_of(made, {}, 25).staying.values() for pause in one.pauses]


def test_a_process_that_waits_for_its_end() -> None:
    found = program_of(compiled("loops/ebin").values(), {}, 25).staying["shop_loops"].pauses
    assert [(pause.function.name, pause.block.kind) for pause in found] == [("ends", "receive"), ("sleeps", "blocking")]
    assert found[0].starter == MFA("erlang", "spawn", 1)


def test_a_sleep_without_end() -> None:
    start = "start() -> spawn(fun() -> own() end).\n"
    assert [pause.function for pause in pauses(start + "own() -> timer:sleep(infinity), ok.")] == [FA("own", 0)]
    assert not pauses(start + "own() -> timer:sleep(infinity).")  # then nothing of the module is on the stack
    assert not pauses(start + "own() -> timer:sleep(1000), ok.")
    assert not pauses("own() -> timer:sleep(infinity), ok.")  # no process is seen to begin there


def test_only_in_the_module_in_which_it_begins() -> None:
    start = "start() -> spawn(fun() -> shop_sleep:own() end)."
    assert not pauses(start, "own() -> timer:sleep(infinity), ok.")


def test_nothing_to_say() -> None:
    assert program_of([module("total(X) -> X + 1.")], {}, 25).staying == {}
