"""For tests: a folder of compiled modules in, the modules out, with their code looked at."""

from __future__ import annotations

from pathlib import Path

from relupc.api.found import Found
from relupc.api.programs import Beams
from relupc.model.code import Module

FIXTURES = Path(__file__).parent.parent / "fixtures"


def compiled(ebin: str, app: str = "shop") -> dict[str, Module]:
    """The modules of a folder of fixtures by name; there must be nothing wrong with them."""
    found = Found()
    beams = Beams(found)
    modules = [beams.module(beam, app, decoded=True) for beam in beams.folder(str(FIXTURES / ebin))]
    assert modules, f"there are no modules in {ebin}"
    assert not found.problems.found
    return {module.name: module for module in modules}
