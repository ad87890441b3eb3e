"""For tests: releases, and plans between them as the planner makes them, written by hand."""

from __future__ import annotations

from relupc.model.build import App, Release
from relupc.model.diagnostic import Direction
from relupc.model.plan import Plan, Relup, Script, Step, plan_of
from relupc.model.source import Source, Span
from relupc.model.term import Atom, Int, List, Term, atoms, string, tup
from tests.report.cases import span

NOTHING = List(())
SHOP = Source(
    "apps/shop/src/shop.appup",
    '{"1.4.0",\n\n [{"1.3.0", []},\n  {<<"1\\\\.2\\\\..*">>,\n []}],\n [{"1.3.0", []}, {"1.2.0", []}]}.\n',
)
STORE = Source(
    "deps/store/src/store.appup", '{"0.10.0",\n [{<<"0\\\\.9\\\\..*">>, []}],\n [{<<"0\\\\.9\\\\..*">>, []}]}.\n'
)


def app(name: str, vsn: str, *modules: str) -> App:
    names = tuple(map(Atom, modules))
    rest = (NOTHING, Atom("infinity"), Atom("infinity"), NOTHING, NOTHING)
    return App(name, vsn, "permanent", "", "", names, (), (), (), (), *rest, f"lib/{name}-{vsn}/ebin")


OTP = (app("kernel", "8.5"), app("stdlib", "4.2"), app("sasl", "4.2"))
AUDIT = app("audit", "1.0.0", "audit_app", "audit_log")


def release(vsn: str, *apps: App, erts: str = "13.1", name: str = "shop") -> Release:
    return Release(name, vsn, erts, f"rel/{name}-{vsn}.rel", (*OTP, *apps))


NEW = release("1.4.0", app("store", "0.10.0"), app("shop", "1.4.0"), AUDIT)
OLD = release("1.3.0", app("store", "0.9.1"), app("shop", "1.3.0"))
OLDER = release("1.2.0", app("store", "0.10.0"), app("shop", "1.2.0"))


def script(name: str, because: Span | str, *instructions: Term) -> Script:
    return Script(name, because, tuple(Step(i, (because,)) for i in instructions))


def about(verb: str, *names: str) -> list[Term]:
    return [tup(verb, name) for name in names]


def loads(*names: str) -> list[Term]:
    return [tup("load", tup(name, "brutal_purge", "brutal_purge")) for name in names]


def removes(*names: str) -> list[Term]:
    return [tup("remove", tup(name, "brutal_purge", "brutal_purge")) for name in names]


def lists(verb: str, *names: str) -> Term:
    return tup(verb, atoms(names))


def changes(mode: str, *names: str) -> Term:
    return tup("code_change", mode, List(tuple(tup(name, NOTHING) for name in names)))


def call(function: str, *args: str) -> Term:
    return tup("apply", tup("application", function, atoms(args)))


def plan(
    direction: Direction, base: Release, *instructions: Term, scripts: tuple[Script, ...] = (), top: Release = NEW
) -> Plan:
    return plan_of(direction, top, base, scripts, tuple(Step(i, ()) for i in instructions), NOTHING)


def objects(*libs: tuple[str, str, tuple[str, ...]]) -> list[Term]:
    return [tup("load_object_code", tup(lib, string(vsn), atoms(mods))) for lib, vsn, mods in libs]


# The upgrade that the documentation shows, instruction for instruction.
UP = plan(
    "up",
    OLD,
    *objects(
        ("audit", "1.0.0", ("audit_app", "audit_log")),
        ("shop", "1.4.0", ("shop_cart", "shop_price", "shop_tax", "shop_sup")),
        ("store", "0.10.0", ("store_db", "store_codec")),
    ),
    Atom("point_of_no_return"),
    *loads("audit_app", "audit_log"),
    call("start", "audit", "permanent"),
    lists("suspend", "shop_cart", "store_db"),
    *loads("shop_tax", "shop_price", "store_codec", "store_db", "shop_cart"),
    changes("up", "shop_cart"),
    lists("resume", "store_db", "shop_cart"),
    tup("suspend", List((tup("shop_sup", Int(5000)),))),
    *loads("shop_sup"),
    changes("up", "shop_sup"),
    lists("resume", "shop_sup"),
    *removes("shop_legacy"),
    lists("purge", "shop_legacy"),
    scripts=(
        script("audit", "new application", tup("add_application", "audit", "permanent")),
        script("store", span(STORE, '<<"0\\\\.9\\\\..*">>'), *about("load_module", "a"), *about("update", "b")),
        script(
            "shop",
            span(SHOP, '"1.3.0"'),
            *about("add_module", "shop_tax"),
            *about("load_module", "shop_price"),
            *about("update", "shop_cart", "shop_sup"),
            *about("delete_module", "shop_legacy"),
        ),
    ),
)
DOWN = plan(
    "down",
    OLD,
    *objects(
        ("shop", "1.3.0", ("shop_cart", "shop_price", "shop_sup", "shop_legacy")),
        ("store", "0.9.1", ("store_db", "store_codec")),
    ),
    Atom("point_of_no_return"),
    *loads("shop_legacy"),
    lists("suspend", "shop_cart", "store_db"),
    changes("down", "shop_cart"),
    *loads("shop_cart", "store_db", "store_codec", "shop_price"),
    lists("resume", "store_db", "shop_cart"),
    lists("suspend", "shop_sup"),
    *loads("shop_sup"),
    changes("down", "shop_sup"),
    lists("resume", "shop_sup"),
    *removes("shop_tax"),
    lists("purge", "shop_tax"),
    call("stop", "audit"),
    *removes("audit_app", "audit_log"),
    lists("purge", "audit_app", "audit_log"),
    call("unload", "audit"),
    scripts=(
        script("store", span(STORE, '<<"0\\\\.9\\\\..*">>', 1), *about("update", "b"), *about("load_module", "a")),
        script(
            "shop",
            span(SHOP, '"1.3.0"', 1),
            *about("add_module", "shop_legacy"),
            *about("load_module", "shop_price"),
            *about("update", "shop_cart", "shop_sup"),
            *about("delete_module", "shop_tax"),
        ),
        script("audit", "removed application", tup("remove_application", "audit")),
    ),
)
RESTART = plan(
    "up",
    OLDER,
    Atom("point_of_no_return"),
    scripts=(
        script("audit", "new application", tup("add_application", "audit", "permanent")),
        script("shop", span(SHOP, '<<"1\\\\.2\\\\..*">>'), *about("restart_application", "shop"), call("which", "a")),
    ),
)
TWO = Relup("1.4.0", (RESTART, UP), (DOWN,))
