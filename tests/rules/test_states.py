"""Other appups for the builds of some fixtures: what is said of each way, and whether it has a fix."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from docs.refresh import run

CODES = Path(__file__).parent.parent.parent / "fixtures" / "codes"
STATES = {"A111", "A306", "C305", "D201", "D203", "D301", "D302", "D303"}


class Said(NamedTuple):
    """A finding: its code, the direction, the start of its help, and whether it has a fix."""

    code: str
    direction: str | None
    help: str
    fixed: bool


def said(fixture: str, up: str, down: str, scratch: Path) -> list[Said]:
    """What is said of the builds of a fixture with these instructions."""
    ebin = scratch / "new" / "shop" / "ebin"
    ebin.mkdir(parents=True)
    (ebin / "shop.appup").write_text(f'{{"1.4.0", [{{"1.3.0", [{up}]}}], [{{"1.3.0", [{down}]}}]}}.\n')
    text, _ = run(["lint", "new/shop", "--from", "old/shop", "--format=json"], [CODES / fixture, scratch])
    found = [d for d in json.loads(text)["diagnostics"] if d["code"] in STATES]
    return [Said(d["code"], d["subject"]["direction"], d["help"], d["fix"] is not None) for d in found]


LOAD = "{load_module, shop_cart}"
ADVANCED = "{update, shop_cart, {advanced, []}}"
SOFT = "{load_module, shop_cart, soft_purge, soft_purge, []}"
STOP = "{apply, {supervisor, terminate_child, [shop_sup, shop_cart]}}"
WRITE = f"write `{ADVANCED}`"
WRITE_SOFT = "write `{update, shop_cart, {advanced, []}, soft_purge, soft_purge, []}`"


@pytest.mark.parametrize(
    ("fixture", "up", "down", "expected"),
    [
        ("D201/good", ADVANCED, ADVANCED, []),
        ("D201/good", LOAD, LOAD, [Said("D201", "up", WRITE, True), Said("D201", "down", WRITE, True)]),
        ("D201/good", "{update, shop_cart, soft}", ADVANCED, [Said("D201", "up", WRITE, True)]),
        ("D201/good", SOFT, SOFT, [Said("D201", "up", WRITE_SOFT, True), Said("D201", "down", WRITE_SOFT, True)]),
        ("D201/good", ADVANCED, LOAD, [Said("A306", "down", WRITE, True)]),  # which tells what is missing there
        ("D201/good", "restart_emulator", "restart_emulator", []),
        ("D201/good", "{restart_application, shop}", "{restart_application, shop}", []),
        ("D201/good", f"{STOP}, {LOAD}", f"{STOP}, {LOAD}", []),  # it may be one of those children
        ("D201/good", "", "", []),  # A301 says that it is not loaded at all
    ],
)
def test_a_state_that_nothing_converts(fixture: str, up: str, down: str, expected: list[Said], tmp_path: Path) -> None:
    about = {one.code for one in expected} | STATES - {"A306"}
    assert [one for one in said(fixture, up, down, tmp_path) if one.code in about] == expected


def test_a_code_change_that_changes_nothing(tmp_path: Path) -> None:
    [one] = said("D201/bad", ADVANCED, ADVANCED, tmp_path)  # said once, at the function, of both ways
    assert (one.code, one.direction, one.fixed) == ("D201", None, False)
    assert one.help.startswith("convert it: `code_change(_OldVsn, {state, Items, Total}, _Extra) -> ")


def test_a_downgrade_that_asks_the_older_module(tmp_path: Path) -> None:
    static = "{update, shop_cart, static, default, {advanced, []}, brutal_purge, brutal_purge, []}"
    [one] = said("D201/good", ADVANCED, static, tmp_path)
    assert (one.code, one.direction) == ("D201", "down")


def test_a_mode_that_is_kept(tmp_path: Path) -> None:
    load = "{load_module, shop_door}"
    static = "{update, shop_door, static, default, {advanced, []}, brutal_purge, brutal_purge, []}"
    found = [one for one in said("D302/good", load, load, tmp_path) if one.code == "D302"]
    assert found == [
        Said("D302", "up", "write `{update, shop_door, {advanced, []}}`", True),
        Said("D302", "down", f"write `{static}`", True),
    ]


def test_a_process_that_gets_a_struct_over_two_modules() -> None:
    """Its own module neither names the struct nor changes."""
    text, _ = run(["lint", "new/shop", "--from", "old/shop", "--format=json"], [CODES.parent / "structs"])
    found = [d for d in json.loads(text)["diagnostics"] if d["code"] in STATES]
    assert [(d["code"], d["subject"]["module"], d["subject"]["direction"]) for d in found] == [
        ("D203", "Elixir.Shop.Cart", None)
    ]
