from __future__ import annotations

from relupc.model.codes import C101, C102
from relupc.model.diagnostic import Diagnostic, Severity, Subject
from relupc.model.program import Bounded
from relupc.rules.both import of_both


def found(code: object, function: str, severity: Severity, label: str) -> Diagnostic:
    rule = C101 if code == "C101" else C102
    return rule.at(None, label, path="shop.erl", subject=Subject("shop", "shop", function), severity=severity)


def test_what_is_said_of_both() -> None:
    """The lower bound is surely there, so its words count; whichever is milder counts."""
    most = [
        found("C101", "f/0", "note", "most"),
        found("C101", "g/0", "warning", "most"),
        found("C102", "h/0", "note", ""),
    ]
    least = [
        found("C101", "f/0", "warning", "least"),
        found("C101", "g/0", "note", "least"),
        found("C101", "h/0", "note", ""),
    ]
    # Findings stand for the code that they are said of.
    bounds = Bounded(most, least)  # type: ignore[arg-type]
    said = list(of_both(bounds, lambda one: one))
    assert [(d.subject.function, d.severity, d.label) for d in said] == [
        ("f/0", "note", "least"),
        ("g/0", "note", "least"),
    ]
