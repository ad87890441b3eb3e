"""The body of a `defmodule` -> what it says around its functions, and their clauses as they are written.

A module in which something else may define functions is not read (NotReadError).
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.analyse.erl.syntax import NotReadError
from relupc.analyse.ex.calls import CALLS
from relupc.analyse.ex.nodes import Arm, Node
from relupc.analyse.ex.translate import Scope
from relupc.model.beam import FA
from relupc.model.term import Atom, Int, Term
from relupc.model.value import dataclass, field

_USED = {
    "Elixir.GenServer": "Elixir.GenServer",
    "Elixir.Supervisor": "Elixir.Supervisor",
    "Elixir.Application": "Elixir.Application",
    "Elixir.Agent": "",
    "Elixir.Task": "",
}
_MACROS = {"defmacro", "defmacrop"}
_HARMLESS = {"defstruct", "defexception", "defguard", "defguardp", "defimpl"}
_HOOKS = {"before_compile", "after_compile", "on_definition", "compile", "on_load"}
_FUNCTIONS = frozenset(("Elixir.Logger", "Elixir.Integer", "Elixir.Bitwise"))  # whose macros do what they say


@dataclass(frozen=True, slots=True)
class Written:
    """A module as it is written: its functions, each with its clauses."""

    scope: Scope
    public: set[FA] = field(default_factory=set)
    clauses: dict[FA, list[Arm]] = field(default_factory=dict)
    unread: set[FA] = field(default_factory=set)
    behaviours: list[str] = field(default_factory=list)


def modules_in(body: tuple[Node, ...], around: Scope | None = None) -> Iterator[Written]:
    """Each module of a file that can be read, those inside of others too."""
    outer = around or Scope(CALLS, "")
    for one in body:
        if _word(one) == "alias":
            _alias(outer, one)
        elif _word(one) == "defmodule" and len(one.parts[1]) == 1 and one.parts[1][0].kind == "alias":
            yield from _module(outer, one)
        elif _word(one) in ("import", "require", "use"):
            return


def _word(one: Node) -> str:
    is_call = one.kind == "call" and one.parts[0].kind == "word"
    return one.parts[0].parts[0] if is_call else ""


def _module(outer: Scope, one: Node) -> Iterator[Written]:
    names = one.parts[1][0].parts[0]
    if names[0] == "__MODULE__":
        return
    name = outer.resolve(names)
    if outer.module and names[0] != "Elixir":
        outer.aliases[names[0]] = f"{outer.module}.{names[0]}"
        name = outer.resolve(names)
    body = next((body for key, _, body in one.parts[2] if key == "do"), ())
    written = Written(Scope(CALLS, name, dict(outer.aliases), macros=set(outer.macros)))
    try:
        for statement in body:
            if _word(statement) != "defmodule":
                _statement(written, statement)
            else:
                inside = list(modules_in((statement,), written.scope))
                yield from inside
    except NotReadError:
        return
    yield written


def _statement(written: Written, one: Node) -> None:
    word, scope = _word(one), written.scope
    if word in ("def", "defp"):
        _function(written, one, public=word == "def")
    elif word == "alias":
        _alias(scope, one)
    elif word == "use":
        used = _first(scope, one)
        if used not in _USED:
            raise NotReadError
        written.behaviours.extend(filter(None, [_USED[used]]))
    elif word == "import" and _first(scope, one) == "Elixir.Kernel":
        raise NotReadError
    elif word in ("require", "import"):
        scope.macros |= {_first(scope, one)} - _FUNCTIONS
        _alias(scope, one)
    elif one.kind == "attribute":
        _attribute(written, one.parts[0])
    elif word == "defdelegate" and one.parts[1]:
        every = _every(*_head(one.parts[1][0]))
        written.unread.update(every)
        written.public.update(every)
    elif word in _MACROS and one.parts[1]:
        name, arity = _head(_unguarded(one.parts[1][0])[0])[0]
        written.unread.add(FA(f"MACRO-{name}", arity + 1))
    elif word not in _HARMLESS and one.kind not in ("opaque", "value"):
        raise NotReadError


def _first(scope: Scope, one: Node) -> str:
    args = one.parts[1]
    if not args or args[0].kind != "alias":
        raise NotReadError
    return scope.resolve(args[0].parts[0])


def _alias(scope: Scope, one: Node) -> None:
    """`alias A.B`, `alias A.B, as: C`, `alias A.{B, C}`."""
    args = one.parts[1]
    if args and args[0].kind == "aliases":
        left, inner = args[0].parts
        for part in inner:
            if left.kind != "alias" or part.kind != "alias":
                raise NotReadError
            scope.aliases[part.parts[0][-1]] = ".".join((scope.resolve(left.parts[0]), *part.parts[0]))
    elif args and args[0].kind == "alias":
        named = args[0].parts[0]
        for pair in args[1].parts[0] if len(args) > 1 and args[1].kind == "list" else ():
            if pair.kind == "pair" and pair.parts[0].parts == (Atom("as"),) and pair.parts[1].kind == "alias":
                scope.aliases[pair.parts[1].parts[0][0]] = scope.resolve(named)
                return
        if _word(one) == "alias":
            scope.aliases[scope.resolve(named).rpartition(".")[2]] = scope.resolve(named)
    else:
        raise NotReadError


def _attribute(written: Written, one: Node) -> None:
    """`@name value`."""
    name = _word(one) or (one.parts[0] if one.kind == "word" else "")
    args: tuple[Node, ...] = one.parts[1] if one.kind == "call" else ()
    if not name or name in _HOOKS:
        raise NotReadError
    if name in ("behaviour", "behavior") and args:
        value = args[0]
        if value.kind == "value" and isinstance(value.parts[0], Atom):
            written.behaviours.append(value.parts[0].name)
        else:
            written.behaviours.append(_first(written.scope, one))
        return
    found: Term | None = None
    if len(args) == 1 and args[0].kind == "value" and isinstance(args[0].parts[0], Atom | Int):
        found = args[0].parts[0]
    attributes = written.scope.attributes
    attributes[name] = None if name in attributes else found


def _unguarded(node: Node) -> tuple[Node, Node | None]:
    return (node.parts[1], node.parts[2]) if node.kind == "op" and node.parts[0] == "when" else (node, None)


def _head(node: Node) -> tuple[FA, tuple[Node, ...]]:
    if node.kind == "word":
        return FA(node.parts[0], 0), ()
    if _word(node) in ("", "unquote") or node.parts[2]:
        raise NotReadError
    return FA(_word(node), len(node.parts[1])), node.parts[1]


def _every(fa: FA, patterns: tuple[Node, ...]) -> set[FA]:
    """A function, and those that its defaults stand for."""
    least = fa.arity - sum(pattern.kind == "op" and pattern.parts[0] == "\\\\" for pattern in patterns)
    return {FA(fa.name, arity) for arity in range(least, fa.arity + 1)}


def _function(written: Written, one: Node, *, public: bool) -> None:
    """A clause of a function; one with defaults stands for several functions, which are not looked at."""
    if len(one.parts[1]) != 1:
        raise NotReadError
    node, guard = _unguarded(one.parts[1][0])
    fa, patterns = _head(node)
    every = _every(fa, patterns)
    written.public.update(every if public else ())
    sections = one.parts[2]
    if len(sections) != 1 or sections[0][0] != "do" or sections[0][1] or len(every) > 1:
        written.unread.update(every)
        return
    written.clauses.setdefault(fa, []).append(Arm(patterns, guard, sections[0][2], one.line))
