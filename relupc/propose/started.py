"""A supervisor that runs, and its next `init/1` -> an argument that it was started with, which this does not take."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.beam import FA
from relupc.model.program import Program
from relupc.model.supervision import Process
from relupc.model.term import Atom, Term
from relupc.propose.way import Way

INIT = FA("init", 1)


def refused(way: Way, name: str) -> Term | None:
    """The argument that the new `init/1` has no clause for; None where it takes all that one knows of.

    An update has the supervisor call it again, with what the old `start_link` gave (supervisor:code_change/3).
    """
    module = way.post.modules[name]
    given = dict.fromkeys(one.args[one.args.index(Atom(name)) + 1] for one in _starts(way.pre, name))
    return next((one for one in given if module.passages(INIT, (one,)) == ()), None)


def _starts(program: Program, name: str) -> Iterator[Process]:
    """The calls that start it: with arguments put in where the tree tells them, else as they stand in the code."""
    known = [one for several in program.roots.values() for one in several]
    known += (
        child.runs
        for several in program.supervisors.values()
        for one in several
        for child in one.children
        if child.runs
    )
    found = [one for one in known if one.module == name and Atom(name) in one.args[:-1]]
    if not found:
        everywhere = (one for several in program.starts.values() for one in several)
        found = [one for one in everywhere if one.module == name and Atom(name) in one.args[:-1]]
    yield from found
