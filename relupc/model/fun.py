"""Funs of a module that are kept where an upgrade does not reach them: what relupc.analyse found out.

A fun that is made in a module, `fun local/1` too, belongs to the version of the module that made it. When that version
is purged the fun fails with `badfun`; a `fun Module:function/1` is only a name, and leads to new code.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from relupc.model.beam import FA, MFA, Place
from relupc.model.value import NamedTuple

Keeper: TypeAlias = Literal["store", "timer", "handler", "node", "message", "state"]


class KeptFun(NamedTuple):
    """A fun that outlives the function `inside` which gives it away.

    `fun` is what it runs, `arity` how many arguments it takes. `called` keeps it; for a state that is the callback of
    the module that returns it. `helper` is the function of the module that makes this call, where `inside` leaves it to
    one. `brief`: it may well be gone again before an upgrade comes.
    """

    keeper: Keeper
    inside: FA
    fun: FA
    arity: int
    called: MFA
    helper: FA | None
    place: Place | None
    brief: bool = False
