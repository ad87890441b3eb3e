"""The functions of the module erlang that relupc works out in a script, and what arguments must be.

As in functions.py: known values in and out, Halt for OTP's exception.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from relupc.model.order import term_order
from relupc.model.term import Atom, Bin, Float, Int, List, Map, Str, Term, Tuple, as_list, as_string, string
from relupc.read.file import MAX_ATOM
from relupc.read.halt import MAX_BITS, TOO_BIG, Halt
from relupc.read.literals import MAX_DIGITS
from relupc.read.operators import joined, listed, truth, unary

_INTEGER = re.compile(r"[+-]?[0-9]+")


def items(value: Term) -> tuple[Term, ...]:
    """The elements of what must be a proper list."""
    found = as_list(value)
    if found is None:
        raise Halt
    return found


def text(value: Term) -> str:
    """What must be a string."""
    found = as_string(value)
    if found is None:
        raise Halt
    return found


def whole(value: Term) -> int:
    """What must be an integer."""
    if not isinstance(value, Int):
        raise Halt
    return value.value


def concat(value: Term) -> Term:
    """lists:concat/1: the texts of atoms and integers, and the elements of lists, in one list."""
    parts: list[Term] = []
    for part in items(value):
        if isinstance(part, Float):
            raise Halt("relupc does not write floats")
        if isinstance(part, Atom | Int):
            parts += items(_atom_to_list(part) if isinstance(part, Atom) else _integer_to_list(part))
        else:
            parts += items(part)
    return listed(parts)


def _name(value: Term) -> str:
    if not isinstance(value, Atom):
        raise Halt
    return value.name


def _atom(name: str) -> Term:
    if len(name) > MAX_ATOM:
        raise Halt
    return Atom(name)


def _atom_to_list(value: Term) -> Term:
    return string(_name(value))


def _integer_to_list(value: Term) -> Term:
    return string(str(whole(value)))


def _integer(digits: str) -> Term:
    if not _INTEGER.fullmatch(digits):
        raise Halt
    if len(digits) > MAX_DIGITS or int(digits).bit_length() > MAX_BITS:
        raise Halt(TOO_BIG)
    return Int(int(digits))


def _bytes(value: Term) -> bytes:
    """What must be a binary of whole bytes."""
    if not isinstance(value, Bin) or value.unused:
        raise Halt
    return value.data


def _decoded(value: Term) -> str:
    try:
        return _bytes(value).decode("utf-8")
    except UnicodeDecodeError:
        raise Halt from None


def _iolist(value: Term) -> bytes:
    """The bytes of an iolist, or of a binary."""
    if isinstance(value, Bin):
        return _bytes(value)
    if not isinstance(value, List | Str):
        raise Halt
    parts: list[bytes] = []
    waiting: list[Term] = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Int) and 0 <= part.value < 256:
            parts.append(bytes((part.value,)))
        elif isinstance(part, List):
            tail = [] if part.tail is None else [part.tail]
            if any(isinstance(end, Int) for end in tail):
                raise Halt
            waiting += [*tail, *reversed(part.items)]
        elif isinstance(part, Str):
            parts.append(_latin_1(part.value))
        else:
            parts.append(_bytes(part))
    return b"".join(parts)


def _latin_1(characters: str) -> bytes:
    try:
        return characters.encode("latin-1")
    except UnicodeEncodeError:
        raise Halt from None


def _list_to_binary(value: Term) -> Term:
    if isinstance(value, Bin):
        raise Halt
    return Bin(_iolist(value))


def _tuple(value: Term) -> Tuple:
    if not isinstance(value, Tuple):
        raise Halt
    return value


def _element(place: Term, value: Term) -> Term:
    index, elements = whole(place), _tuple(value).items
    if not 1 <= index <= len(elements):
        raise Halt
    return elements[index - 1]


def _setelement(place: Term, value: Term, item: Term) -> Term:
    _element(place, value)
    elements, index = _tuple(value).items, whole(place)
    return Tuple((*elements[: index - 1], item, *elements[index:]))


def _hd(value: Term) -> Term:
    if isinstance(value, List) and value.items:
        return value.items[0]
    return Int(ord(text(value)[0])) if isinstance(value, Str) else _fail()


def _tl(value: Term) -> Term:
    if isinstance(value, List) and value.items:
        return joined(listed(value.items[1:]), value.tail or List(()))
    return string(value.value[1:]) if isinstance(value, Str) else _fail()


def _fail() -> Term:
    raise Halt


def _map_size(value: Term) -> Term:
    return Int(len(value.pairs)) if isinstance(value, Map) else _fail()


def _abs(value: Term) -> Term:
    negative = isinstance(value, Int | Float) and value.value < 0
    return unary("-" if negative else "+", value)


def _greater(first: Term, second: Term) -> Term:
    return first if term_order(first, True) >= term_order(second, True) else second


def _smaller(first: Term, second: Term) -> Term:
    return first if term_order(first, True) <= term_order(second, True) else second


def _is(*kinds: type) -> Callable[[Any], Term]:
    return lambda value: truth(isinstance(value, kinds))


_FUNCTIONS: dict[str, tuple[int, Callable[..., Term]]] = {
    "abs": (1, _abs),
    "atom_to_binary": (1, lambda value: Bin(_name(value).encode("utf-8"))),
    "atom_to_list": (1, _atom_to_list),
    "binary_to_atom": (1, lambda value: _atom(_decoded(value))),
    "binary_to_integer": (1, lambda value: _integer(_bytes(value).decode("latin-1"))),
    "binary_to_list": (1, lambda value: listed([Int(byte) for byte in _bytes(value)])),
    "byte_size": (1, lambda value: Int(len(value.data)) if isinstance(value, Bin) else _fail()),
    "element": (2, _element),
    "hd": (1, _hd),
    "integer_to_binary": (1, lambda value: Bin(str(whole(value)).encode())),
    "integer_to_list": (1, _integer_to_list),
    "iolist_to_binary": (1, lambda value: Bin(_iolist(value))),
    "is_atom": (1, _is(Atom)),
    "is_binary": (1, lambda value: truth(isinstance(value, Bin) and not value.unused)),
    "is_integer": (1, _is(Int)),
    "is_list": (1, _is(List, Str)),
    "is_map": (1, _is(Map)),
    "is_tuple": (1, _is(Tuple)),
    "length": (1, lambda value: Int(len(items(value)))),
    "list_to_atom": (1, lambda value: _atom(text(value))),
    "list_to_binary": (1, _list_to_binary),
    "list_to_integer": (1, lambda value: _integer(text(value))),
    "list_to_tuple": (1, lambda value: Tuple(items(value))),
    "map_size": (1, _map_size),
    "max": (2, _greater),
    "min": (2, _smaller),
    "setelement": (3, _setelement),
    "tl": (1, _tl),
    "tuple_size": (1, lambda value: Int(len(_tuple(value).items))),
    "tuple_to_list": (1, lambda value: listed(_tuple(value).items)),
}
TABLE = {("erlang", name, arity): function for name, (arity, function) in _FUNCTIONS.items()}
