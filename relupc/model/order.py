"""A term in, a sort key out: the order of the keys of a map, and that of `<`.

Numbers < atoms < funs < tuples < maps < lists < binaries; as keys every integer stands before every float
(the Erlang reference manual, "Term Comparisons").
"""

from __future__ import annotations

from typing import Any, TypeAlias

from relupc.model.term import Atom, Bin, Float, Fun, Int, List, Map, Str, Term, Tuple, Unknown

Key: TypeAlias = tuple[Any, ...]

_NIL: Key = (6,)
_CONS: Key = (7,)


def term_order(term: Term, by_value: bool = False) -> Key:
    """A key whose order is the order of Erlang's map keys; with `by_value` that of `<`, where 1 equals 1.0."""
    match term:
        case Int(value):
            return (0, value)
        case Float(value):
            return (0 if by_value else 1, value)
        case Atom(name):
            return (2, name)
        case Fun(module, function, arity):
            return (3, module, function, arity)
        case Tuple(items):
            return (4, len(items), *(term_order(item, by_value) for item in items))
        case Map(pairs):
            keys = [term_order(key) for key, _ in pairs]
            values = [term_order(value, by_value) for _, value in pairs]
            order = sorted(range(len(pairs)), key=keys.__getitem__)
            return (5, len(pairs), *(keys[i] for i in order), *(values[i] for i in order))
        case Str(value):
            return _list_order([(0, ord(char)) for char in value], _NIL)
        case List(items, tail):
            after = _NIL if tail is None else term_order(tail, by_value)
            return _list_order([term_order(item, by_value) for item in items], after)
        case Bin(data, unused):
            return (8, data, len(data) * 8 - unused)
        case Unknown(text):  # no value: it only has to have a place
            return (9, text)


def _list_order(items: list[Key], tail: Key) -> Key:
    """The key of a list: after each element stands what follows it, another element or the tail."""
    if not items:
        return _NIL
    followed = [key for item in items for key in (item, _CONS)]
    followed[-1] = tail
    return (*_CONS, *followed)
