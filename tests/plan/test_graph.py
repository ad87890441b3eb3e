from __future__ import annotations

import networkx
from hypothesis import given
from hypothesis import strategies as st

from relupc.plan.graph import components, graph, order
from tests.cases import FIXTURES, compare
from tests.plan.world import answer


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "plan" / "graph.txt", answer(graph), refresh)


@st.composite
def dep_mods(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    names = [f"m{n}" for n in range(draw(st.integers(2, 8)))]
    return {
        name: tuple(draw(st.lists(st.sampled_from([o for o in names if o != name]), max_size=3, unique=True)))
        for name in names
    }


@given(dep_mods())
def test_cycles_are_those_that_networkx_finds(needs: dict[str, tuple[str, ...]]) -> None:
    for group in components(needs):
        links: networkx.DiGraph[str] = networkx.DiGraph((name, other) for name in group for other in needs[name])
        wanted = {frozenset(part) for part in networkx.strongly_connected_components(links) if len(part) > 1}
        _, parts = order(group, needs)
        assert {frozenset(part) for part in parts if len(part) > 1} == wanted
        assert all(part == sorted(part, key=group.index) for part in parts)
        assert not parts or parts == sorted(parts, key=lambda part: group.index(part[0]))
