"""For D202: the records that modules share, and that differ between two builds."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.program import UpgradeCode
from relupc.rules.shared import Shared, definition, having, users


def shared(upgrade: UpgradeCode) -> Iterator[Shared]:
    """The records that change, that two modules use, and that are no state of a process by themselves.

    One whose fields only have other names is the same to all code, and so it is where new code takes both sizes.
    """
    new = upgrade.new.modules
    for name, changing in sorted(_changed(upgrade).items()):
        known = having(upgrade.old, name, changing)
        before = definition(known, name)
        using = users(known, name, before) if before else frozenset()
        found = {fields for one in using if one in new and (fields := new[one].records.get(name)) not in (None, before)}
        after = found.pop() if len(found) == 1 else None
        if before and after and len(using) > 1 and not _is_harmless(upgrade, name, before, after):
            yield from () if _is_state(upgrade, name) else (Shared(name, before, after, using),)


def _changed(upgrade: UpgradeCode) -> dict[str, set[tuple[str, ...]]]:
    """The records that a module has with other fields in the new build, and the fields that such modules have now."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for name, old in upgrade.old.modules.items():
        new = upgrade.new.modules.get(name)
        if new and new.records is not old.records:  # modules of the same bytes share them
            for record, fields in old.records.items():
                if new.records.get(record, fields) != fields:
                    found.setdefault(record, set()).add(fields)
    return found


def _is_state(upgrade: UpgradeCode, name: str) -> bool:
    """Whether a record is the state of a process by itself."""
    both = (upgrade.old, upgrade.new)
    return any(one.tag == name for program in both for state in program.states.values() for one in state.held)


def _is_harmless(upgrade: UpgradeCode, name: str, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether the fields only have other names, or a module with the new record knows the old one as well."""
    if len(before) == len(after):
        return sorted(before) != sorted(after)
    modules = (
        module for module in upgrade.new.modules.values() if module.may_use(name) and module.records.get(name) == after
    )
    return any(len(before) + 1 in module.sizes(name) for module in modules)
