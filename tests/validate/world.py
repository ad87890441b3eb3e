"""For tests: a case of fixtures/validate in, the release that it describes, and what `validate` makes of it."""

from __future__ import annotations

from relupc.model.build import Release
from relupc.model.diagnostic import Problems
from relupc.validate import validate
from tests.builds import CORE, release
from tests.cases import Case, told


def build(case: Case) -> Release:
    (apps,) = case.facts()
    return release("1.0", "13.1", apps.items[1])


def answer(case: Case) -> str:
    """The names in sorted order, without kernel, stdlib and sasl where nothing needs them, or what is wrong."""
    problems = Problems()
    found = validate(build(case), problems)
    assert (found is None) == bool(problems.found), "there are no warnings here"
    if found is None:
        return "\n".join(map(told, problems.found))
    assert sorted(app.name for app in found.sorted) == sorted(app.name for app in found.apps)
    return " ".join(app.name for app in found.sorted if app.name not in CORE)
