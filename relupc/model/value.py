"""`dataclass`, `field`, `replace` and `NamedTuple` of the standard library, at a small part of their price at start-up.

Type checkers see those of `dataclasses` and `typing`; so does who calls `dataclasses.fields` or `asdict` with a value.
What runs is this: classes with slots whose methods are written as there, but each at its first use only, and most never
are; a value is filled by `__new__` in place of `__init__`. Nothing of `dataclasses` is imported. The figures are in
docs/decisions/015-values.md.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["NamedTuple", "dataclass", "field", "replace"]

_T = TypeVar("_T")
_ABSENT = object()  # the default of a field, or of an argument, that has none
_Written = tuple[str, dict[str, Any]]  # the text of a function, and what it knows


def _lazily(name: str, write: Callable[[type], _Written]) -> Callable[..., Any]:
    """A method that at its first call is written, and put in the place of this one."""

    def first(this: Any, *args: Any, **named: Any) -> Any:
        cls = this if name == "__new__" else type(this)
        text, known = write(cls)
        exec(text, known)
        made: Callable[..., Any] = known[name]
        setattr(cls, name, staticmethod(made) if name == "__new__" else made)
        return made(this, *args, **named)

    return first


def _getters() -> tuple[Any, ...]:
    """What reads each element of a named tuple: those of one of the standard library that has more than any here."""
    make: Any = namedtuple
    longest = make("longest", [f"at_{at}" for at in range(32)])
    return tuple(vars(longest)[name] for name in longest._fields)


class _TupleType(type):
    """The type of the classes below NamedTuple while they are made; what is made is an ordinary class of tuples."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        names = tuple(body.get("__annotations__", ()))
        assert len(names) <= len(_GETTERS), "each element needs what reads it"
        defaults = {field: body.pop(field) for field in names if field in body}
        made = dict(zip(names, _GETTERS, strict=False)) | _TUPLE_METHODS | body
        made["__new__"] = _lazily("__new__", partial(_write_new_tuple, names=names, defaults=defaults))
        made |= {"__slots__": (), "__match_args__": names, "_fields": names, "_field_defaults": defaults}
        return type(name, (tuple,), made)


def _write_new_tuple(_: type, names: tuple[str, ...], defaults: Mapping[str, Any]) -> _Written:
    takes = ", ".join(f"{name}=_default_{name}" if name in defaults else name for name in names)
    text = f"def __new__(_cls, {takes}): return _new(_cls, ({''.join(f'{name}, ' for name in names)}))"
    return text, {"_new": tuple.__new__} | {f"_default_{name}": value for name, value in defaults.items()}


def _repr_tuple(self: Any) -> str:
    return f"{type(self).__name__}({', '.join(f'{n}={v!r}' for n, v in zip(self._fields, self, strict=True))})"


def _replace_in(self: Any, /, **changes: Any) -> Any:
    return type(self)(**(self._asdict() | changes))


_GETTERS = _getters()
_TUPLE_METHODS: dict[str, Any] = {
    "__repr__": _repr_tuple,
    "__getnewargs__": lambda self: (*self,),
    "_asdict": lambda self: dict(zip(self._fields, self, strict=True)),
    "_make": classmethod(tuple.__new__),
    "_replace": _replace_in,
}

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
    from typing import NamedTuple
else:
    NamedTuple = type.__new__(_TupleType, "NamedTuple", (), {})


class _Field(NamedTuple):
    """What is said of a field: its default or what makes one, and which methods look at it."""

    default: Any = _ABSENT
    default_factory: Callable[[], Any] | None = None
    compare: bool = True
    hash: bool | None = None
    repr: bool = True


_Fields = Mapping[str, _Field]


def _dataclass(*, frozen: bool = False, slots: bool, eq: bool = True) -> Callable[[type], type]:
    """As `dataclasses.dataclass`, for classes that inherit nothing; what a class defines itself is kept."""
    assert slots, "a value has slots"
    return lambda cls: _value_class(cls, frozen=frozen, eq=eq)


