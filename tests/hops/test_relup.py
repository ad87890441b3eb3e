"""Two scripts of relups as one."""

from __future__ import annotations

from relupc.hops.relup import composed_relup
from relupc.model.diagnostic import Direction, Problems
from tests.hops.scripts import relup_hop, said, texts

BP = "brutal_purge,brutal_purge"


def code(vsn: str, *names: str) -> str:
    return f'{{load_object_code,{{shop,"{vsn}",[{",".join(names)}]}}}}'


def load(name: str) -> str:
    return f"{{load,{{{name},{BP}}}}}"


def remove(name: str) -> str:
    return f"{{remove,{{{name},{BP}}}}},{{purge,[{name}]}}"


def update(name: str, extra: str = "[]") -> str:
    return f"{{suspend,[{name}]}},{load(name)},{{code_change,up,[{{{name},{extra}}}]}},{{resume,[{name}]}}"


def composed(first: str, second: str, way: Direction = "up") -> tuple[str | None, list[tuple[str, str]]]:
    problems = Problems()
    return texts(composed_relup(relup_hop(first, second, way), problems)), said(problems)


PNR = "point_of_no_return"


def test_each_module_once_with_the_code_of_the_later_step() -> None:
    found = composed(f"{code('2', 'a', 'b')},{PNR},{load('a')},{load('b')}", f"{code('3', 'b')},{PNR},{load('b')}")
    assert found == (f"{code('3', 'a', 'b')},{PNR},{load('a')},{load('b')}", [])


def test_what_is_removed_is_not_read() -> None:
    found = composed(f"{code('2', 'a')},{PNR},{load('a')}", f"{PNR},{remove('a')}")
    assert found == (f"{PNR},{remove('a')}", [])
    assert composed(f"{PNR},{remove('a')}", f"{code('3', 'a')},{PNR},{load('a')}") == (None, [("A804", "error")])


def test_the_code_path_moves_without_a_module_too() -> None:
    assert composed(f"{code('2')},{PNR}", f"{code('3')},{PNR}") == (f"{code('3')},{PNR}", [])
    assert composed(f"{code('2')},{PNR}", PNR) == (f"{code('2')},{PNR}", [])
    found = composed(f"{code('2', 'a')},{PNR},{load('a')}", f"{code('3')},{PNR},{remove('a')}")
    assert found == (f"{code('3')},{PNR},{remove('a')}", [])


def test_groups_with_a_module_in_common_become_one() -> None:
    first = f"{code('2', 'a', 'b')},{PNR},{update('a')},{load('b')}"
    second = f"{code('3', 'a', 'c')},{PNR},{{suspend,[c]}},{load('c')},{load('a')},{{resume,[c]}}"
    found, problems = composed(first, second)
    group = f"{{suspend,[a,c]}},{load('c')},{load('a')},{{code_change,up,[{{a,[]}}]}},{{resume,[a,c]}}"
    assert found == f"{code('3', 'b', 'a', 'c')},{PNR},{group},{load('b')}"
    assert problems == [("A805", "note")]


def test_code_change_twice() -> None:
    first, second = f"{code('2', 'a')},{PNR},{update('a', 'x')}", f"{code('3', 'a')},{PNR},{update('a', 'x')}"
    assert composed(first, second) == (second, [("A805", "warning")])
    assert composed(first, second.replace(",x}", ",y}")) == (None, [("A803", "error")])


def test_code_change_on_both_sides_of_the_load() -> None:
    change = "{code_change,down,[{a,[]}]}"
    early, late = (
        f"{{suspend,[a]}},{part},{{resume,[a]}}" for part in (f"{change},{load('a')}", f"{load('a')},{change}")
    )
    first, second = (f"{code('2', 'a')},{PNR},{early}", f"{code('1', 'a')},{PNR},{late}")
    assert composed(first, second, "down")[0] is None
    assert ("A804", "error") in composed(first, second, "down")[1]
    assert composed(first, first.replace('"2"', '"1"'), "down")[0] == first.replace('"2"', '"1"')


def test_the_order_of_the_later_step() -> None:
    first = f"{code('2', 'a', 'b')},{PNR},{load('a')},{load('b')}"
    second = f"{code('3', 'a', 'b')},{PNR},{load('b')},{load('a')}"
    assert composed(first, second) == (second, [("A806", "note")])


def test_restarts() -> None:
    plain = f"{code('3', 'a')},{PNR},{load('a')}"
    assert composed(plain, f"{PNR},restart_emulator") == (f"{PNR},restart_emulator", [])
    new = f"restart_new_emulator,{plain}"
    assert composed(new, plain) == (new, [])


def test_two_applications() -> None:
    store = '{load_object_code,{store,"7",[s]}}'
    found = composed(f"{store},{PNR},{load('s')}", f"{code('3', 'a')},{PNR},{load('a')}")
    assert found == (f"{store},{code('3', 'a')},{PNR},{load('s')},{load('a')}", [])
