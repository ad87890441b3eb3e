"""The tables of a successful compile."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabulate import tabulate

from relupc.model.plan import Relup
from relupc.model.source import Source, Span
from relupc.model.term import Atom, List, Term, Tuple, atoms, tup
from relupc.report.table import compile_summary, table
from tests.report.cases import FOLDER, span
from tests.report.plans import AUDIT, DOWN, OLD, SHOP, TWO, UP, about, app, call, lists, plan, release, script

WIDE = 130


@pytest.mark.parametrize(
    ("case", "relup", "width"),
    [
        ("success", Relup("1.4.0", (UP,), (DOWN,)), WIDE),
        ("success-narrow", Relup("1.4.0", (UP,), (DOWN,)), 100),
        ("two-bases", TWO, WIDE),
    ],
)
def test_fixture(case: str, relup: Relup, width: int, refresh: bool) -> None:
    expected = FOLDER / "tables" / f"{case}.txt"
    text = compile_summary(relup, width=width, verbose=False)
    if refresh:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(text + "\n", "utf-8", newline="\n")
    assert text + "\n" == expected.read_text("utf-8")
    assert max(map(len, text.split("\n"))) <= width


def test_verbose_is_as_wide_as_it_needs_to_be() -> None:
    relup = Relup("1.4.0", (UP,), (DOWN,))
    assert compile_summary(relup, width=40, verbose=True) == compile_summary(relup, width=WIDE, verbose=False)


def row(text: str, start: str) -> list[str]:
    """The cells of the first line that starts like this."""
    line = next(line for line in text.split("\n") if line.startswith(start))
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


@pytest.mark.parametrize(
    ("instructions", "words"),
    [
        ([], "nothing"),
        ([*about("restart_application", "shop")], "restart"),
        ([*about("restart_application", "sasl")], "restart sasl"),
        ([tup("add_application", "other", "load")], "add other, load"),
        ([tup("add_application", "shop", "none")], "add"),
        ([*about("add_application", "shop")], "add, start permanent"),
        ([*about("remove_application", "Elixir.Other")], "stop Other, remove, unload"),
        ([List((*about("load_module", "a", "b"),)), tup("load_module", "c", atoms(["a"]))], "load 3"),
        ([Atom("restart_new_emulator"), *about("update", "a")], "restart_new_emulator, update 1"),
        ([lists("stop", "a"), call("f"), call("g"), lists("start", "a")], "stop 1, apply 2, start 1"),
        ([Tuple(())], "other 1"),
    ],
)
def test_words_for_instructions(instructions: list[Term], words: str) -> None:
    up = plan("up", OLD, scripts=(script("shop", span(SHOP, '"1.3.0"'), *instructions),))
    text = compile_summary(Relup("1.4.0", (up,), ()), width=WIDE, verbose=False)
    assert row(text, "shop ") == ["shop", "1.3.0", "1.4.0", "shop.appup:3", '"1.3.0"', words]


@pytest.mark.parametrize(
    ("instructions", "when"),
    [
        (["point_of_no_return"], "no"),
        (["restart_new_emulator", "point_of_no_return"], "emulator, first"),
        (["point_of_no_return", "restart_emulator"], "emulator, last"),
        (["point_of_no_return", "restart_new_emulator"], "emulator, last"),
        (["restart_new_emulator", "point_of_no_return", "restart_emulator"], "emulator, first and last"),
    ],
)
def test_when_the_emulator_restarts(instructions: list[str], when: str) -> None:
    text = compile_summary(Relup("1.4.0", (plan("up", OLD, *map(Atom, instructions)),), ()), width=WIDE, verbose=False)
    assert text.startswith("no application changes\n\n")
    assert row(text, "up")[-1] == when


def test_only_down_and_another_name() -> None:
    """Seen from the base, as in the headline: what goes away going down is new."""
    down = replace(DOWN, base=replace(OLD, name="old shop"))
    text = compile_summary(Relup("1.4.0", (UP,), (down,)), width=WIDE, verbose=False)
    assert "\n\nold shop 1.3.0 -> shop 1.4.0\napp " in text
    assert row(text.split("old shop")[1], "audit") == [
        "audit",
        "-",
        "1.0.0",
        "new application",
        "stop, remove 2, unload",
    ]


def test_an_application_goes_away() -> None:
    base, top = release("1.3.0", AUDIT), release("1.4.0")
    up = plan(
        "up", base, scripts=(script("audit", "removed application", *about("remove_application", "audit")),), top=top
    )
    down = plan(
        "down", base, scripts=(script("audit", "new application", *about("add_application", "audit")),), top=top
    )
    text = compile_summary(Relup("1.4.0", (up,), (down,)), width=WIDE, verbose=False)
    words = ["removed application", "stop, remove 2, unload", "add, start permanent"]
    assert row(text, "audit") == ["audit", "1.0.0", "-", *words]


def test_emulator() -> None:
    new = script("erts", "new emulator", Atom("restart_new_emulator"))
    asked = script("erts", "restart asked for", Atom("restart_emulator"))
    base = replace(OLD, erts="12.3")
    ways = (plan("up", base, scripts=(new, asked)), plan("down", base, scripts=(new,)))
    text = compile_summary(Relup("1.4.0", ways[:1], ways[1:]), width=WIDE, verbose=False)
    both = ["restart_new_emulator", "restart_new_emulator"]
    assert row(text, "erts   12.3    13.1  new") == ["erts", "12.3", "13.1", "new emulator", *both]
    assert row(text, "erts   12.3    13.1  restart") == [
        "erts",
        "12.3",
        "13.1",
        "restart asked for",
        "restart_emulator",
        "-",
    ]


def test_elixir_modules_and_long_lists() -> None:
    names = ("Elixir.Shop.Cart", "Elixir.Shop", "Elixir.shop", "A b", "Elixir.Shop", "e", "f")
    relup = Relup("1.4.0", (plan("up", OLD, lists("suspend", *names)),), ())
    shown = "Shop.Cart, Shop, 'Elixir.shop', 'A b'"
    assert f"  {shown} and 2 more  " in compile_summary(relup, width=140, verbose=False)
    assert f"  {shown}, e, f  " in compile_summary(relup, width=60, verbose=True)


def test_unchanged_applications() -> None:
    top, base = (release(vsn, *(app(name, "1") for name in "abc"), app("z", vsn)) for vsn in ("2", "1"))
    relup = Relup("2", (plan("up", base, top=top),), ())
    text = compile_summary(relup, width=WIDE, verbose=False)
    assert text.endswith("\n\n6 applications unchanged: kernel, stdlib, sasl, a and 2 more")
    alone = replace(top, apps=(app("a", "1"),))
    text = compile_summary(Relup("2", (plan("up", base, top=alone),), ()), width=WIDE, verbose=False)
    assert text.endswith("\n\n1 application unchanged: a")
    bare = replace(top, apps=(app("a", "2"),))
    text = compile_summary(Relup("2", (plan("up", base, top=bare),), ()), width=WIDE, verbose=False)
    assert text.endswith("  no")


def test_a_hostile_name_and_key() -> None:
    source = Source("a/\x1b[1m.appup", "{\x1b,\n  \x9b}")
    up = plan("up", OLD, scripts=(script("\x1b[2J", Span(source, 0, 8)),))
    text = compile_summary(Relup("1.4.0", (up,), ()), width=WIDE, verbose=False)
    assert text.replace("\n", "").isprintable()
    assert "\\x{1B}[1m.appup:1  {\\x{1B}, \\x{9B}}" in text


def test_relup_without_plans() -> None:
    assert compile_summary(Relup("1.4.0", (), ()), width=WIDE, verbose=False) == ""


TEXTS = st.text("ab -|1.e5\\$%", max_size=12)


@given(st.data(), st.integers(1, 5))
def test_a_plain_table_is_the_one_of_tabulate(data: st.DataObject, columns: int) -> None:
    line = st.lists(TEXTS, min_size=columns, max_size=columns)
    head, rows = data.draw(line), data.draw(st.lists(line, min_size=1, max_size=4))
    numbers = sorted(data.draw(st.sets(st.integers(0, columns - 1))))
    align = ["right" if i in numbers else "left" for i in range(columns)]
    expected = tabulate(rows, head, tablefmt="simple", disable_numparse=True, colalign=align)
    assert table(head, rows, 0, numbers) == expected
