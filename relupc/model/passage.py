"""A way through a function that ends in a result: what it takes that way, what it calls, and what comes of it."""

from __future__ import annotations

from relupc.model.beam import MFA
from relupc.model.term import Term
from relupc.model.value import NamedTuple


class Passage(NamedTuple):
    """One way through a function, given some arguments.

    `args` are these, with what the function asks of them put in: where it takes only `{add, _}`, a part that was not
    known is that. `calls` are the functions it calls on the way, `result` is what it returns, or the call that it ends
    with.
    """

    args: tuple[Term, ...]
    calls: tuple[MFA, ...]
    result: Term
