"""The call of a supervisor about one of its children -> the instruction that makes it."""

from __future__ import annotations

from relupc.model.instruction import apply
from relupc.model.proposal import Confidence, Suggestion
from relupc.model.term import Term


def call(verb: str, name: Term | None, child: Term, why: str = "", confidence: Confidence = "sure") -> Suggestion:
    """`{apply, {supervisor, Verb, [Name, Id]}}`, for a supervisor that is registered."""
    assert name is not None, "only supervisors with a name are called"
    return Suggestion(apply("supervisor", verb, name, child), why, confidence)
