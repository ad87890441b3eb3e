"""What a build tells, with a look at all functions, and at those alone that the outlines of its code let through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from relupc.analyse import program_of
from relupc.api.found import Found
from relupc.api.programs import Beams
from relupc.model.beam import FA
from relupc.model.code import Module
from relupc.model.naming import named
from relupc.model.settings import reads, sets

FIXTURES = Path(__file__).parent.parent / "fixtures"
FOLDERS = sorted({path.parent for path in FIXTURES.rglob("*.beam")} - {FIXTURES / "beam"})
FACTS = ("entries", "staying", "supervisors", "starts", "roots", "outside", "states", "stored", "funs")


def modules_in(folder: Path) -> dict[str, Module]:
    """The modules of a folder that can be read."""
    beams = Beams(Found())
    return {beam.module: beams.module(beam, "shop", decoded=True) for beam in beams.folder(str(folder))}


def facts(modules: Mapping[str, Module]) -> dict[str, object]:
    """All that is known of a build, as plain values."""
    program = program_of(modules.values(), {}, 25)
    told = {fact: dict(getattr(program, fact)) for fact in FACTS}
    settings = {name: ([*reads(one)], [*sets(one)]) for name, one in modules.items()}
    return {**told, "settings": settings}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_the_same_is_told_without_outlines(folder: Path) -> None:
    modules = modules_in(folder)
    everything = {name: replace(one, acts=None, names=lambda: None) for name, one in modules.items()}
    assert facts(modules) == facts(everything)


def test_something_is_told() -> None:
    told = [facts(modules_in(folder)) for folder in FOLDERS]
    assert all(any(one[fact] for one in told) for fact in FACTS)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_what_a_module_names_is_among_its_names(folder: Path) -> None:
    for module in modules_in(folder).values():
        for one in named(module):
            assert one.by in module.naming({one.function.module: {FA(*one.function[1:])}})
        for record in module.records:
            assert not module.sizes(record) or module.may_use(record)
