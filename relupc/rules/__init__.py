"""What lint knows. A rule is a file of this folder, named by its code, with two names in it:

    ON      the type of the values that it looks at, one of those in NEEDS
    check   such a value -> the diagnostics; it may take the rule's options as a second argument, a dict

There is no list of rules: every file is one.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from relupc.model.appup import Appup
from relupc.model.bound import some
from relupc.model.codes import TABLE
from relupc.model.diagnostic import Diagnostic
from relupc.model.lint import EntryPlan, Mirror, Packaged, ReleaseFolder, RelupFile, Upgrade
from relupc.model.product import Products
from relupc.model.program import EntryCode, ModuleCode, TreeCode, UpgradeCode

# What must be at hand for each type of values; None: the text of the file alone.
NEEDS: dict[type, str | None] = {
    Appup: None,
    EntryPlan: None,
    Mirror: None,
    RelupFile: None,
    Packaged: "app",
    ReleaseFolder: "release",
    Upgrade: "builds",
    ModuleCode: "build",
    TreeCode: "build",
    EntryCode: "build",
    UpgradeCode: "builds",
    Products: "build",
}
_FILE = re.compile(r"([acdrt][0-9]{3})_\w+")


class Rule(NamedTuple):
    """A rule: its code, the type of values it looks at, and its function."""

    code: str
    on: type
    check: Callable[..., Iterator[Diagnostic]]
    takes_options: bool


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by code."""
    found = []
    for module in pkgutil.iter_modules(__path__):
        if name := _FILE.fullmatch(module.name):
            file: Any = importlib.import_module(f"{__name__}.{module.name}")
            found.append(Rule(name[1].upper(), file.ON, file.check, file.check.__code__.co_argcount > 1))
    return tuple(sorted(found, key=lambda rule: rule.code))


def run(
    values: Iterable[object], codes: Collection[str], options: Mapping[str, Mapping[str, int]]
) -> Iterator[Diagnostic]:
    """What the rules of these codes say of the values; `options` are the settings of rules by code."""
    by_type: dict[type, list[Rule]] = {}
    for rule in rules():
        if rule.code in codes:
            by_type.setdefault(rule.on, []).append(rule)
    for value in values:
        for rule in by_type.get(type(value), ()):
            if rule.takes_options:
                yield from some(rule.check(value, {**dict(TABLE[rule.code].options), **options.get(rule.code, {})}))
            else:
                yield from some(rule.check(value))


def skipped(values: Iterable[object], codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What would have to be at hand -> the codes of the rules that had nothing to look at for want of it."""
    seen = {NEEDS[type(value)] for value in values}
    wanted: dict[str, list[str]] = {need: [] for need in NEEDS.values() if need and need not in seen}
    for rule in rules():
        need = NEEDS[rule.on]
        if need in wanted and rule.code in codes:
            wanted[need].append(rule.code)
    return {need: tuple(found) for need, found in wanted.items() if found}
