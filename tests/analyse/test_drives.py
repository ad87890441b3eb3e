from __future__ import annotations

import pytest

from relupc.analyse import program_of
from relupc.model.beam import FA, MFA
from relupc.model.loop import Drive
from tests.modules import module

REPEAT = "S = 'Elixir.Stream':repeatedly(fun() -> next() end), "
EACH = "'Elixir.Enum':each({}, fun(X) -> store(X) end)."
STORE = "\nstore(X) -> {stored, X}.\nnext() -> ok."


def drives(text: str) -> tuple[Drive, ...]:
    found = program_of([module(text)], {}, 25).staying.get("shop")
    return found.drives if found else ()


@pytest.mark.parametrize(
    ("body", "waits"),
    [
        ("timer:sleep(X)", "sleep"),
        ("slow(X)", "sleep"),
        ("gen_tcp:recv(X, 0)", "recv"),
        ("gen_server:call(X, stop)", None),  # it is soon answered
        ("receive X -> ok end", None),
        ("X + 1", None),
    ],
)
def test_what_the_fun_waits_for(body: str, waits: str | None) -> None:
    found = drives(f"run(Rows) -> lists:foreach(fun(X) -> {body} end, Rows).\nslow(X) -> timer:sleep(X), X.")
    assert [drive.block.called.name for drive in found if drive.block and drive.block.called] == (
        [waits] if waits else []
    )
    assert all((d.function, d.driver, d.endless) == (FA("run", 1), MFA("lists", "foreach", 2), False) for d in found)


def test_other_funs_are_no_matter() -> None:
    assert not drives("run(Rows) -> lists:foreach(fun ?MODULE:slow/1, Rows).\nslow(X) -> timer:sleep(X).")
    assert not drives("run(Rows) -> shop_rows:each(fun(X) -> timer:sleep(X) end, Rows).")


def test_who_starts_it() -> None:
    body = "lists:foreach(fun(X) -> timer:sleep(X) end, [1])."
    (alone,), (started,) = drives(f"go() -> {body}"), drives(f"start() -> spawn(shop, go, []).\ngo() -> {body}")
    assert (alone.starter, started.starter) == (None, MFA("erlang", "spawn", 3))


def test_without_end() -> None:
    [drive] = drives("run() -> " + REPEAT + EACH.format("S") + STORE)
    assert (drive.endless, drive.driver.name) == (True, "each")
    assert drive.others == (MFA("Elixir.Stream", "repeatedly", 1),)
    some = "T = 'Elixir.Enum':take(S, 3), "
    assert not drives("run() -> " + REPEAT + some + EACH.format("T") + STORE)
    assert not drives("run(S) -> " + EACH.format("S") + STORE)
