"""A303 removed-module-not-deleted: what no instruction deletes stays loaded, and can be called."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import REMOVALS
from relupc.model.codes import A303
from relupc.model.diagnostic import Diagnostic
from relupc.model.edit import appended
from relupc.model.lint import Upgrade
from relupc.model.spelling import module_name, spell_atom
from relupc.rules.unlisted import said, unlisted

ON = Upgrade
NOTE = "OTP accepts this: the old module stays loaded until the node restarts"


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    for found in unlisted(upgrade, REMOVALS, new=False):
        app = f"{spell_atom(found[0].post.name)} {found[0].post.vsn}"
        label = f"`{module_name(found[1].name)}` is not in {app}, but nothing here deletes it"
        yield said(upgrade, A303, found, "delete_module", label, NOTE, appended)
