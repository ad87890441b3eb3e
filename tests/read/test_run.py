from __future__ import annotations

import pytest

from relupc.model.source import Source, Span
from relupc.model.term import Atom, Int, List, Map, Str, Term, Tuple, Unknown
from relupc.read.file import MAX_DEPTH
from relupc.read.halt import FAILS, MAX_PARTS, TOO_BIG, Halt
from relupc.read.run import MAX_NOTES, MAX_WORK, WRONG, Run

SOURCE = Source("x", "abc")


def run() -> Run:
    return Run(SOURCE, {"A": Int(1)}, {"VSN"})


def test_terms_are_measured() -> None:
    term = Tuple((Str("ab"), Map(((Atom("a"), List((Int(1),), Atom("b"))),))))
    assert run().measure(term) == (1 + 3 + 1 + 1 + 3, 4, True)
    assert not run().known(Int(1), List((Unknown("f()"),)))


def test_a_term_in_many_places_is_measured_once() -> None:
    started = run()
    term: Term = List((Atom("a"),))
    for _ in range(MAX_DEPTH - 2):
        term = List((term, term))
    assert started.measure(term).parts > 2**100
    assert started.left > MAX_WORK - 1000


def test_what_is_too_big_or_too_deep() -> None:
    deep: Term = Atom("a")
    for _ in range(MAX_DEPTH):
        deep = List((deep,))
    for term in (deep, List((Int(1),) * (MAX_PARTS + len(SOURCE.text)))):
        with pytest.raises(Halt) as halt:
            run().bounded(term)
        assert halt.value.label == TOO_BIG
    assert run().bounded(List((Int(1),) * MAX_PARTS))


def test_work_comes_to_an_end_and_that_is_said_once() -> None:
    started = run()
    term = List((Int(1),) * MAX_PARTS)
    said = []
    for _ in range(100):
        try:
            started.spend(term)
        except Halt as halt:
            said.append(halt.label)
    assert len(said) > 50
    assert [label for label in said if label] == said[:1]


def test_notes_are_bounded() -> None:
    started = run()
    for number in range(2 * MAX_NOTES):
        started.note(Span(SOURCE, 0, 1), f"{number}" if number else FAILS)
    started.note(Span(SOURCE, 0, 1), "")
    assert len(started.notes) == MAX_NOTES
    assert [note.help == WRONG for note in started.notes[:2]] == [True, False]


def test_a_variable_keeps_its_value() -> None:
    started = run()
    started.bind_unknown(["A", "B"])
    assert started.values == {"A": Int(1), "B": Unknown("B")}
