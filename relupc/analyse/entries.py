"""The functions in which the processes of a build begin: what is given to `spawn` and the like."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from relupc.analyse.graph import Ends
from relupc.analyse.onward import HIBERNATES
from relupc.model.beam import MFA, modules_in
from relupc.model.code import Call, LocalFun, Module, options, origin_of
from relupc.model.term import Atom, Fun, Term, as_list
from relupc.model.value import dataclass

_SPAWNS = {
    "erlang": {"spawn", "spawn_link", "spawn_monitor", "spawn_opt", "spawn_request"},
    "proc_lib": {"spawn", "spawn_link", "spawn_monitor", "spawn_opt", "start", "start_link", "start_monitor"},
    "Elixir.Task": {"start", "start_link", "async"},
    "Elixir.Task.Supervisor": {"start_child", "async", "async_nolink"},
}
MAX_NEAR = 40  # modules
_SPAWNING = frozenset((module, name) for module, names in _SPAWNS.items() for name in names)


@dataclass(frozen=True, slots=True)
class Entries:
    """The functions in which processes begin, and what starts them so; and where the processes get from there.

    `last` are the functions to which a process goes with nothing left to do in the one before, `inner` the others, each
    with the entry from which it does.
    """

    starters: Mapping[MFA, MFA]
    last: Mapping[MFA, MFA]
    inner: Mapping[MFA, MFA]


def entries_of(modules: Mapping[str, Module]) -> dict[MFA, MFA]:
    """Each function in which a process may begin, of any module, and the function that starts it so."""
    found: dict[MFA, MFA] = {}
    for name in sorted(modules):
        for function in modules[name].calling(_SPAWNING):
            for call in function.calls:
                if call.called.name in _SPAWNS.get(call.called.module, ()):
                    for entry in _given(call, name, modules):
                        found.setdefault(entry, call.called)
    return found


def _given(call: Call, module: str, modules: Mapping[str, Module]) -> Iterator[MFA]:
    """The functions that a call hands over: a fun, or a module, a function and arguments one after the other."""
    for at, arg in enumerate(call.args):
        for value in options(arg):
            match value, origin_of(value):
                case Fun(other, name, arity), _:
                    yield MFA(other, name, arity)
                case _, LocalFun(function, _):
                    yield MFA(module, *function)
        yield from _spelled(call.args[at : at + 3], modules)


def _spelled(args: tuple[Term, ...], modules: Mapping[str, Module]) -> Iterator[MFA]:
    """A function by its module, its name and what it is given; if that is not known, the only one of that name."""
    match args:
        case (Atom(module), Atom(name), given):
            if (items := as_list(given)) is not None:
                yield MFA(module, name, len(items))
            elif module in modules:
                named = sorted(fa for fa in modules[module].exports if fa.name == name)
                yield from (MFA(module, *fa) for fa in named if len(named) == 1)


@dataclass(slots=True)
class Where:
    """Where the processes of a build get from the functions in which they begin.

    Of a module that few others can lead to, only those are followed; `whole` is what comes of all, once needed.
    """

    modules: Mapping[str, Module]
    starters: Mapping[MFA, MFA]
    ends: Callable[[MFA], Ends]  # the calls of one function
    importers: Mapping[str, Collection[str]]  # see model.program.Program
    anywhere: frozenset[str] | None = None  # the modules that hibernate, and may go on in any
    whole: Entries | None = None

    def entries(self, name: str) -> Entries:
        """The entries from which processes get to a module; maybe others, too."""
        near = self._leading(name) if self.whole is None else ()
        if self.whole is None and len(near) <= MAX_NEAR:
            return followed({start: by for start, by in self.starters.items() if start.module in near}, self.ends)
        if self.whole is None:
            self.whole = followed(self.starters, self.ends)
        return self.whole

    def _leading(self, name: str) -> set[str]:
        """The modules from which calls may lead to one, however many are between; it stops at MAX_NEAR."""
        if self.anywhere is None:
            self.anywhere = frozenset(name for name, module in self.modules.items() if module.imports & HIBERNATES)
        found, todo = {name, *self.anywhere}, [name, *self.anywhere]
        while todo and len(found) <= MAX_NEAR:
            more = set(self.importers.get(todo.pop(), ())) - found
            found |= more
            todo += more
        return found


def importers_of(modules: Mapping[str, Module]) -> dict[str, set[str]]:
    """By whom each module is called."""
    found: dict[str, set[str]] = {}
    for name, module in modules.items():
        for called in modules_in(module.imports):
            found.setdefault(called, set()).add(name)
    return found


def followed(starters: Mapping[MFA, MFA], ends: Callable[[MFA], Ends]) -> Entries:
    """Where processes get from the functions in which they begin; `ends` are the calls of one function."""
    last = _reach({start: start for start in starters}, lambda at: _last(at, ends(at)))
    everywhere = _reach(last, lambda at: (*_last(at, ends(at)), *_inner(at, ends(at))))
    return Entries(starters, last, {at: entry for at, entry in everywhere.items() if at not in last})


def _reach(starts: Mapping[MFA, MFA], after: Callable[[MFA], Iterable[MFA]]) -> dict[MFA, MFA]:
    found = dict(starts)
    level = list(found)
    while level:
        ends = [(end, found[start]) for start in level for end in after(start)]
        level = []
        for end, entry in ends:
            if end not in found:
                found[end] = entry
                level.append(end)
    return found


def _last(at: MFA, ends: Ends) -> Iterable[MFA]:
    yield from (MFA(at.module, *fa) for fa in (*ends.last, *ends.module_last))
    yield from ends.out


def _inner(at: MFA, ends: Ends) -> Iterable[MFA]:
    yield from (MFA(at.module, *fa) for fa in (*ends.inner, *ends.module_inner))
