"""A term in, a sort key out: the order of the keys of a map.

Numbers < atoms < funs < tuples < maps < lists < binaries; every integer stands before every float
(the Erlang reference manual, "Term Comparisons").
"""

from __future__ import annotations

from typing import Any, TypeAlias

from relupc.model.term import Atom, Bin, Float, Fun, Int, List, Map, Str, Term, Tuple

Key: TypeAlias = tuple[Any, ...]

_NIL: Key = (6,)
_CONS: Key = (7,)


def term_order(term: Term) -> Key:
    """A key whose order is the order of Erlang's map keys."""
    match term:
        case Int(value):
            return (0, value)
        case Float(value):
            return (1, value)
        case Atom(name):
            return (2, name)
        case Fun(module, function, arity):
            return (3, module, function, arity)
        case Tuple(items):
            return (4, len(items), *map(term_order, items))
        case Map(pairs):
            keys = list(map(term_order, [key for key, _ in pairs]))
            values = list(map(term_order, [value for _, value in pairs]))
            order = sorted(range(len(pairs)), key=keys.__getitem__)
            return (5, len(pairs), *(keys[i] for i in order), *(values[i] for i in order))
        case Str(value):
            return _list_order([(0, ord(char)) for char in value], _NIL)
        case List(items, tail):
            return _list_order(list(map(term_order, items)), _NIL if tail is None else term_order(tail))
        case Bin(data, unused):
            return (8, data, len(data) * 8 - unused)


def _list_order(items: list[Key], tail: Key) -> Key:
    """The key of a list: after each element stands what follows it, another element or the tail."""
    if not items:
        return _NIL
    followed = [key for item in items for key in (item, _CONS)]
    followed[-1] = tail
    return (*_CONS, *followed)
