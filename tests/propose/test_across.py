"""relupc.propose.across: the order of the appups of a release on the way down."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from relupc.analyse import program_of
from relupc.compare import diff_app
from relupc.model.program import Program
from relupc.model.typed import typed
from relupc.propose.across import across
from relupc.propose.appup import Pair, propose
from tests.modules import module

OLD, NEW = "read(K) -> K.\n", "read(K) -> K.\nread(K, _) -> K.\n"
FINDS, FINDS_MORE = "find(K) -> store_db:read(K).\n", "find(K) -> store_db:read(K, none).\n"
WHY = "`shop_catalog:find/1` calls `store_db:read/2`, and OTP takes store back before shop"


def build(store: str, shop: str, vsns: Mapping[str, str]) -> Program:
    texts = {("store", "store_db"): store, ("shop", "shop_catalog"): shop}
    made = (module(text, name, app, hashlib.md5(text.encode()).digest()) for (app, name), text in texts.items())
    return program_of(made, vsns, 25)


def pair(app: str, old: Program, new: Program) -> Pair:
    diff = diff_app(app, (old.apps[app], new.apps[app]), old.of_app(app), new.of_app(app))
    return Pair(old, new, diff)


def down(*olds: Program, order: tuple[str, ...] = ("store", "shop")) -> tuple[str, str]:
    """What shop_catalog needs on the way down to these builds, and why."""
    new = build(NEW, FINDS_MORE, {"store": "2", "shop": "2"})
    pairs = {app: [pair(app, old, new) for old in olds if old.apps[app] != "2"] for app in order}
    found = {one.app: one for one in across([propose(app, "2", pairs[app]) for app in order], pairs)}
    assert all(not typed(one.instruction).endswith("[store_db]}") for one in found["shop"].entries[0].up)
    [one] = found["shop"].entries[0].down
    return typed(one.instruction).removeprefix("{load_module, shop_catalog, brutal_purge, soft_purge, "), one.why


def test_users_go_back_first() -> None:
    old = build(OLD, FINDS, {"store": "1", "shop": "1"})
    assert down(old) == ("[store_db]}", WHY)


def test_where_otp_does_so_anyway() -> None:
    old = build(OLD, FINDS, {"store": "1", "shop": "1"})
    assert down(old, order=("shop", "store")) == ("[]}", "")


def test_a_base_whose_library_stays_would_be_refused() -> None:
    """OTP knows no DepMod that no instruction is for: `undef_module`."""
    old, other = build(OLD, FINDS, {"store": "1", "shop": "1"}), build(NEW, FINDS, {"store": "2", "shop": "1"})
    assert down(other) == ("[]}", "")
    assert down(old, other) == ("[]}", "")


def test_a_library_that_is_restarted() -> None:
    server = "-behaviour(gen_server).\ninit([]) -> {ok, {state, 1}}.\nhandle_call(_, _, {state, _}) -> stop.\n"
    old = build(server + OLD, FINDS, {"store": "1", "shop": "1"})
    new = build(server.replace("{state, ", "{state, a, ") + NEW, FINDS_MORE, {"store": "2", "shop": "2"})
    pairs = {app: [pair(app, old, new)] for app in ("store", "shop")}
    store, shop = across([propose(app, "2", pairs[app]) for app in pairs], pairs)
    assert [typed(one.instruction) for one in store.entries[0].down] == ["{restart_application, store}"]
    assert [one.why for one in shop.entries[0].down] == [""]
