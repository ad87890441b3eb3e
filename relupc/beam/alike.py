"""Two modules in, whether they differ in line numbers only: those that calls keep which log, beside the chunk Line."""

from __future__ import annotations

from relupc.beam.chunks import md5
from relupc.beam.etf import BadTerm
from relupc.beam.literals import read_literals
from relupc.beam.raw import BadBeam
from relupc.model.beam import Beam
from relupc.model.term import Atom, Int, List, Map, Term, Tuple

_LITERALS = "LitT"
_LINE = Atom("line")


def same_but_lines(one: Beam, other: Beam) -> bool:
    """Whether the code is the same but for `line` in its literals, where `?LOG_INFO` and Elixir's Logger keep it."""
    if one.md5 == other.md5:
        return True
    if _rest(one) != _rest(other):
        return False
    try:
        before, after = (read_literals(beam.chunks.get(_LITERALS)) for beam in (one, other))
    except (BadBeam, BadTerm):
        return False
    return len(before) == len(after) and all(_without(a) == _without(b) for a, b in zip(before, after, strict=True))


def _rest(beam: Beam) -> bytes:
    return md5({name: chunk for name, chunk in beam.chunks.items() if name != _LITERALS})


def _without(term: Term) -> Term:
    """A literal with 0 for each line number: the value of `line` in a map or a list of pairs."""
    match term:
        case Tuple((Atom("line"), Int())):
            return Tuple((_LINE, Int(0)))
        case Tuple(items):
            return Tuple(tuple(map(_without, items)))
        case List(items, tail):
            return List(tuple(map(_without, items)), tail)
        case Map(pairs):
            return Map(tuple((key, Int(0) if key == _LINE else _without(value)) for key, value in pairs))
    return term
