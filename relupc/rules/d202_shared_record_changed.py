"""D202 shared-record-changed: records made by old code reach new code, from a table or from a module left as it was."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import FA, Place
from relupc.model.codes import D202
from relupc.model.diagnostic import Diagnostic, Subject
from relupc.model.program import UpgradeCode, code_finding, spelled_function
from relupc.model.spelling import function_name, module_name, spell_atom
from relupc.rules.records import shared
from relupc.rules.shared import Shared, users
from relupc.rules.supervised import calls_own_code

ON = UpgradeCode
KEPT = "records made before have the old fields: matching one fails with `badrecord`, or takes a wrong field"
MEET = "a record that one of them gives to the other fails with `badrecord`"


def check(upgrade: UpgradeCode) -> Iterator[Diagnostic]:
    if upgrade.direction == "down":  # what is said is about both ways
        return
    for record in shared(upgrade):
        module, function, place, how, note = next(_reached(upgrade, record), (None, None, None, "", ""))
        if module is None:
            continue
        app = upgrade.new.modules[module].app
        both = upgrade.upgrade.both_ways(app)
        yield code_finding(
            upgrade.new.modules[module],
            D202,
            place,
            f"`#{spell_atom(record.name)}{{}}` {record.how}, and {how}",
            help="convert what is kept with an `apply` in the appup, or accept both sizes for one version",
            notes=(note,),
            subject=Subject(both.app, module, spelled_function(function), None, both.old, both.new),
        )


def _reached(upgrade: UpgradeCode, record: Shared) -> Iterator[tuple[str, FA | None, Place | None, str, str]]:
    """Where old records meet new code, or new ones old code: module, function, place, and why, in words."""
    for stored in (one for several in upgrade.new.stored.values() for one in several):
        app = upgrade.new.modules[stored.by.module].app
        same = stored.shape.kind == "tuple" and stored.shape.tag == record.name
        if same and stored.by.module in record.users and not calls_own_code(upgrade, app):
            how = f"this keeps such records with `{function_name(*stored.called)}`"
            yield stored.by.module, stored.by.local, stored.place, how, KEPT
    stale = sorted(users(upgrade.new.modules.values(), record.name, record.before))
    for name in stale:
        how = f"`{module_name(name)}` still has the old one"
        yield name, None, None, how, MEET
