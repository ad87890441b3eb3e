"""The options of a run -> whose rules count."""

from __future__ import annotations

from relupc.model.codes import T008
from relupc.model.diagnostic import SEVERITIES, Problems
from relupc.model.otp import NEWEST_OTP, OLDEST_OTP
from relupc.model.outcome import Options


def asked_otp(options: Options, problems: Problems) -> int | None:
    """The OTP asked for, if any; what is no option is reported."""
    if options.fail_on not in (*SEVERITIES, "never"):
        label = f"`{options.fail_on}` is no severity"
        problems.add(T008.at(None, label, path="--fail-on", help="name error, warning, note or never"))
    if options.otp is None:
        return None
    major = str(options.otp).partition(".")[0]
    if major in map(str, range(OLDEST_OTP, NEWEST_OTP + 1)):
        return int(major)
    label = f"`{options.otp}` is no OTP whose rules are known"
    problems.add(T008.at(None, label, path="--otp", help=f"name one from {OLDEST_OTP} to {NEWEST_OTP}"))
    return None
