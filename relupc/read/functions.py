"""The functions of OTP that relupc works out in a script: pure ones, whose result is the same in every release.

Arguments and results are known values; a result has no span. Halt stands for OTP's exception. What depends on the
order of a map's keys is left out: it differs between releases.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from operator import itemgetter
from typing import TypeAlias

from relupc.model.order import term_order
from relupc.model.term import Atom, Int, List, Map, Str, Term, Tuple, as_string, string
from relupc.read import conversions
from relupc.read.conversions import items, whole
from relupc.read.halt import MAX_PARTS, TOO_BIG, Halt
from relupc.read.operators import binary, joined, listed, truth

Function: TypeAlias = Callable[..., Term]


def known(module: str, name: str, arity: int) -> Function | None:
    """The function, if relupc works it out. `module` is `erlang` for one that is called without a module."""
    return TABLE.get((module, name, arity))


def _append(lists: Term) -> Term:
    parts = items(lists)
    if not parts:
        return lists
    return joined(listed([item for part in parts[:-1] for item in items(part)]), parts[-1])


def _reverse(value: Term, tail: Term = List(())) -> Term:  # noqa: B008 - a term never changes
    return joined(listed(items(value)[::-1]), tail)


def _flatten(value: Term) -> Term:
    flat: list[Term] = []
    waiting = [iter(items(value))]
    while waiting:
        part = next(waiting[-1], None)
        if part is None:
            waiting.pop()
        elif isinstance(part, List | Str):
            waiting.append(iter(items(part)))
        else:
            flat.append(part)
    return listed(flat)


def _sort(value: Term) -> Term:
    ordered = sorted(((term_order(item, True), item) for item in items(value)), key=itemgetter(0))
    if any(one[0] == other[0] and one[1] != other[1] for one, other in pairwise(ordered)):
        raise Halt("relupc does not know the order of 1 and 1.0")
    return listed([item for _, item in ordered])


def _usort(value: Term) -> Term:
    return listed(list(dict.fromkeys(items(_sort(value)))))


def _seq(first: Term, last: Term, step: Term = Int(1)) -> Term:  # noqa: B008
    low, high, by = whole(first), whole(last), whole(step)
    if by == 0 and low == high:
        return listed([first])
    if by == 0 or (high - low + by) * by < 0:
        raise Halt
    count = (high - low) // by + 1
    if count > MAX_PARTS:
        raise Halt(TOO_BIG)
    return listed([Int(low + by * number) for number in range(count)])


def _nth(place: Term, value: Term) -> Term:
    index = whole(place)
    elements = value.items if isinstance(value, List) else items(value)
    if not 1 <= index <= len(elements):
        raise Halt
    return elements[index - 1]


def _nthtail(count: Term, value: Term) -> Term:
    if not 0 <= whole(count) <= len(items(value)):
        raise Halt
    return listed(items(value)[whole(count) :])


def _last(value: Term) -> Term:
    if not items(value):
        raise Halt
    return items(value)[-1]


def _droplast(value: Term) -> Term:
    if not items(value):
        raise Halt
    return listed(items(value)[:-1])


def _sublist(value: Term, *place: Term) -> Term:
    *start, count = map(whole, place)
    first = start[0] if start else 1
    if count < 0 or first < 1:
        raise Halt
    return listed(items(value)[first - 1 : first - 1 + count])


def _delete(item: Term, value: Term) -> Term:
    return binary("--", value, List((item,)))


def _duplicate(count: Term, item: Term) -> Term:
    if whole(count) < 0:
        raise Halt
    if whole(count) > MAX_PARTS:
        raise Halt(TOO_BIG)
    return listed([item] * whole(count))


def _keyfind(key: Term, place: Term, value: Term) -> Term:
    index, wanted = whole(place), term_order(key, True)
    if index < 1:
        raise Halt
    for item in items(value):
        if isinstance(item, Tuple) and len(item.items) >= index and term_order(item.items[index - 1], True) == wanted:
            return item
    return truth(False)


def _keymember(key: Term, place: Term, value: Term) -> Term:
    return truth(isinstance(_keyfind(key, place, value), Tuple))


def _zip(first: Term, second: Term) -> Term:
    if len(items(first)) != len(items(second)):
        raise Halt
    return List(tuple(Tuple(pair) for pair in zip(items(first), items(second), strict=True)))


def _between(separator: Term, value: Term) -> Term:
    """lists:join/2."""
    parted = [part for item in items(value) for part in (separator, item)]
    return listed(parted[1:])


def _text(value: Term) -> str:
    """A string; the functions for strings take other lists too."""
    found = as_string(value)
    if found is None:
        raise Halt("relupc works this out for text only")
    return found


def _joined_text(strings: Term, separator: Term) -> Term:
    """string:join/2."""
    texts, between = [_text(item) for item in items(strings)], _text(separator)
    if sum(map(len, texts)) + len(between) * len(texts) > MAX_PARTS:
        raise Halt(TOO_BIG)
    return string(between.join(texts))


def _tokens(value: Term, separators: Term) -> Term:
    """string:tokens/2."""
    text, marks = _text(value), _text(separators)
    parts = text.translate(dict.fromkeys(map(ord, marks), marks[0])).split(marks[0]) if marks else [text]
    return List(tuple(Str(part) for part in parts if part))


def _pairs(value: Term) -> dict[Term, tuple[Term, Term]]:
    if not isinstance(value, Map):
        raise Halt
    return {key: (key, item) for key, item in value.pairs}


def _mapped(pairs: dict[Term, tuple[Term, Term]]) -> Term:
    return Map(tuple(pairs.values()))


def _from_list(value: Term) -> Term:
    pairs = [item.items for item in items(value) if isinstance(item, Tuple) and len(item.items) == 2]
    if len(pairs) != len(items(value)):
        raise Halt
    return _mapped({key: (key, item) for key, item in pairs})


def _map_get(key: Term, value: Term, *default: Term) -> Term:
    found = _pairs(value).get(key)
    if found is None and not default:
        raise Halt
    return found[1] if found else default[0]


def _map_update(key: Term, item: Term, value: Term) -> Term:
    _map_get(key, value)
    return _mapped(_pairs(value) | {key: (key, item)})


def _map_remove(key: Term, value: Term) -> Term:
    return _mapped({k: pair for k, pair in _pairs(value).items() if k != key})


def _map_select(keys: Term, value: Term, *, there: bool) -> Term:
    wanted = set(items(keys))
    return _mapped({k: pair for k, pair in _pairs(value).items() if (k in wanted) == there})


def _get_value(key: Term, value: Term, default: Term = Atom("undefined")) -> Term:  # noqa: B008
    found = _property(key, value)
    if isinstance(found, Tuple):
        return found.items[1] if len(found.items) == 2 else default
    return default if found is None else truth(True)


def _property(key: Term, value: Term) -> Term | None:
    for item in items(value):
        if (isinstance(item, Atom) and item == key) or (isinstance(item, Tuple) and item.items[:1] == (key,)):
            return item
    return None


TABLE: dict[tuple[str, str, int], Function] = {
    ("lists", "append", 1): _append,
    ("lists", "append", 2): joined,
    ("lists", "concat", 1): conversions.concat,
    ("lists", "delete", 2): _delete,
    ("lists", "droplast", 1): _droplast,
    ("lists", "duplicate", 2): _duplicate,
    ("lists", "flatten", 1): _flatten,
    ("lists", "join", 2): _between,
    ("lists", "keyfind", 3): _keyfind,
    ("lists", "keymember", 3): _keymember,
    ("lists", "last", 1): _last,
    ("lists", "member", 2): lambda item, value: truth(item in items(value)),
    ("lists", "nth", 2): _nth,
    ("lists", "nthtail", 2): _nthtail,
    ("lists", "reverse", 1): _reverse,
    ("lists", "reverse", 2): _reverse,
    ("lists", "seq", 2): _seq,
    ("lists", "seq", 3): _seq,
    ("lists", "sort", 1): _sort,
    ("lists", "sublist", 2): _sublist,
    ("lists", "sublist", 3): _sublist,
    ("lists", "subtract", 2): lambda left, right: binary("--", left, right),
    ("lists", "usort", 1): _usort,
    ("lists", "zip", 2): _zip,
    ("maps", "from_list", 1): _from_list,
    ("maps", "get", 2): _map_get,
    ("maps", "get", 3): _map_get,
    ("maps", "is_key", 2): lambda key, value: truth(key in _pairs(value)),
    ("maps", "merge", 2): lambda first, second: _mapped(_pairs(first) | _pairs(second)),
    ("maps", "new", 0): lambda: Map(()),
    ("maps", "put", 3): lambda key, item, value: _mapped(_pairs(value) | {key: (key, item)}),
    ("maps", "remove", 2): _map_remove,
    ("maps", "size", 1): lambda value: Int(len(_pairs(value))),
    ("maps", "update", 3): _map_update,
    ("maps", "with", 2): lambda keys, value: _map_select(keys, value, there=True),
    ("maps", "without", 2): lambda keys, value: _map_select(keys, value, there=False),
    ("proplists", "get_value", 2): _get_value,
    ("proplists", "get_value", 3): _get_value,
    ("proplists", "is_defined", 2): lambda key, value: truth(_property(key, value) is not None),
    ("string", "concat", 2): joined,
    ("string", "join", 2): _joined_text,
    ("string", "tokens", 2): _tokens,
    **conversions.TABLE,
}
