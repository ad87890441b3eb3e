"""A case, OTP's answer and relupc's -> the difference, in one sentence, or None."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import relupc
from tests.otp import case
from tests.otp.oracle import Answer, Said

#: Where relupc need not say what OTP says, as long as both refuse: a pattern of OTP's class and term, one of
#: relupc's classes, and why.
EXCEPTIONS = (
    (r"\{case_clause,\{error,tokens\}\}", "", "OTP's reader crashes over a file that starts with no UTF-8"),
    ("", "systools_make/not_found", "relupc looks for all releases before it reads the first"),
)
#: Classes whose term holds a stack trace of OTP's, so that only the class can be equal.
TRACES = ("/EXIT", "systools_rc/function_clause", "systools_rc/badarg")


@dataclass(frozen=True, slots=True)
class Mine:
    """What relupc makes of a case: the relup's text, or why not; and OTP's words for its errors and warnings."""

    text: str | None
    errors: tuple[Said, ...]
    warnings: tuple[Said, ...]
    messages: str


def run_relupc(directory: Path) -> Mine:
    """What relupc makes of a case."""
    try:
        done = compiled(directory)
    except relupc.RelupcError as refused:
        said, text = refused.diagnostics, None
    else:
        said, text = list(done.diagnostics), done.text
    found = {
        severity: tuple(Said(d.otp.error_class, d.otp.term) for d in said if d.otp and d.severity == severity)
        for severity in ("error", "warning")
    }
    return Mine(text, found["error"], found["warning"], "; ".join(d.one_line for d in said if d.severity == "error"))


def compiled(directory: Path) -> relupc.Compiled:
    """Compile a case as OTP is asked to: in its directory, with nothing but its search path."""
    call = case.read(directory)
    up, down = (
        [base if isinstance(base, str) else f"{base[0]}={base[1]}" for base in bases]
        for bases in (call.up_from, call.down_to)
    )
    with contextlib.chdir(directory):
        return relupc.compile(
            call.new,
            up_from=up,
            down_to=down,
            path=call.path,
            isolated=True,
            otp=25,
            restart=call.restart,
            lint=False,
            fail_on=call.fail_on,
        )


def difference(answer: Answer, mine: Mine) -> str | None:
    """What relupc has wrong, if OTP is right."""
    if answer.error is None:
        return _accepted(answer, mine)
    if mine.text is not None:
        return f"relupc accepts what OTP refuses with {answer.error.error_class}: {answer.error.term}"
    if _excepted(answer.error, mine):
        return None
    if answer.error.error_class not in {said.error_class for said in mine.errors}:
        said_instead = [said.error_class for said in mine.errors] or mine.messages
        return f"OTP says {answer.error.error_class} {answer.error.term}, relupc {said_instead}"
    if answer.error.term in {said.term for said in mine.errors} or answer.error.error_class.endswith(TRACES):
        return warnings_differ(answer, mine)
    terms = [said.term for said in mine.errors if said.error_class == answer.error.error_class]
    return f"OTP's term for {answer.error.error_class} is {answer.error.term}, relupc's {terms}"


def _excepted(theirs: Said, mine: Mine) -> bool:
    said = f"{theirs.error_class} {theirs.term}"
    own = {error.error_class for error in mine.errors}
    return any(re.search(pattern, said) and (not only or own == {only}) for pattern, only, _ in EXCEPTIONS)


def _accepted(answer: Answer, mine: Mine) -> str | None:
    if mine.text is None:
        return f"relupc refuses what OTP accepts: {mine.messages}"
    if mine.text.encode() != answer.relup:
        order = " (an order that OTP leaves to chance)" if answer.free else ""
        return f"another relup{order}: {_first_difference(mine.text, (answer.relup or b'').decode())}"
    return warnings_differ(answer, mine)


def warnings_differ(answer: Answer, mine: Mine) -> str | None:
    """Whether both warn of the same, in any order; OTP warns only where it makes a relup, or refuses for that."""
    if not answer.warnings and answer.error is not None:
        return None
    lost, added = Counter(answer.warnings) - Counter(mine.warnings), Counter(mine.warnings) - Counter(answer.warnings)
    if lost or added:
        return f"OTP's warnings that relupc has not: {[*lost]}; relupc's that OTP has not: {[*added]}"
    return None


def _first_difference(mine: str, theirs: str) -> str:
    pairs = zip([*mine.splitlines(), ""], [*theirs.splitlines(), ""], strict=False)
    number, (one, other) = next((n, p) for n, p in enumerate(pairs, 1) if p[0] != p[1] or not p[0])
    return f"line {number} is {one!r}, OTP's {other!r}"
