"""Two scripts of appups as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.hops.appup import composed_script
from relupc.model.diagnostic import Direction, Problems
from tests.hops.scripts import entry, hop, said, texts


def composed(first: str, second: str, way: Direction = "up") -> tuple[str | None, list[tuple[str, str]]]:
    problems = Problems()
    return texts(composed_script(hop(first, second, way), problems)), said(problems)


def test_dep_mods_of_both() -> None:
    found = composed("{load_module,a,[b]},{load_module,b}", "{load_module,a,[c]},{add_module,c}")
    assert found == ("{load_module,a,[b,c]},{load_module,b},{add_module,c}", [])


def test_a_module_that_is_gone_hands_its_dep_mods_on() -> None:
    found = composed("{load_module,a,[t]},{add_module,t,[b]},{load_module,b}", "{delete_module,t}")
    assert found == ("{load_module,a,[b]},{load_module,b}", [])


def test_nothing_is_left() -> None:
    assert composed("{add_module,t}", "{delete_module,t}") == ("", [])
    assert composed("", "") == ("", [])


def test_the_order_of_both() -> None:
    first, second = "{load_module,a},{load_module,b}", "{add_module,x},{load_module,a}"
    assert composed(first, second) == ("{add_module,x},{load_module,a},{load_module,b}", [])
    found = composed(first, "{load_module,b},{load_module,a}")
    assert found == ("{load_module,b},{load_module,a}", [("A806", "note")])


def test_dep_mods_that_contradict_each_other() -> None:
    found = composed("{load_module,a,[b]},{load_module,b}", "{load_module,b,[a]},{load_module,a}")
    assert found == (None, [("A804", "error")])
    circle = "{update,a,[b]},{update,b,[a]}"
    assert composed(circle, "{load_module,a}") == (circle, [])


def test_code_changes() -> None:
    update = "{update,m,{advanced,x}}"
    assert composed(update, update) == (update, [("A805", "warning")])
    assert composed(update, "{load_module,m}") == (update, [("A805", "note")])
    assert composed(update, "{load_module,n}") == (f"{update},{{load_module,n}}", [])
    assert composed("{update,m,supervisor}", "{update,m,supervisor}") == ("{update,m,supervisor}", [])
    assert composed(update, "{update,m,{advanced,y}}") == (None, [("A803", "error")])


def test_restarts_win() -> None:
    own = "{restart_application,shop}"
    assert composed("{update,m}", own) == (own, [])
    assert composed(own, "{load_module,m},{add_module,n}") == (own, [])
    assert composed("restart_emulator", own) == ("restart_emulator", [])
    assert composed("restart_new_emulator,{load_module,m}", own) == (f"restart_new_emulator,{own}", [])
    assert composed("{load_module,m}", "restart_new_emulator,{load_module,m}") == (
        "restart_new_emulator,{load_module,m}",
        [],
    )


@pytest.mark.parametrize(
    "instruction",
    [
        "{apply,{m,f,[]}}",
        "{sync_nodes,x,[]}",
        "{add_application,store}",
        "{remove_application,store}",
        "{restart_application,store}",
        "{stop,[m]},{start,[m]}",
        "{suspend,[m]},{resume,[m]}",
        '{load_object_code,{shop,"1",[m]}},point_of_no_return,{load,{m,brutal_purge,brutal_purge}}',
    ],
)
def test_what_cannot_be_composed(instruction: str) -> None:
    for pair in ((instruction, ""), ("{load_module,a}", instruction), (instruction, "restart_emulator")):
        found, problems = composed(*pair)
        assert found is None
        assert set(problems) == {("A802", "error")}


FATES = {"": None, "add_module": True, "load_module": True, "update": True, "delete_module": False}
STEP = st.fixed_dictionaries({name: st.sampled_from(sorted(FATES)) for name in "abcd"})


@given(STEP, STEP, st.sampled_from(["up", "down"]))
def test_the_same_modules_are_there_in_the_end(one: dict[str, str], two: dict[str, str], way: Direction) -> None:
    """Whatever is composed has the same modules in the end, and loads each that was loaded last."""
    scripts = [",".join(f"{{{verb},{name}}}" for name, verb in step.items() if verb) for step in (one, two)]
    problems = Problems()
    found = composed_script(hop(scripts[0], scripts[1], way), problems)
    if found is None:
        assert said(problems)
        return
    whole = entry("3", "1", texts(found) or "", way)
    done = {step.instruction.items[1].name: FATES[step.instruction.items[0].name] for step in whole.steps}  # type: ignore[union-attr]
    for name in "abcd":
        last = two[name] or one[name]
        if (one[name], two[name]) == ("add_module", "delete_module"):
            assert name not in done
        else:
            assert done.get(name) is FATES[last]
