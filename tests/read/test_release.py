from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from relupc.model.diagnostic import Problems
from relupc.read.find import search_for
from relupc.read.release import Library, otp_of, read_release
from tests.builds import CORE, app, app_term
from tests.cases import FIXTURES, Case, compare, fact, told
from tests.read.facts import lay_down


def library(elements: list[str]) -> Library:
    """A library that looks into these folders, and, for kernel, stdlib and sasl, into `core`."""
    for name, vsn in CORE.items():
        term = app_term(app(name, vsn))
        os.makedirs("core", exist_ok=True)
        Path("core", f"{name}.app").write_text(fact("application", *term.items[1:]) + "\n", "utf-8")
    return Library(search_for([*elements, "core"], [], True, None), None)


def release_facts(case: Case, folder: Path) -> str:
    place = folder / str(abs(hash(case.title)))
    place.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        elements = [line.removeprefix("path ") for line in case.given.splitlines() if line.startswith("path ")]
        lay_down(case.given, place)
        problems = Problems()
        found = read_release("x.rel", "x.rel", library(elements), problems)
    lines = [*map(told, problems.found)]
    if found:
        names = [(one.name, one.vsn, one.directory, [a.name for a in one.included]) for one in found.apps]
        lines += [f"{name} {vsn} in {where} {included}" for name, vsn, where, included in names if name not in CORE]
    return "\n".join(lines)


def test_fixtures(refresh: bool, tmp_path: Path) -> None:
    compare(FIXTURES / "read" / "release.txt", partial(release_facts, folder=tmp_path), refresh)


@pytest.mark.parametrize(
    ("erts", "otp"),
    [("13.1.5", 25), ("14.0", 26), ("15", 27), ("16.1", 28), ("17.0", 28), ("12.3", 25), ("5.8.5", 25), ("", 25),
     ("x", 25), ("999999999999", 25), ("٣", 25)],
)  # fmt: skip
def test_otp_of_an_emulator(erts: str, otp: int) -> None:
    assert otp_of(erts) == otp


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two releases share most of their applications."""
    monkeypatch.chdir(tmp_path)
    lay_down(
        '=== x.rel\n{release, {"shop", "1"}, {erts, "13.1"}, [{kernel, "8.5"}, {stdlib, "4.2"}, {sasl, "4.2"}]}.',
        tmp_path,
    )
    known = library([])
    first = read_release("x", "x.rel", known, Problems())
    for name in CORE:
        os.unlink(f"core/{name}.app")
    assert read_release("x", "x.rel", known, Problems()) == first


def test_everything_of_an_app_file_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    keys = [
        '{vsn, "1"}', '{id, "i"}', '{description, "d"}', "{modules, [m]}", "{registered, [r]}", "{applications, [u]}",
        "{optional_applications, [o]}", "{included_applications, [n]}", "{env, [{e, 1}]}", "{maxT, 5}", "{maxP, 6}",
        "{mod, {m, []}}", "{start_phases, [{p, []}]}",
    ]  # fmt: skip
    lay_down(
        '=== x.rel\n{release, {"shop", "1"}, {erts, "13.1"}, [{kernel, "8.5"}, {stdlib, "4.2"}, {sasl, "4.2"}, '
        f'{{foo, "1", load}}]}}.\n=== lib/foo.app\n{{application, foo, [{", ".join(keys)}]}}.\n',
        tmp_path,
    )
    found = read_release("x", "x.rel", library(["lib"]), Problems())
    assert found
    assert found.span
    assert found.span.text == '"shop"'
    assert found.erts_span
    assert found.erts_span.text == '"13.1"'
    foo = found.app("foo")
    assert foo
    assert foo.span
    assert foo.span.text == "foo"
    assert fact("is", foo.term()) == (
        '{is,{application,foo,load,"1","i","d",\n                 [m],\n                 [u],\n                 [o],\n'
        "                 [n],\n                 [r],\n                 [{e,1}],\n                 5,6,\n"
        '                 {m,[]},\n                 [{p,[]}],\n                 "lib"}}.'
    )
