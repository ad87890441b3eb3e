from __future__ import annotations

from dataclasses import replace

import pytest

from relupc.model.beam import FA
from relupc.model.state import kind_of, kinds_of
from tests.modules import module

BOTH = "-behaviour(gen_server).\n-behaviour(gen_event).\n"
SERVER = ("init/1", "handle_call/3", "handle_cast/2")


@pytest.mark.parametrize(
    ("attributes", "exports", "kinds"),
    [
        ("-behaviour(gen_server).\n", (), ("gen_server",)),
        ("-behaviour('Elixir.GenServer').\n", (), ("gen_server",)),
        ("-behaviour(supervisor).\n", SERVER, ("supervisor",)),
        (BOTH, (), ("gen_server", "gen_event")),
        ("-behaviour(gen_server).\n-behaviour('Elixir.GenServer').\n", (), ("gen_server",)),
        ("", SERVER, ("gen_server",)),
        ("", ("init/1", "callback_mode/0"), ("gen_statem",)),
        ("", ("init/1", "handle_event/2", "handle_call/2"), ("gen_event",)),
        ("", ("system_continue/3",), ("special",)),
        ("-behaviour(shop_rules).\n", ("system_code_change/4",), ("special",)),
        ("-behaviour(shop_rules).\n", SERVER, ()),  # the behaviour may call these itself
        ("", ("init/1",), ()),
    ],
)
def test_kinds(attributes: str, exports: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    named = (name.split("/") for name in exports)
    made = replace(module(f"{attributes}f() -> 1.\n"), exports=frozenset(FA(name, int(n)) for name, n in named))
    assert kinds_of(made) == kinds
    assert kind_of(made) == (kinds[0] if len(kinds) == 1 else None)
