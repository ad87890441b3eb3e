"""A405 cross-app-downgrade-order: OTP takes the libraries back first, while their users still run the newer code."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A405
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import UpgradeCode
from relupc.rules.groups import tied
from relupc.rules.windows import is_joined, said

ON = UpgradeCode
NOTE = "OTP joins the appups in the order in which applications need each other, on the way down too"


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    about = tied(code) if code.windows else {}
    for window in code.windows:
        if is_joined(code, window):
            yield said(code, window, about, A405, NOTE)
