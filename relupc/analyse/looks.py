"""What a value looks like (model Shape): one that is made, and one that is asked what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relupc.model.code import Argument, Part, Test, origin_of
from relupc.model.layout import flat
from relupc.model.state import Shape
from relupc.model.term import Atom, Bin, Float, Fun, Int, List, Map, Str, Term, Tuple, as_atom, is_known

STRUCT = Atom("__struct__")
_TYPES = {Int: "integer", Float: "float", Bin: "binary", List: "list", Str: "list", Atom: "atom", Fun: "function"}


def shape_of(value: Term) -> Shape | None:
    """The shape of a value; None if that is not known. A map has to be known with all its keys."""
    match value:
        case Tuple(items):
            return Shape("tuple", as_atom(items[0]) if items else None, len(items))
        case Map(pairs):
            keys = [key for key, _ in pairs if key != STRUCT]
            struct = dict(pairs).get(STRUCT)
            if not all(map(is_known, keys)) or (struct is not None and not isinstance(struct, Atom)):
                return None
            return Shape("map", as_atom(struct) if struct else None, len(keys), tuple(sorted(keys, key=flat)))
    name = _TYPES.get(type(value))
    return Shape("plain", name) if name else None


def looks(tests: Iterable[Test], number: int) -> Iterator[Shape]:
    """The shapes that a function asks an argument for."""
    mine = [test for test in tests if _is_of(test.value, number)]
    tags = [test for test in mine if _is_of(test.value, number, 0)]
    for test in mine:
        match test.name, test.against:
            case "is_tagged_tuple", (Int(size), Atom(tag)) if _is(test.value, number):
                yield Shape("tuple", tag, size)
            case (("test_arity" | "select_tuple_arity"), sizes) if _is(test.value, number):
                names: list[str | None] = [one.name for tag in tags for one in tag.against if isinstance(one, Atom)]
                for size in (one.value for one in sizes if isinstance(one, Int)):
                    yield from (Shape("tuple", name, size) for name in names or [None])
            case "is_map", _ if _is(test.value, number):
                yield Shape("map", None)
            case _, against if _is_of(test.value, number, STRUCT):
                yield from (Shape("map", one.name) for one in against if isinstance(one, Atom))


def _is(value: Term, number: int) -> bool:
    """Whether a value is an argument."""
    return origin_of(value) == Argument(number)


def _is_of(value: Term, number: int, at: int | Term | None = None) -> bool:
    """Whether a value is an argument or a part of it; with `at` only that part."""
    origin = origin_of(value)
    if isinstance(origin, Part) and _is(origin.whole, number):
        return at is None or origin.at == at
    return at is None and _is(value, number)
