"""Mappings and patterns that are made when somebody asks: most are never asked for, and cost the most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, AnyStr, TypeVar, cast

if TYPE_CHECKING:
    import re

K = TypeVar("K")
V = TypeVar("V")


class Lazy(Mapping[K, V]):
    """The value of each key, made by `make` when it is first asked for.

    With `sparse` the keys are only those that may be there: one is not if `make` gives nothing for it.
    """

    __slots__ = ("_found", "_make", "_sparse", "_todo")

    def __init__(self, keys: Iterable[K], make: Callable[[K], V | None], *, sparse: bool = False) -> None:
        self._todo = dict.fromkeys(keys)
        self._make = make
        self._found: dict[K, V | None] = {}
        self._sparse = sparse

    def __getitem__(self, key: K) -> V:
        if key not in self._found:
            if key not in self._todo:
                raise KeyError(key)
            self._found[key] = self._make(key)
        value = self._found[key]
        if value is None or (self._sparse and not value):
            raise KeyError(key)
        return value

    def __contains__(self, key: object) -> bool:
        return key in self._todo and (not self._sparse or bool(self.get(key)))

    def __iter__(self) -> Iterator[K]:
        return (key for key in self._todo if not self._sparse or key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self) if self._sparse else len(self._todo)

    def __repr__(self) -> str:
        return repr(dict(self))


class Later(Mapping[K, V]):
    """A mapping that is made as a whole when it is first looked at."""

    __slots__ = ("_found", "_make")

    def __init__(self, make: Callable[[], Mapping[K, V]]) -> None:
        self._make = make
        self._found: Mapping[K, V] | None = None

    def _whole(self) -> Mapping[K, V]:
        if self._found is None:
            self._found = self._make()
        return self._found

    def __getitem__(self, key: K) -> V:
        return self._whole()[key]

    def __contains__(self, key: object) -> bool:
        return key in self._whole()

    def __iter__(self) -> Iterator[K]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def __repr__(self) -> str:
        return repr(self._whole())


class _Pattern:
    """A regular expression that is compiled when it is first used."""

    __slots__ = ("_flags", "_made", "_text")

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text, self._flags = text, flags
        self._made: Any = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            import re  # noqa: PLC0415 - 8 ms that a run in which nothing is looked for does not need

            self._made = re.compile(self._text, self._flags)
        return getattr(self._made, name)


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, for what most runs do not use: to compile takes longer than to import a small module."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))
