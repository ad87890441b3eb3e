"""Who calls whom in a module, and where that goes round."""

from __future__ import annotations

from relupc.analyse.graph import ALL, NOWHERE, Edges, Ends, cycles, graph_of, reached
from relupc.model.beam import FA, MFA
from tests.modules import module

A, B, C, D = (FA(name, 0) for name in "abcd")


def test_how_functions_call_each_other() -> None:
    graph = graph_of(
        module("""
        a() -> b(), c().
        b() -> shop:c(), shop:d().
        c() -> lists:max([1]), timer:sleep(1).
        d() -> proc_lib:hibernate(shop, a, []).
        """)
    )
    assert graph.edges("last") == {A: [C]}
    assert graph.edges("inner") == {A: [B]}
    assert graph.edges("module_inner") == {B: [C]}
    assert graph.edges("module_last") == {B: [D], D: [A]}
    assert graph.ends[C] == Ends([], [], [], [], [MFA("timer", "sleep", 1)])
    assert graph.edges("last", "module_last", "module_inner") == {A: [C], B: [D, C], D: [A]}
    assert graph.edges(*ALL, among=[A, B]) == {A: [B]}


def test_what_is_not_there_is_no_edge() -> None:
    graph = graph_of(module("a() -> shop:gone(), F = fun lists:max/1, F([1]).\n"))
    assert not graph.edges(*ALL)
    assert graph.ends.get(A, NOWHERE).out == []


def test_what_functions_lead_to() -> None:
    edges: Edges = {A: [B], B: [C, A], D: [C]}
    assert reached([A, D], edges) == {A: A, D: D, B: A, C: D}
    assert reached([A], edges, depth=1) == {A: A, B: A}
    assert reached([A], edges, depth=0) == {A: A}
    assert reached([], edges) == {}


def test_circles() -> None:
    assert cycles({A: [B], B: [A, C], C: [C], D: [A]}, [D, C, B, A]) == [(C,), (B, A)]
    assert cycles({A: [B], B: [C], C: [D]}, [A, B, C, D]) == []
    assert cycles({}, []) == []


def test_a_circle_through_thousands() -> None:
    """No recursion, and no quadratic time."""
    functions = [FA("f", number) for number in range(20_000)]
    edges = {one: [other] for one, other in zip(functions, [*functions[1:], functions[0]], strict=True)}
    assert cycles(edges, functions) == [tuple(functions)]
    assert len(reached([functions[5]], edges)) == len(functions)
