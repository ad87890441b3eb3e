"""The parts of a relup's script."""

from __future__ import annotations

import pytest

from relupc.hops.group import emitted, taken_apart
from relupc.model.diagnostic import Problems
from tests.hops.scripts import relup_hop, said, texts

CODE = '{load_object_code,{shop,"2",[a,b]}},point_of_no_return'
BP = "brutal_purge,brutal_purge"
WHOLE = (
    f"{{suspend,[{{a,9}},b]}},{{load,{{b,{BP}}}}},{{remove,{{c,{BP}}}}},{{purge,[c]}},{{load,{{a,{BP}}}}},"
    "{code_change,up,[{a,x},{b,y}]},{resume,[b,a]}"
)


def test_a_group_is_emitted_as_it_was() -> None:
    problems = Problems()
    hop = relup_hop(f"{CODE},{WHOLE}", CODE)
    script = taken_apart(hop.first, hop, problems)
    assert script
    assert not problems.found
    assert [name for _, (_, names) in script.code.items() for name in names] == ["a", "b"]
    assert [texts(tuple(emitted(group, "up"))) for group in script.groups] == [WHOLE]


@pytest.mark.parametrize(
    "late",
    [
        "{suspend,[a]}",
        "{suspend,[a]},{suspend,[b]},{resume,[a]},{resume,[b]}",
        "{suspend,[a,b]},{resume,[a]},{resume,[b]}",
        "{code_change,up,[{a,x}]}",
        "{suspend,[a]},{code_change,down,[{a,x}]},{resume,[a]}",
        f"{{suspend,[a]}},{{load,{{a,{BP}}}}},{{code_change,[{{a,x}}]}},{{load,{{b,{BP}}}}},{{resume,[a]}}",
        f"{{load,{{a,{BP}}}}},{{load,{{a,{BP}}}}}",
        f"{{load,{{a,{BP}}}}},{{purge,[a]}}",
        "{purge,[a]}",
        "{apply,{a,b,[]}}",
        "{sync_nodes,x,[]}",
        "{stop,[a]},{start,[a]}",
    ],
)
def test_what_is_no_group(late: str) -> None:
    problems = Problems()
    hop = relup_hop(f"{CODE},{late}", CODE)
    assert taken_apart(hop.first, hop, problems) is None
    assert {code for code, _ in said(problems)} == {"A802"}


def test_a_call_before_the_point_of_no_return() -> None:
    problems = Problems()
    hop = relup_hop("{apply,{a,b,[]}},point_of_no_return", CODE)
    assert taken_apart(hop.first, hop, problems) is None


def test_what_to_do_about_a_call() -> None:
    """In a relup those of `application` are what an instruction of an appup has become."""
    for call, advice in (
        ("{apply,{application,stop,[store]}}", "compose the appups, and compile the relup from A to C"),
        ("{apply,{shop_cart,refresh,[]}}", "take it out, compose, and write it into the result"),
    ):
        problems = Problems()
        hop = relup_hop(f"point_of_no_return,{call}", CODE)
        taken_apart(hop.first, hop, problems)
        assert [d.help for d in problems.found] == [advice]
