"""The behaviours that a module shows without declaring them."""

from __future__ import annotations

import pytest

from relupc.analyse.behaviours import declaring, inferred
from tests.compiled import FIXTURES, compiled
from tests.modules import module

GEN_SERVER = "-export([init/1, handle_call/3, handle_cast/2]).\n"
SUPERVISOR = "-export([init/1, start/0]).\ninit([]) -> "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GEN_SERVER, ("gen_server",)),
        ("-export([init/1, callback_mode/0]).", ("gen_statem",)),
        ("-export([init/1, handle_event/2, handle_call/2]).", ("gen_event",)),
        ("-export([handle_call/3, handle_cast/2]).", ()),
        ("-export([init/1, handle_event/4]).", ()),
        ("-export([start/2, stop/1]).", ()),
        (SUPERVISOR + "{ok, {{one_for_one, 1, 5}, []}}.", ("supervisor",)),
        (SUPERVISOR + "{ok, {#{strategy => one_for_all}, kids()}}.", ("supervisor",)),
        (SUPERVISOR + "{ok, {#{}, [#{id => cart, start => {cart, start, []}}]}}.", ("supervisor",)),
        (SUPERVISOR + "flags().\nflags() -> {ok, {#{intensity => 3}, []}}.", ("supervisor",)),
        (SUPERVISOR + "{ok, {#{}, []}}.", ()),
        (SUPERVISOR + "{ok, {#{price => 1}, []}}.", ()),
        (SUPERVISOR + "{ok, {{every, 1, 5}, []}}.", ()),
        (SUPERVISOR + "{ok, state}.", ()),
        (SUPERVISOR + "kids().\nstart() -> supervisor:start_link({local, shop}, ?MODULE, []).", ("supervisor",)),
        (SUPERVISOR + "kids().\nstart() -> supervisor:start_link({local, shop}, other, []).", ()),
        (SUPERVISOR + "kids().\nstart() -> gen_fsm:start_link(shop, [], []).", ("gen_fsm",)),
        (SUPERVISOR + "init(1).", ()),
    ],
)
def test_what_a_module_shows(text: str, expected: tuple[str, ...]) -> None:
    assert inferred(module(text)) == expected


def test_declared_and_shown_are_the_same_in_the_fixtures() -> None:
    folders = sorted({str(path.parent.relative_to(FIXTURES)) for path in FIXTURES.glob("codes/C*/*/**/*.beam")})
    shown = {name: (inferred(one), one.behaviours) for ebin in folders for name, one in compiled(ebin).items()}
    assert len(shown) > 20
    odd = {name: both for name, both in shown.items() if set(both[0]) - set(both[1])}
    assert not odd


def test_declaring() -> None:
    shop = module("-behaviour(shop_tax).\n" + GEN_SERVER)
    assert declaring(shop, ("gen_server",)).behaviours == ("shop_tax", "gen_server")
    assert declaring(shop, ()) == shop
