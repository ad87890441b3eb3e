"""A bound on the work that a question may take."""

from __future__ import annotations

from relupc.model.value import dataclass


@dataclass(slots=True)
class Budget:
    """How much work is left: states of the machine."""

    left: int
