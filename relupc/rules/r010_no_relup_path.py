"""R010 no-relup-path: release_handler looks for the way in the relup of the new release's folder, and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Iterator

from relupc.model.codes import R010
from relupc.model.diagnostic import Diagnostic
from relupc.model.lint import RelupFile, Upgrade, spelled_version
from relupc.model.otp import otp_says
from relupc.model.term import as_string, string, tup

ON = Upgrade


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    relup, path = upgrade.folder.relup, upgrade.top.path
    if isinstance(relup, RelupFile):
        yield from _incomplete(upgrade, relup)
    elif relup is None and upgrade.direction == "up" and _is_installed(path):
        yield R010.at(
            None,
            f"there is no relup for {upgrade.top.vsn}",
            path=os.path.dirname(path),
            help="write it with `relupc compile`",
            notes=("check_install_release says `ok` all the same, install_release then fails",),
            severity="note",
        )


def _is_installed(path: str) -> bool:
    """Whether a .rel file is that of a release root, `releases/VSN/NAME.rel`."""
    return path.endswith(".rel") and os.path.normpath(path).split(os.sep)[-3:-2] == ["releases"]


def _incomplete(upgrade: Upgrade, relup: RelupFile) -> Iterator[Diagnostic]:
    top, base, own = upgrade.top, upgrade.base, as_string(relup.vsn)
    up, down = ([spelled_version(e.entry.key) for e in relup.entries if e.direction == way] for way in ("up", "down"))
    wrong, no_way_up = own != top.vsn, base.vsn not in up
    if own is None or (upgrade.direction == "down" and (wrong or no_way_up or base.vsn in down)):
        return
    if upgrade.direction == "down":
        label = f"no way back to {base.vsn}" + (f", only to {', '.join(map(str, down))}" if down else "")
    elif wrong:
        label = f"this relup is for {own}, the release is {top.vsn}"
    elif no_way_up:
        label = f"no way up from {base.vsn}" + (f", only from {', '.join(map(str, up))}" if up else "")
    else:
        return
    refused = tup("no_matching_relup", string(upgrade.post.vsn), string(upgrade.pre.vsn))
    yield R010.at(
        relup.vsn.span,
        label,
        help=f"write it again with `relupc compile --from {base.path}`",
        notes=("OTP says `bad_relup_file`" if wrong else "OTP says `no_matching_relup`, or `enoent`",),
        subject=upgrade.subject(),
        severity="error" if upgrade.direction == "up" else "note",
        otp=otp_says("release_handler", tup("bad_relup_file", string(relup.path)) if wrong else refused),
    )
