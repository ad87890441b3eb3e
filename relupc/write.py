"""A relup -> its term, and the text of the file that OTP reads.

Counterpart: `systools_relup:write_relup_file/2`.
"""

from __future__ import annotations

from relupc.model.layout import to_text
from relupc.model.plan import Plan, Relup
from relupc.model.term import List, Term, string, tup


def relup_term(relup: Relup) -> Term:
    """`{Vsn, [{From, Description, Script}], [{To, Description, Script}]}`."""
    return tup(string(relup.vsn), _ways(relup.up), _ways(relup.down))


def _ways(plans: tuple[Plan, ...]) -> Term:
    scripts = (List(tuple(step.instruction for step in plan.steps)) for plan in plans)
    return List(tuple(tup(string(p.base.vsn), p.description, script) for p, script in zip(plans, scripts, strict=True)))


def file_text(term: Term, otp: int) -> str:
    """The file that systools writes for a term; to be encoded as UTF-8."""
    return f"%% coding: utf-8\n{to_text(term, otp=otp)}.\n"
