"""Three builds of a small application, and appups between the neighbours, for upgrades on a real node."""

from __future__ import annotations

from pathlib import Path

CART = """-module(shop_cart).
-behaviour(gen_server).
-export([start_link/0, init/1, handle_call/3, handle_cast/2, code_change/3]).
start_link() -> gen_server:start_link({{local, ?MODULE}}, ?MODULE, [], []).
init([]) -> {{ok, {init}}}.
handle_call(total, _, State) -> {{reply, {{{vsn}, shop_price:price(State)}}, State}}.
handle_cast(_, State) -> {{noreply, State}}.
{change}
"""
STOCK = CART.replace("shop_cart", "shop_stock").replace("shop_price:price(State)", "State")
SUP = """-module(shop_sup).
-behaviour(supervisor).
-export([start_link/0, init/1]).
start_link() -> supervisor:start_link({{local, ?MODULE}}, ?MODULE, []).
init([]) ->
    Child = fun(M) -> #{{id => M, start => {{M, start_link, []}}, modules => [M], shutdown => {shutdown}}} end,
    {{ok, {{#{{intensity => {intensity}}}, [Child(shop_cart), Child(shop_stock)]}}}}.
"""
APP = "-module(shop_app).\n-export([start/2, stop/1]).\nstart(_, _) -> shop_sup:start_link().\nstop(_) -> ok.\n"
PLAIN = "-module({0}).\n-export([price/1]).\nprice(State) -> {{{0}, {1}, State}}.\n"
KEEP = "code_change(_, State, _) -> {ok, State}."
GROW = """code_change({down, _}, {cart, N, _}, _) -> {ok, {cart, N}};
code_change(_, {cart, N}, Extra) -> {ok, {cart, N, Extra}};
code_change(_, {cart, N, C}, _) -> {ok, {cart, N, C}}."""
FILL = """code_change({down, _}, #{stock := N}, _) -> {ok, N};
code_change(_, N, _) when is_integer(N) -> {ok, #{stock => N}}."""


def _build(vsn: int, cart: tuple[str, str], stock: tuple[str, str], plain: tuple[str, ...]) -> dict[str, str]:
    return {
        "shop_cart": CART.format(init=cart[0], change=cart[1], vsn=vsn),
        "shop_stock": STOCK.format(init=stock[0], change=stock[1], vsn=vsn),
        "shop_sup": SUP.format(intensity=vsn, shutdown=1000 * vsn),
        "shop_app": APP,
        **{name: PLAIN.format(name, vsn) for name in plain},
    }


#: In 1 a cart is `{cart, N}`, then `{cart, N, Currency}`; in 3 the stock becomes a map. shop_temp is in 2 only.
BUILDS = {
    "1": _build(1, ("{cart, 7}", KEEP), ("42", KEEP), ("shop_price", "shop_old", "shop_last")),
    "2": _build(2, ("{cart, 0, none}", GROW), ("0", KEEP), ("shop_price", "shop_tax", "shop_temp", "shop_last")),
    "3": _build(3, ("{cart, 0, none}", GROW), ("#{stock => 0}", FILL), ("shop_price", "shop_tax", "shop_new")),
}

_FIRST = """{"2",
 [{"1",
   [{add_module, shop_tax},
    {add_module, shop_temp},
    {update, shop_sup, supervisor},
    {load_module, shop_price, [shop_tax]},
    {update, shop_cart, {advanced, euro}, [shop_price]},
    {load_module, shop_last, soft_purge, soft_purge, []},
    STOCK,
    {delete_module, shop_old}]}],
 [{"1",
   [{add_module, shop_old},
    STOCK,
    {load_module, shop_last},
    {update, shop_cart, {advanced, []}, [shop_price]},
    {load_module, shop_price, [shop_tax]},
    {update, shop_sup, supervisor},
    {delete_module, shop_temp},
    {delete_module, shop_tax}]}]}.
"""
_SECOND = """{"3",
 [{<<"2(\\\\.[0-9]+)?">>,
   [{add_module, shop_new},
    {update, shop_sup, supervisor},
    {load_module, shop_tax},
    {load_module, shop_price},
    {load_module, shop_cart, [shop_price]},
    {update, shop_stock, 9000, {advanced, []}, brutal_purge, brutal_purge, [shop_new]},
    {delete_module, shop_last},
    {delete_module, shop_temp}]}],
 [{"2",
   [{add_module, shop_temp},
    {add_module, shop_last},
    {update, shop_stock, {advanced, []}, [shop_new]},
    {load_module, shop_cart, [shop_price]},
    {load_module, shop_price},
    {load_module, shop_tax},
    {update, shop_sup, supervisor},
    {delete_module, shop_new}]}]}.
"""
_RESTART = '{"3", [{"2", [{restart_application, shop}]}], [{"2", [{restart_application, shop}]}]}.\n'
#: The appups of versions 2 and 3.
APPUPS = {
    "modules": (_FIRST.replace("STOCK", "{load_module, shop_stock}"), _SECOND),
    "suspended": (_FIRST.replace("STOCK", "{update, shop_stock, soft}"), _SECOND),
    "restart": (_FIRST.replace("STOCK", "{load_module, shop_stock}"), _RESTART),
}


def write_builds(folder: Path, appups: tuple[str, str]) -> None:
    """Write the sources of all builds, and the appups of 2 and 3."""
    for vsn, build in BUILDS.items():
        (folder / "lib" / f"shop-{vsn}" / "ebin").mkdir(parents=True)
        (folder / "src" / vsn).mkdir(parents=True)
        (folder / "releases" / vsn).mkdir(parents=True)
        for name, text in build.items():
            (folder / "src" / vsn / f"{name}.erl").write_text(text)
    for vsn, text in zip("23", appups, strict=True):
        (folder / "lib" / f"shop-{vsn}" / "ebin" / "shop.appup").write_text(text)
