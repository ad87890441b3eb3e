"""For D202: the records that several modules of a build share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from relupc.model.code import Module
from relupc.model.program import Program
from relupc.model.spelling import spell_atom
from relupc.model.value import NamedTuple


class Shared(NamedTuple):
    """A record that several modules define with the same fields, and how those change, in words."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    users: frozenset[str]

    @property
    def how(self) -> str:
        less, more = len(self.before), len(self.after)
        signs = [f"+ {spell_atom(one)}" for one in self.after if one not in self.before]
        signs += [f"- {spell_atom(one)}" for one in self.before if one not in self.after]
        said = f" ({', '.join(signs[:4])}{', ...' if len(signs) > 4 else ''})" if signs else ""
        if less == more:
            return f"has other fields{said}" if signs else "has its fields in another order"
        fields = "field" if more == 1 else "fields"
        return f"{'grows' if more > less else 'shrinks'} from {less} to {more} {fields}{said}"


def having(program: Program, name: str, changing: Collection[tuple[str, ...]]) -> list[Module]:
    """The modules that define a record and use it; none if no two of them can share one of the `changing` ones."""
    found = [module for module in program.modules.values() if module.may_use(name) and name in module.records]
    count = Counter(module.records[name] for module in found)
    shared = any(count[fields] > 1 for fields in changing)
    return [module for module in found if module.sizes(name)] if shared else []


def definition(modules: Sequence[Module], name: str) -> tuple[str, ...] | None:
    """The fields of a record in most of these modules; None if as many have others."""
    most = Counter(module.records[name] for module in modules).most_common(2)
    return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else None


def users(modules: Iterable[Module], name: str, fields: tuple[str, ...]) -> frozenset[str]:
    """The modules that make or match a record with these fields."""
    size = len(fields) + 1
    same = (module for module in modules if module.may_use(name) and module.records.get(name) == fields)
    return frozenset(module.name for module in same if size in module.sizes(name))
