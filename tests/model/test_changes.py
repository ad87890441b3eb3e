from __future__ import annotations

from relupc.api.releases import upgrade
from relupc.model.changes import (
    about,
    added,
    called_with,
    changed,
    ends_in_restart,
    entry_of,
    gone,
    instructions,
    kept,
    place,
    restarted,
    restarts_emulator,
)
from relupc.model.diagnostic import Direction, Problems
from relupc.model.instruction import name_of
from relupc.model.layout import flat
from relupc.model.lint import ReleaseFolder, Upgrade
from relupc.model.plan import Draft
from relupc.model.source import Source
from relupc.model.term import Term
from relupc.read.appup import appup_from
from relupc.read.file import Unreadable
from relupc.read.text import read_first
from tests.builds import sorted_release

TOP = '[{shop, "2", [{modules, [cart]}]}, {ssl, "2"}, {new, "1"}, {same, "1"}].'
BASE = '[{old, "1"}, {shop, "1", [{modules, [cart]}]}, {ssl, "1"}, {same, "1"}, {gone, "1"}].'
SHOP = """{"2",
 [{"0", []},
  {"1", [{load_module, cart}, {update, cart_sup, supervisor}, {apply, {m, f, [{a, #{b => [c]}}]}},
         {restart_application, same}, {delete_module, old}]}],
 [{"1", [%s]}]}."""


def term(text: str) -> Term:
    read = read_first(Source("given", text))
    assert not isinstance(read, Unreadable), read
    return read


def between(direction: Direction = "up", down: str = "", otp_apps: bool = False) -> Upgrade:
    top, base = sorted_release("2.0", "13.1", term(TOP)), sorted_release("1.0", "13.1", term(BASE))
    shop = appup_from(term(SHOP % down), "shop", "shop.appup", Problems())
    ssl = appup_from(term('{"2", [{"1", []}], [{"1", []}]}.'), "ssl", "ssl.appup", Problems())
    assert shop
    assert ssl
    appups = {("shop", "2"): shop, ("ssl", "2"): ssl}
    return upgrade(Draft(direction, top, base, appups), None, ReleaseFolder(top), otp_apps)


def test_applications() -> None:
    up = between()
    assert [app.name for app in added(up)] == ["new"]
    assert [app.name for app in gone(up)] == ["old", "gone"]
    assert [app.name for app in added(between("down"))] == ["old", "gone"]
    assert [(pre.vsn, post.vsn) for pre, post in kept(up) if post.name in ("shop", "same")] == [("1", "2"), ("1", "1")]
    assert [change.post.name for change in changed(up)] == ["shop"]
    assert [change.post.name for change in changed(between(otp_apps=True))] == ["shop", "ssl"]
    (down,) = changed(between("down"))
    assert (down.pre.vsn, down.post.vsn) == ("2", "1")


def test_what_instructions_are_about() -> None:
    up = between()
    assert list(about(up, ("load_module", "update"))) == ["cart", "cart_sup"]
    assert list(about(up, ("delete_module",))) == ["old"]
    assert restarted(up) == {"same"}
    assert called_with(up) == {"apply", "m", "f", "a", "b", "c"}
    assert {name_of(step.instruction) for step in instructions(up)} >= {"add_application", "remove_application"}


def test_the_entry_of_a_script() -> None:
    up = between()
    (change,) = changed(up)
    entry, spot = entry_of(up, change.script), place(change.script)
    assert entry
    assert flat(entry.key) == '"1"'
    assert spot
    assert (spot.line, spot.text) == (3, '"1"')
    generated = next(script for script in up.scripts if script.app == "new")
    assert (entry_of(up, generated), place(generated)) == (None, None)


def test_the_end() -> None:
    assert not ends_in_restart(between())
    assert ends_in_restart(between("down", "restart_emulator"))
    assert ends_in_restart(between("down", "restart_new_emulator"))
    assert restarts_emulator(between("down", "restart_new_emulator"))
    assert not restarts_emulator(between())
