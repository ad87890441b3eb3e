"""The systems that benchmarks use: the same every time, readable, and with what was asked for in them."""

from __future__ import annotations

from pathlib import Path

from benchmarks.donors import Donors
from benchmarks.umbrella import Shape, applications, write
from relupc import compile as compile_relup
from tests.cases import FIXTURES

SMALL = Shape(apps=3, modules=14, cycles=1.0)


def texts(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(folder: Path, shape: Shape, donors: Donors | None = None) -> dict[str, bytes]:
    write(shape, folder, donors)
    return texts(folder)


def test_the_same_shape_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path / "a", SMALL)
    assert first == written(tmp_path / "b", SMALL)
    assert first != written(tmp_path / "c", SMALL._replace(seed=2))


def test_an_application_does_not_depend_on_how_many_there_are() -> None:
    assert applications(SMALL) == applications(SMALL._replace(apps=20))[:3]


def test_changes_are_as_many_as_asked_for_and_have_dep_mods_only_if_asked_for() -> None:
    many = Shape(apps=20, modules=100, changed=0.3)
    changes = [change for app in applications(many) for change in app.changes]
    assert 500 < len(changes) < 700
    assert any(change.needs for change in changes)
    assert not any(change.needs for app in applications(many._replace(linked=False)) for change in app.changes)


def test_every_build_lacks_what_the_other_adds() -> None:
    app = next(app for app in applications(Shape(50, 30)) if {"add", "delete"} <= {c.kind for c in app.changes})
    kinds = {change.module: change.kind for change in app.changes}
    assert {kinds[m] for m in set(app.modules) - set(app.inside(False))} == {"add"}
    assert {kinds[m] for m in set(app.modules) - set(app.inside(True))} == {"delete"}


def test_relupc_makes_a_relup_of_it_and_sees_the_cycles(tmp_path: Path) -> None:
    write(SMALL, tmp_path / "system")
    folder = tmp_path / "system"
    rel = folder / "rel"
    out = compile_relup(rel / "new.rel", old=rel / "old.rel", path=[str(folder / "lib/*/ebin")], isolated=True)
    assert len(out.plans) == 2
    assert {d.code.code for d in out.diagnostics} == {"A105"}


def test_modules_that_do_not_change_have_the_same_bytes_in_both_builds(tmp_path: Path) -> None:
    donors = Donors([FIXTURES])
    found = written(tmp_path / "a", SMALL, donors)
    assert found == written(tmp_path / "b", SMALL, donors)
    app = applications(SMALL)[0]
    changed = {change.module for change in app.changes}
    both = set(app.inside(False)) & set(app.inside(True))
    for module in both:
        old, new = (found[f"lib/{app.name}-{vsn}/ebin/{module}.beam"] for vsn in (app.old, app.new))
        assert (old == new) == (module not in changed)
    assert both - changed
    assert both & changed
