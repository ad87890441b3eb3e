"""Long work, told step by step to whoever wants to know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from relupc.model.value import NamedTuple

T = TypeVar("T")


class Progress(NamedTuple):
    """Who is told before each step: verb, number of the step, how many there are, noun. None: nobody, at no cost."""

    show: Callable[[str, int, int, str], None] | None = None

    def each(self, things: Sequence[T], verb: str, noun: str) -> Iterable[T]:
        """The same things, told one after the other.

        >>> list(Progress(print).each("ab", "reading", "modules"))
        reading 1 2 modules
        reading 2 2 modules
        ['a', 'b']
        """
        return things if self.show is None or len(things) < 2 else self._told(self.show, things, verb, noun)

    @staticmethod
    def _told(show: Callable[[str, int, int, str], None], things: Sequence[T], verb: str, noun: str) -> Iterable[T]:
        for number, thing in enumerate(things, 1):
            show(verb, number, len(things), noun)
            yield thing
