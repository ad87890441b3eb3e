"""A401 depmods-missing: code runs while a module that it calls is not yet, or no longer, what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A401
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import UpgradeCode
from relupc.rules.groups import tied
from relupc.rules.windows import is_joined, said

ON = UpgradeCode


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    about = tied(code) if code.windows else {}
    for window in code.windows:
        if not is_joined(code, window):
            yield said(code, window, about, A401)
