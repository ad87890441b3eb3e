from __future__ import annotations

from dataclasses import replace

from relupc.model.layout import flat
from relupc.model.plan import Relup, Step, plan_of
from relupc.model.source import Source
from relupc.model.term import Atom, List, string, tup
from relupc.read.text import read_first
from relupc.write import file_text, relup_term
from tests.builds import sorted_release

TOP, BASE = sorted_release("2.0", "13.1", List(())), sorted_release("1.0", "13.1", List(()))
UP = plan_of("up", TOP, BASE, (), (Step(Atom("point_of_no_return"), ()),), string("why"))
DOWN = replace(UP, direction="down", description=List(()))


def test_relup_term() -> None:
    first = replace(UP, base=replace(BASE, vsn="0.9"))
    assert flat(relup_term(Relup("2.0", (UP, first), (DOWN,)))) == (
        '{"2.0",[{"1.0","why",[point_of_no_return]},{"0.9","why",[point_of_no_return]}],[{"1.0",[],[point_of_no_return]}]}'
    )
    assert flat(relup_term(Relup("", (), ()))) == "{[],[],[]}"


def test_file_text() -> None:
    assert file_text(tup(string("é"), Atom("maybe")), 25) == '%% coding: utf-8\n{"é",maybe}.\n'
    assert file_text(Atom("maybe"), 27) == "%% coding: utf-8\n'maybe'.\n"


def test_the_file_reads_as_the_term() -> None:
    term = relup_term(Relup("2.0", (UP,), (DOWN,)))
    assert read_first(Source("relup", file_text(term, 25))) == term
