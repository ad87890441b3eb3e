"""D203 struct-fields-changed: values of a struct are kept where no `code_change` of a changed module gets at them."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import FA, Place
from relupc.model.codes import D203
from relupc.model.diagnostic import Diagnostic, Subject
from relupc.model.handling import handlings
from relupc.model.program import UpgradeCode, code_finding, spelled_function
from relupc.model.spelling import function_name
from relupc.model.structs import Fields, compared, defined, held
from relupc.model.value import NamedTuple
from relupc.rules.supervised import calls_own_code

ON = UpgradeCode


class Keeper(NamedTuple):
    """A function of a module that keeps values of a struct, and how, in words."""

    module: str
    function: FA | None
    place: Place | None
    how: str


def check(upgrade: UpgradeCode) -> Iterator[Diagnostic]:
    """Only on the way on which the struct gets a field; a table is left to code that the appup calls."""
    known = {app: handlings(entry.entry) for app, entry in upgrade.entries.items()}
    for entry, diff, change in upgrade.changes():
        if entry and change.kind == "changed" and change.module in known[diff.app]:
            before, after = (defined(program, change.module) for program in (upgrade.pre, upgrade.post))
            found = compared(change.module, before, after) if before is not None and after is not None else None
            if found and found.gained and not calls_own_code(upgrade, diff.app):
                for keeper in list(_keepers(upgrade, change.module))[:1]:
                    yield _kept(upgrade, diff.app, found, keeper)


def _keepers(upgrade: UpgradeCode, struct: str) -> Iterator[Keeper]:
    for stored in (one for several in upgrade.new.stored.values() for one in several):
        if stored.shape.kind == "map" and stored.shape.tag == struct:
            how = f"this keeps such maps with `{function_name(*stored.called)}`"
            yield Keeper(stored.by.module, stored.by.local, stored.place, how)
    for name in sorted(upgrade.new.states.keys() & upgrade.new.reaching(struct)):
        same, module = upgrade.old.modules.get(name), upgrade.new.modules[name]
        if same and same.md5 == module.md5 and struct in held(upgrade.new, state := upgrade.new.states[name]):
            yield Keeper(name, None, state.place, "this process keeps such a map: its module is the same as before")


def _kept(upgrade: UpgradeCode, app: str, found: Fields, keeper: Keeper) -> Diagnostic:
    upward = found if upgrade.direction == "up" else Fields(found.name, found.lost, found.gained)
    label = f"{found.struct} {upward.how} in {upgrade.new.apps[app]}, and {keeper.how}"
    both = upgrade.upgrade.both_ways(app)
    subject = Subject(both.app, keeper.module, spelled_function(keeper.function), None, both.old, both.new)
    advice = "convert them with an `apply` in the appup, or read the new field with a default"
    module = upgrade.new.modules[keeper.module]
    return code_finding(module, D203, keeper.place, label, help=advice, severity="warning", subject=subject)
