"""C306 code-change-blocks: an upgrade gives a process five seconds for its `code_change`."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import C306
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode
from relupc.model.spelling import function_name
from relupc.model.state import Slow
from relupc.model.term import Int
from relupc.rules.conversions import conversion_of, name_of

ON = ModuleCode
SHORT = 1000  # milliseconds of sleep that nobody minds


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    conversion = conversion_of(code)
    slow = next((one for one in conversion.slow if not is_short(one)), None) if conversion else None
    if conversion is None or slow is None:
        return
    here = slow.inside.module == code.module.name
    way = "" if slow.inside.local == conversion.function else f", by way of `{function_name(*slow.inside)}`"
    yield code.finding(
        C306,
        conversion.function,
        slow.place if here and slow.place else conversion.place,
        f"`{name_of(conversion.function)}` calls `{function_name(*slow.called)}`{way}",
        help="make the call before or after, from the process itself",
        notes=(
            "after 5 seconds OTP ends the upgrade with `code_change_failed`, and the node restarts",
            "the processes of all modules that depend on each other stand still meanwhile",
        ),
    )


def is_short(slow: Slow) -> bool:
    """Whether it is a sleep of no great length."""
    return slow.called.name == "sleep" and isinstance(slow.args[0], Int) and slow.args[0].value <= SHORT
