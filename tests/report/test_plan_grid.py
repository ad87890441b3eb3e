"""Columns and rows of the picture, and what is put together where there are many."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relupc.report.plan_grid import grid_of
from tests.timelines import entry, way


def test_a_column_for_each_step() -> None:
    grid = grid_of(way(), 100, 100)
    assert [column.first for column in grid.columns] == list(range(1, 22))
    assert (grid.point, grid.is_cut) == (3, False)
    [cart] = [line for line in grid.lines if line.label == "shop_cart"]
    assert cart.still == ((8, 14),)


def test_runs_of_one_instruction_share_a_column() -> None:
    loads = ", ".join(f"{{load, {{m{n}, a, b}}}}" for n in range(30))
    script = f"point_of_no_return, {loads}, {{suspend, [x]}}, {{load, {{x, a, b}}}}, {{resume, [x]}}"
    grid = grid_of(entry(script), 10, 10)
    assert [tuple(column) for column in grid.columns] == [(1, 1), (2, 31), (32, 32), (33, 33), (34, 34)]
    assert [line.label for line in grid.lines] == ["m0 and 29 more", "x"]
    assert grid.is_cut


@given(st.integers(3, 60), st.integers(1, 200))
def test_no_step_is_lost(most: int, count: int) -> None:
    pairs = (f"{{load, {{m{n}, a, b}}}}, {{purge, [p{n}]}}" for n in range(count))
    timeline = entry(f"{{apply, {{m, f, []}}}}, point_of_no_return, {', '.join(pairs)}")
    columns = grid_of(timeline, most, 5).columns
    assert len(columns) <= most or len(columns) <= len(timeline.events) <= most
    assert [n for a, b in columns for n in range(a, b + 1)] == list(range(1, timeline.total + 1))
    assert (2, 2) in [tuple(column) for column in columns]


def test_too_many_rows_are_counted() -> None:
    script = "point_of_no_return, " + ", ".join(f"{{apply, {{m{n}, f, []}}}}" for n in range(20))
    lines = grid_of(entry(script), 100, 5).lines
    assert [line.label for line in lines[-2:]] == ["(m4:f)", "and 15 more rows"]


def test_nothing_to_draw() -> None:
    grid = grid_of(entry(""), 10, 10)
    assert (grid.columns, grid.lines, grid.point) == ((), (), -1)