def _value_class(cls: type, *, frozen: bool, eq: bool) -> type:
    names = tuple(cls.__annotations__)
    said = {name: cls.__dict__.get(name, _ABSENT) for name in names}
    fields = {name: what if isinstance(what, _Field) else _Field(what) for name, what in said.items()}
    body: dict[str, Any] = {"__slots__": names, "__match_args__": names, "__qualname__": cls.__qualname__}
    body["__new__"] = _lazily("__new__", _write_new)
    body |= {"__repr__": _repr, "__reduce__": _reduce, "__dataclass_fields__": _StandardFields(fields)}
    if frozen:
        body |= {"__setattr__": _refuse, "__delattr__": _refuse}
    if eq:
        compared = [name for name, field in fields.items() if field.compare]
        hashed = [name for name, field in fields.items() if (field.compare if field.hash is None else field.hash)]
        body["__eq__"] = _lazily("__eq__", partial(_write_eq, names=compared))
        body["__hash__"] = _lazily("__hash__", partial(_write_hash, names=hashed)) if frozen else None
    own = {name: what for name, what in cls.__dict__.items() if name not in (*names, "__dict__", "__weakref__")}
    return type(cls.__name__, (), body | own)


def maker(cls: type[_T]) -> type[_T]:
    """A function that makes what a call of the class makes, in two thirds of the time: where there are many.

    Python takes a detour from a call of a class to its `__new__`.
    """
    text, known = _write_new(cls, "make", "")
    exec(text, known)
    return known["make"]  # type: ignore[no-any-return]


def _write_new(cls: type, name: str = "__new__", first: str = "cls, ") -> _Written:
    """A class that refuses changes cannot fill its own instances, and `object.__setattr__` takes twice the time.

    So they begin as instances of another class that has the same slots, and no `__new__` that would be called.
    """
    fields: _Fields = cls.__dict__["__dataclass_fields__"].fields
    draft = type(cls.__name__, (), {"__slots__": tuple(fields)})
    known: dict[str, Any] = {"_cls": cls, "_draft": draft, "_absent": _ABSENT}
    takes, lines = [], ["self = _draft()"]
    for at, field in fields.items():
        known |= {f"_default_{at}": field.default, f"_make_{at}": field.default_factory}
        optional = field.default_factory or field.default is not _ABSENT
        takes.append(f"{at}=_default_{at}" if optional else at)
        value = f"_make_{at}() if {at} is _absent else {at}" if field.default_factory else at
        lines.append(f"self.{at} = {value}")
    lines += ["self.__class__ = _cls", "return self"]
    return f"def {name}({first}{', '.join(takes)}):\n  " + "\n  ".join(lines), known


def _write_eq(_: type, names: Iterable[str]) -> _Written:
    mine, yours = (_attributes(who, names) for who in ("self", "other"))
    same = f"{mine} == {yours} if other.__class__ is self.__class__ else NotImplemented"
    return f"def __eq__(self, other): return {same}", {}


def _write_hash(_: type, names: Iterable[str]) -> _Written:
    return f"def __hash__(self): return hash({_attributes('self', names)})", {}


def _attributes(of: str, names: Iterable[str]) -> str:
    return f"({''.join(f'{of}.{name}, ' for name in names)})"


def _repr(self: Any) -> str:
    shown = [name for name, field in type(self).__dict__["__dataclass_fields__"].fields.items() if field.repr]
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def _reduce(self: Any) -> tuple[type, tuple[Any, ...]]:
    """How a value is copied and pickled: without a change after it was made."""
    return type(self), tuple(getattr(self, name) for name in type(self).__match_args__)


def _refuse(_self: object, name: str, *_: object) -> None:
    from dataclasses import FrozenInstanceError  # noqa: PLC0415 - slow to import, and never needed

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


class _StandardFields(NamedTuple):
    """What the functions of `dataclasses` ask a class for: made when they do."""

    fields: _Fields

    def __get__(self, _: object, cls: type) -> Any:
        import dataclasses  # noqa: PLC0415 - slow to import, and nobody here asks

        same = []
        for name, field in self.fields.items():
            said = {key: value for key, value in field._asdict().items() if value is not _ABSENT}
            said["default_factory"] = field.default_factory or dataclasses.MISSING
            same.append((name, cls.__annotations__[name], dataclasses.field(**said)))
        made: Any = dataclasses.make_dataclass(cls.__name__, same)
        return made.__dataclass_fields__


def _replace(value: _T, /, **changes: Any) -> _T:
    """A copy of a value with some parts changed."""
    cls: Any = type(value)
    return cls(**{name: getattr(value, name) for name in cls.__match_args__} | changes)  # type: ignore[no-any-return]


if not TYPE_CHECKING:
    dataclass, field, replace = _dataclass, _Field, _replace
