"""A008 version-key-bad-type: an entry that no version can lead to, or whose pattern makes OTP crash."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.appup import Appup, Entries
from relupc.model.codes import A008
from relupc.model.coverage import keyed
from relupc.model.diagnostic import Diagnostic, Direction, Fix, Subject
from relupc.model.edit import replaced
from relupc.model.otp import otp_says
from relupc.model.term import Atom, Unknown
from relupc.model.version_key import SKIPPED, key_fault

ON = Appup


def check(appup: Appup) -> Iterator[Diagnostic]:
    yield from _no_pairs(appup, "up", appup.up)
    yield from _no_pairs(appup, "down", appup.down)
    for entry, subject in keyed(appup):
        fault = key_fault(entry.key)
        if fault:
            better = fault.better
            yield A008.at(
                entry.key.span,
                fault.label,
                help=f"write `{better}`" if better else fault.help,
                notes=(fault.note,),
                subject=subject,
                otp=otp_says("crash", Atom("badarg")) if fault.refused else None,
                fix=Fix(f"write `{better}`", replaced(entry.key, better), fault.refused) if better else None,
            )


def _no_pairs(appup: Appup, direction: Direction, entries: Entries) -> Iterator[Diagnostic]:
    for odd in entries.odd:
        if not isinstance(odd, Unknown):
            yield A008.at(
                odd.span,
                "this is no entry: an entry is a version and its instructions",
                help="write `{Version, [Instruction, ...]}`",
                notes=(SKIPPED,),
                subject=Subject(appup.app or None, direction=direction),
            )
