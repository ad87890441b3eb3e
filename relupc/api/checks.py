"""A finished compilation -> what rules say of it, as warnings at most: OTP itself would take it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from relupc.api.builds import Builds, Search
from relupc.api.findings import ruled, sharpest
from relupc.api.found import Found
from relupc.api.releases import add_appups, upgrade
from relupc.api.silence import Ran, silenced
from relupc.model.config import Config
from relupc.model.diagnostic import Diagnostic, Problems
from relupc.model.lint import EntryPlan
from relupc.model.plan import Draft, Plan
from relupc.model.selection import ALWAYS, selected
from relupc.model.source import Span
from relupc.model.value import replace
from relupc.read.release_folder import read_release_folder
from relupc.read.targets import has_code

WAYS = frozenset({"A003", "A004"})  # the passes report the ways that were asked for and are not there


def checked(
    builds: Builds,
    planned: Sequence[tuple[Draft, Plan]],
    told: Sequence[Diagnostic],
    config: Config,
    search: Search,
) -> list[Diagnostic]:
    """Errors and warnings of the rules on these upgrades and on the entries that they use.

    Not what the passes have `told` already, and no notes: those are for `lint`, as is what concerns other versions.
    """
    found, files = Found(progress=search.progress), search.files
    if builds.top is None or not planned:
        return []
    # The relup that lies beside the release is about to be written anew.
    folder = read_release_folder(builds.top, builds.otp, Problems(), files, with_relup=False)
    compared = [upgrade(draft, plan, folder, config.otp_apps) for draft, plan in planned]
    left_out = compared[0].left_out
    found.values += compared
    add_appups(builds, compared, config.otp_apps, found, all_of_it=False)
    codes = selected(config.select, config.ignore) - WAYS
    shown = ruled(found.values, codes, config.options, told, notes=bool(config.severity))
    if any(has_code(os.path.dirname(app.directory), files) for app in builds.top.apps if app.name not in left_out):
        from relupc.api.interfaces import CODES, interface_values  # noqa: PLC0415 - not without compiled code

        shown += ruled(interface_values(compared, builds.otp, found, files), codes & CODES, config.options, told)
    said = silenced(sharpest(shown), (), (), Ran(codes, codes), config).diagnostics
    used: dict[str, list[Span]] = {appup.path: [] for appup in builds.appups.values()}
    for entry in (value.entry for value in found.values if isinstance(value, EntryPlan)):
        for span in filter(None, (entry.key.span, entry.script.span)):
            used[span.source.path].append(span)
    loud = [d for d in said if d.suppressed is None and d.severity != "note" and _is_about_these(d, used)]
    return [d if d.code.code in ALWAYS else replace(d, severity="warning", otp=None) for d in loud]


def _is_about_these(d: Diagnostic, used: Mapping[str, Sequence[Span]]) -> bool:
    """Whether a diagnostic is about the parts of an appup that are used, or about another file."""
    spans = used.get(d.file or "")
    return spans is None or (d.span is not None and any(s.start <= d.span.start < s.end for s in spans))
