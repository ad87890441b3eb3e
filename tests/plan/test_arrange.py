"""fixtures/plan/repair.txt has the cases; here is what must not be arranged."""

from __future__ import annotations

import pytest

from relupc.model.source import Source
from relupc.model.term import Tuple, as_atom
from relupc.plan.arrange import arranged
from relupc.plan.written import Repair
from relupc.read.text import read_first


def arrange(text: str) -> Repair | None:
    term = read_first(Source("t", text + "."))
    assert isinstance(term, Tuple)
    return arranged(term, as_atom(term.items[0]) or "")


@pytest.mark.parametrize(
    "text",
    [
        "{update, a}",
        "{update, a, soft, brutal_purge, brutal_purge, []}",
        "{update, a, soft, soft, []}",
        "{update, a, soft, [b], [c]}",
        "{update, a, soft, brutal_purge, brutal_purge, brutal_purge, []}",
        "{update, a, soft, [1]}",
        "{update, a, soft, [b | c]}",
        "{update, 1, soft, []}",
        "{update, a, soft, 0, []}",
        "{load_module, a, soft, []}",
        "{load_module, a, 5000}",
        "{add_module, a, {advanced, []}}",
        "{apply, a, []}",
    ],
)
def test_what_stays_as_it_is(text: str) -> None:
    assert arrange(text) is None


def test_the_layout_of_the_parts_is_kept() -> None:
    found = arrange("{update, a,\n  {advanced, [ 1,2 ]},\n  [b,c], soft_purge, soft_purge}")
    assert found
    assert found.fix
    assert [text for _, text in found.fix.edits] == [", soft_purge, soft_purge, [b,c]"]


def test_parts_without_a_place_are_not_edited() -> None:
    term = read_first(Source("t", "{load_module, a, soft_purge}."))
    assert isinstance(term, Tuple)
    found = arranged(Tuple(term.items), "load_module")
    assert found
    assert found.help == "write `{load_module, a, soft_purge, soft_purge, []}`"
    assert found.fix is None
