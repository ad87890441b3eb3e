"""A module that starts an Agent of Elixir, in two builds -> that the one that runs keeps what it was started with."""

from __future__ import annotations

from relupc.model.program import Change
from relupc.model.reach import doing
from relupc.propose.way import Action

_STARTS = {("Elixir.Agent", "start"), ("Elixir.Agent", "start_link")}


def keeping(change: Change) -> Action | None:
    """A guess where the function that starts it does something else; None for any other module.

    The process runs Elixir's own code: what it holds is all that changes, and no `code_change` gets at that.
    """
    old, new = change.old, change.new
    if old is None or new is None:
        return None
    starting = (one.fa for one in old.calling(_STARTS) if any(call.called[:2] in _STARTS for call in one.calls))
    if all(doing(old, fa) == doing(new, fa) for fa in starting):
        return None
    why = "it starts an Agent in another way, and one that runs keeps what it has"
    return Action(change.module, "load", why, "guess")
