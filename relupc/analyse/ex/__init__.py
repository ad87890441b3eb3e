"""The text of an Elixir file -> its modules as relupc.analyse would find them compiled, or less of them.

A module that uses what may define functions for it is left out. A function that cannot be read is known to be there.
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.analyse.erl import facts
from relupc.analyse.erl.branches import BRANCHES
from relupc.analyse.erl.known import ask_anew
from relupc.analyse.erl.syntax import Clause, Expr, NotReadError
from relupc.analyse.erl.tokens import TooLongError
from relupc.analyse.erl.whole import kept_whole
from relupc.analyse.ex.flow import with_flow
from relupc.analyse.ex.modules import Written, modules_in
from relupc.analyse.ex.nodes import Cursor
from relupc.analyse.ex.parse import section
from relupc.analyse.ex.tokens import tokens
from relupc.analyse.ex.translate import arms_of
from relupc.analyse.values import UNKNOWN
from relupc.model.beam import FA
from relupc.model.code import Function, Module
from relupc.model.source import Source
from relupc.model.term import Atom

MAX_MODULES = 200


def modules_from(source: Source) -> list[Module]:
    """The modules of an .ex file that can be read. Raises TooLongError."""
    try:
        every = tokens(source.text)
        if sum(token.kind == "word" and token.text == "defmodule" for token in every) > MAX_MODULES:
            raise TooLongError(MAX_MODULES, "modules")
        _, body = section(Cursor(every), ("", "end"))
        written = list(modules_in(body))
    except NotReadError:
        return []
    return [_module(one, source) for one in written]


def _module(written: Written, source: Source) -> Module:
    scope, read = written.scope, dict[FA, list[Clause]]()
    scope.defined |= written.clauses.keys() | written.unread
    for fa, clauses in written.clauses.items():
        scope.arms = 0
        try:
            found = arms_of(scope, clauses, {}) if fa not in written.unread else ()
            if found:
                ask_anew(found)
        except NotReadError:
            continue
        if found:
            read[fa] = list(found)
    whole = kept_whole(scope.module, read, written.public)
    read = {fa: clauses for fa, clauses in read.items() if fa in whole}
    missing = scope.defined - read.keys()
    functions = _functions(written, read, source) | {fa: _unknown(fa) for fa in missing}
    functions = {fa: functions[fa] for fa in sorted(functions, key=_as_compiled)}
    exports = frozenset(written.public)
    imports = frozenset(call.called for each in functions.values() for call in each.calls if call.kind == "remote")
    behaviours = tuple(("behaviour", Atom(name)) for name in dict.fromkeys(written.behaviours))
    return Module(scope.module, "", source.path, b"", exports, imports, behaviours, functions, source=lambda: source)


def _as_compiled(fa: FA) -> tuple[bool, FA]:
    """The compiler has functions by name, funs behind them; the first of a loop speaks for it."""
    return fa.name.startswith("-"), fa


def _unknown(fa: FA) -> Function:
    """A function of which nothing is known: it may return."""
    return Function(*fa, None, (), (UNKNOWN,))


def _functions(written: Written, read: dict[FA, list[Clause]], source: Source) -> dict[FA, Function]:
    module = written.scope.module
    file = source.path.replace("\\", "/").rpartition("/")[2]
    scope = facts.Scope(BRANCHES, module, file, set(written.scope.defined), {}, {})
    found = {}
    for fa in _used(written.public, read):
        try:
            function = facts.function_of(scope, fa.name, read[fa])
        except NotReadError:
            function = _unknown(fa)
        found[fa] = with_flow(module, function, read[fa])
    return found | scope.made


def _used(public: set[FA], read: dict[FA, list[Clause]]) -> list[FA]:
    """The functions that are compiled: those that nobody calls are not."""
    todo, found = [fa for fa in read if fa in public], dict[FA, None]()
    while todo:
        fa = todo.pop()
        if fa not in found:
            found[fa] = None
            todo += [other for other in _mentioned(tuple(read[fa])) if other in read]
    return [fa for fa in read if fa in found]


def _mentioned(part: object) -> Iterator[FA]:
    """The functions that expressions call by name, or make funs of."""
    if isinstance(part, Expr):
        if part.kind == "local_fun":
            yield FA(*part.parts)
        if part.kind == "call" and part.parts[0].kind == "value" and isinstance(part.parts[0].parts[0], Atom):
            yield FA(part.parts[0].parts[0].name, len(part.parts[1]))
        part = part.parts
    if isinstance(part, tuple):
        for inner in part:
            yield from _mentioned(inner)
