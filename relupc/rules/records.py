"""For D202: the records that modules share, and that differ between two builds."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.program import UpgradeCode
from relupc.rules.shared import Shared, by_record, definition, users


def shared(upgrade: UpgradeCode) -> Iterator[Shared]:
    """The records that change, that two modules use, and that are no state of a process by themselves.

    One whose fields only have other names is the same to all code, and so it is where new code takes both sizes.
    """
    both = (upgrade.old, upgrade.new)
    states = {one.tag for program in both for state in program.states.values() for one in state.held}
    known, new = by_record(upgrade.old), upgrade.new.modules
    for name in sorted(known.keys() - states):
        before = definition(known[name], name)
        using = users(known[name], name, before) if before else frozenset()
        found = {fields for one in using if one in new and (fields := new[one].records.get(name)) not in (None, before)}
        after = found.pop() if len(found) == 1 else None
        if before and after and len(using) > 1 and not _is_harmless(upgrade, name, before, after):
            yield Shared(name, before, after, using)


def _is_harmless(upgrade: UpgradeCode, name: str, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether the fields only have other names, or a module with the new record knows the old one as well."""
    if len(before) == len(after):
        return sorted(before) != sorted(after)
    modules = (module for module in upgrade.new.modules.values() if module.records.get(name) == after)
    return any(len(before) + 1 in module.tagged.get(name, ()) for module in modules)
