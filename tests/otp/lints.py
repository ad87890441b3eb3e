"""Cases through `relupc lint`, and OTP's answers -> the difference, in one sentence, or None.

OTP looks at the entries that an upgrade uses, lint at all of them; and some things hurt only when a relup is installed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from relupc.api.lint import examine
from relupc.model.codes import T003, T008
from relupc.model.config import Config
from relupc.model.diagnostic import Diagnostic
from relupc.model.outcome import Options
from tests.otp import case
from tests.otp.oracle import Answer
from tests.otp.releases import Made

#: Errors of lint that OTP does not mind while it makes the relup: their pages say how they hurt when it is installed.
AT_RUN_TIME = ["A002", "A003", "A005", "A116", "A117", "A201", "A302", "A304", "A407", "A604", "R001", "R005", "R022"]
#: Errors that OTP has too, but only for an entry that it uses.
BY_ENTRY = ["A008", "A101", "A102", "A103", "A107"]


def both_ways(made: Made) -> Made:
    """The same case from and to every old release, as lint looks at it, with nothing but errors to stop for."""
    names = [base if isinstance(base, str) else base[0] for base in (*made.call.up_from, *made.call.down_to)]
    bases = tuple(dict.fromkeys(names))
    return Made(replace(made.call, up_from=bases, down_to=bases, restart=False, fail_on="error"), made.files)


def run(directory: Path) -> Sequence[Diagnostic]:
    """What lint says of a case, with nothing but its search path."""
    call = case.read(directory)
    old = [base if isinstance(base, str) else base[0] for base in call.up_from]
    with contextlib.chdir(directory):
        linted = examine([f"{call.new}.rel"], old, Options(call.path, isolated=True, otp=25), Config())
    return linted.diagnostics


def difference(answer: Answer, said: Sequence[Diagnostic]) -> str | None:
    """What lint has wrong, if OTP is right."""
    errors = [d for d in said if d.severity == "error"]
    if answer.error is not None:
        classes = {d.otp.error_class for d in errors if d.otp}
        if answer.error.error_class in classes or any(d.code in (T003, T008) for d in errors):
            return None  # lint asks what a path is before it asks for a release
        return f"lint does not say what OTP says, {answer.error.error_class} {answer.error.term}, but {sorted(classes)}"
    wrong = [d.one_line for d in errors if d.code.code not in (*AT_RUN_TIME, *BY_ENTRY)]
    return f"lint calls an error what OTP accepts: {'; '.join(wrong)}" if wrong else None
