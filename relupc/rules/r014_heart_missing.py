"""R014 heart-missing: a node restarts its emulator through heart, which only runs where it was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import R014
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import RESTART_EMULATOR, RESTART_NEW_EMULATOR
from relupc.model.lint import ReleaseFolder, RelupFile
from relupc.model.term import as_atom

ON = ReleaseFolder


def check(folder: ReleaseFolder) -> Iterator[Diagnostic]:
    if folder.vm_args is None or not isinstance(folder.relup, RelupFile):
        return
    flags = {word for line in folder.vm_args.text.splitlines() for word in line.partition("#")[0].split()}
    if "-heart" in flags or "-args_file" in flags:
        return
    for entry in folder.relup.entries:
        for step in entry.steps:
            if step.instruction in (RESTART_EMULATOR, RESTART_NEW_EMULATOR):
                yield R014.at(
                    step.instruction.span,
                    f"`{as_atom(step.instruction)}` needs heart, which {folder.vm_args.path} does not start",
                    help=f"write `-heart` into {folder.vm_args.path} of both releases",
                    notes=("without it the installation fails with `badarg`, and the node restarts the old release",),
                    subject=entry.subject(),
                )
                return
