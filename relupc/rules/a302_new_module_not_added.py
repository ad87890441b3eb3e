"""A302 new-module-not-added: a node in embedded mode has only the modules that it was told to load."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import LOADS
from relupc.model.codes import A302
from relupc.model.diagnostic import Diagnostic
from relupc.model.edit import prepended
from relupc.model.lint import Upgrade
from relupc.model.spelling import module_name, spell_atom
from relupc.rules.unlisted import said, unlisted

ON = Upgrade
NOTE = "OTP accepts this: in embedded mode calls of it end in `undef` until the node restarts"


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    comes = "is new in" if upgrade.direction == "up" else "comes back with"
    for found in unlisted(upgrade, LOADS, new=True):
        app = f"{spell_atom(found[0].post.name)} {found[0].post.vsn}"
        label = f"`{module_name(found[1].name)}` {comes} {app}, but nothing here adds it"
        yield said(upgrade, A302, found, "add_module", label, NOTE, prepended)
