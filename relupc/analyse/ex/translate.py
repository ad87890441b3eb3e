"""Nodes of an Elixir function -> expressions as relupc.analyse.erl has them, each variable with a name of its own.

What may be a macro, and what is compiled to something else than it seems, is not read (NotReadError).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from relupc.analyse.erl.syntax import Clause, Expr, NotReadError
from relupc.analyse.erl.tokens import Token
from relupc.analyse.ex.nodes import Arm, Node
from relupc.analyse.ex.tokens import OTHERS
from relupc.model.beam import FA
from relupc.model.term import Atom, Int, Term
from relupc.model.value import dataclass, field

Names = dict[str, str]
MAX_WORK = 1_000_000  # variables that are carried into branches, in one module
MAX_ARMS = 40  # of a cond and those around it: each is inside of the one before
_KERNEL = (
    "send/2 spawn/1 spawn/3 spawn_link/1 spawn_link/3 spawn_monitor/1 spawn_monitor/3 self/0 exit/1 throw/1 make_ref/0"
    " node/0 node/1 hd/1 tl/1 length/1 map_size/1 tuple_size/1 byte_size/1 abs/1 rem/2 div/2 round/1 trunc/1 max/2"
    " min/2 is_atom/1 is_binary/1 is_list/1 is_map/1 is_tuple/1 is_integer/1 is_pid/1"
    " is_function/1 is_function/2"
)  # functions of Kernel that are those of erlang
KERNEL = frozenset(_KERNEL.split())
OPAQUE = frozenset(("elem/2", "is_nil/1", "to_string/1", "inspect/1", "inspect/2", "to_charlist/1"))
_NO_OPERATORS = OTHERS | {"|", "<-", "\\\\", "when", "=>", "::", "^", "~~~", "..."}
_SIGNS = {"===": "=:=", "!==": "=/=", "!=": "/=", "<=": "=<", "!": "not"}


@dataclass(slots=True)
class Scope:
    """What a module says before and around its functions. `macros` are modules whose macros it may use.

    `calls` tells what calls and captures are (see calls.py).
    """

    calls: Mapping[str, Callable[[Scope, Node, Names], Expr]]
    module: str
    aliases: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, Term | None] = field(default_factory=dict)
    defined: set[FA] = field(default_factory=set)
    macros: set[str] = field(default_factory=set)
    made: int = 0
    left: int = MAX_WORK
    arms: int = 0

    def inside(self, names: Names) -> Names:
        """The variables as a branch begins with them."""
        self.left -= len(names) + 1
        if self.left < 0:
            raise NotReadError
        return dict(names)

    def resolve(self, parts: tuple[str, ...]) -> str:
        """The module that an alias means."""
        first, *rest = parts
        if first == "Elixir":  # the name is whole
            return ".".join(parts)
        named = self.module if first == "__MODULE__" else self.aliases.get(first, f"Elixir.{first}")
        return ".".join((named, *rest))


def arms_of(scope: Scope, arms: Iterable[Arm], names: Names) -> tuple[Clause, ...]:
    """Clauses up to the first that takes everything: the compiler leaves out what stands behind that."""
    found = []
    for arm in arms:
        found.append(arm_of(scope, arm, names))
        words = [pattern.parts[0] for pattern in arm.patterns if pattern.kind == "word"]
        if not arm.guard and len({*words}) == len(words) == len(arm.patterns):
            break
    return tuple(found)


def arm_of(scope: Scope, arm: Arm, names: Names) -> Clause:
    """A clause of a function, a fun or a case."""
    inside, bound = scope.inside(names), dict[str, str]()
    patterns = tuple(pattern(scope, one, inside, bound) for one in arm.patterns)
    inside |= bound
    guard = tuple(_guard(expr(scope, arm.guard, inside))) if arm.guard else ()
    return Clause(patterns, guard, body_of(scope, arm.body, inside), arm.line)


def _guard(part: object) -> Iterator[Token]:
    """The variables and numbers of a guard, as tokens."""
    if isinstance(part, Expr) and part.kind == "var":
        yield Token("var", part.parts[0], part.line)
    elif isinstance(part, Expr) and part.kind == "value" and isinstance(part.parts[0], Int):
        yield Token("int", "0", part.line)
    else:
        for inner in part.parts if isinstance(part, Expr) else part if isinstance(part, tuple) else ():
            yield from _guard(inner)


def body_of(scope: Scope, body: tuple[Node, ...], names: Names) -> tuple[Expr, ...]:
    """Expressions one after the other."""
    return _every(scope, body, names) or (Expr("value", 0, (Atom("nil"),)),)


def pattern(scope: Scope, one: Node, names: Names, bound: Names) -> Expr:
    """A pattern; what it binds goes into `bound`."""
    kind, line, parts = one.kind, one.line, one.parts
    if kind == "word":
        if parts[0] not in bound or parts[0] == "_":
            scope.made += 1
            bound[parts[0]] = f"{parts[0]}@{scope.made}"
        return Expr("var", line, (bound[parts[0]],))
    if kind in ("value", "alias"):
        return expr(scope, one, names)
    if kind in ("opaque", "attribute"):
        return Expr("opaque", line)

    def of(part: Node) -> Expr:
        return pattern(scope, part, names, bound)

    if kind == "tuple":
        return Expr("tuple", line, (tuple(map(of, parts[0])),))
    if kind == "list":
        return _listed(line, parts[0], of)
    if kind == "pair":
        return Expr("tuple", line, (tuple(map(of, parts)),))
    if kind == "op" and parts[0] == "=":
        return Expr("match", line, (of(parts[1]), of(parts[2])))
    if kind == "op" and parts[0] == "^" and parts[1].kind == "word":
        return Expr("var", line, (names.get(parts[1].parts[0], "_"),))
    if kind == "op" and parts[0] in ("=>", "::"):
        return of(parts[2] if parts[0] == "=>" else parts[1])
    if kind == "op" and parts[0] in ("<>", "-"):
        return Expr("binary", line, tuple(map(of, parts[1:])))
    if kind in ("map", "struct", "binary"):
        values = (part.parts[1] if part.kind == "pair" else part for part in parts[0])
        return Expr("binary", line, (*map(of, values), _keys(one) if kind != "binary" else ()))
    raise NotReadError


def _keys(one: Node) -> tuple[str, ...]:
    """What tells a pattern of a map from another: its keys, and behind them a `%` and the name of a struct."""
    keys = [part.parts[part.kind == "op"] if part.kind in ("pair", "op") else part for part in one.parts[0]]
    return (*map(_spelled, keys), "%", *map(_spelled, one.parts[1:]))


def _spelled(part: object) -> str:
    """A node as text, the same for the same wherever it is written."""
    if isinstance(part, Node):
        return f"{part.kind}{_spelled(part.parts)}"
    return f"({' '.join(map(_spelled, part))})" if isinstance(part, tuple) else repr(part)


def _listed(line: int, items: tuple[Node, ...], of: Callable[[Node], Expr]) -> Expr:
    if items and items[-1].kind == "op" and items[-1].parts[0] == "|":
        _, last, tail = items[-1].parts
        return Expr("list", line, (tuple(map(of, (*items[:-1], last))), of(tail)))
    return Expr("list", line, (tuple(map(of, items)), None))


def expr(scope: Scope, one: Node, names: Names) -> Expr:
    """An expression; what it binds goes into `names`."""
    way = _WAYS.get(one.kind) or scope.calls.get(one.kind)
    if way is None:
        raise NotReadError
    return way(scope, one, names)


def _every(scope: Scope, nodes: Iterable[Node], names: Names) -> tuple[Expr, ...]:
    return tuple(expr(scope, node, names) for node in nodes)


def _word(_: Scope, one: Node, names: Names) -> Expr:
    if one.parts[0] not in names:
        raise NotReadError
    return Expr("var", one.line, (names[one.parts[0]],))


def _opaque(scope: Scope, one: Node, names: Names) -> Expr:
    inner = one.parts[0] if one.kind == "binary" else one.parts
    return Expr(
        "opaque", one.line, _every(scope, (part.parts[1] if _is_sized(part) else part for part in inner), names)
    )


def _struct(scope: Scope, one: Node, names: Names) -> Expr:
    return Expr("opaque", one.line, tuple(part for pair in one.parts[0] for part in _values(scope, pair, names)))


def _list(scope: Scope, one: Node, names: Names) -> Expr:
    return _listed(one.line, one.parts[0], lambda part: expr(scope, part, names))


def _fun(scope: Scope, one: Node, names: Names) -> Expr:
    return Expr("fun", one.line, (arms_of(scope, one.parts[0], names), ""))


def _is_sized(part: Node) -> bool:
    return part.kind == "op" and part.parts[0] == "::"


def _values(scope: Scope, pair: Node, names: Names) -> tuple[Expr, ...]:
    parts = pair.parts if pair.kind == "pair" else pair.parts[1:] if pair.kind == "op" else (pair,)
    return _every(scope, parts, names)


def _map(scope: Scope, one: Node, names: Names) -> Expr:
    base, items = None, one.parts[0]
    if items and items[0].kind == "op" and items[0].parts[0] == "|":
        first = items[0].parts[2]
        base, items = expr(scope, items[0].parts[1], names), (first, *items[1:])
    pairs = []
    for item in items:
        values = _values(scope, item, names)
        if len(values) != 2:
            raise NotReadError
        pairs.append(values)
    return Expr("map", one.line, (base, tuple(pairs)))


def _attribute(scope: Scope, one: Node, _: Names) -> Expr:
    """`@name`: its value where that is an atom or a number, set once."""
    name = one.parts[0]
    if name.kind != "word":
        raise NotReadError
    value = scope.attributes.get(name.parts[0])
    return Expr("opaque", one.line) if value is None else Expr("value", one.line, (value,))


def _operator(scope: Scope, one: Node, names: Names) -> Expr:
    sign, *operands = one.parts
    line = one.line
    if sign == "=":
        right, bound = expr(scope, operands[1], names), dict[str, str]()
        left = pattern(scope, operands[0], names, bound)
        names |= bound
        return Expr("match", line, (left, right))
    if sign == "|>":
        return scope.calls[sign](scope, one, names)
    if sign in ("&&", "and", "||", "or"):
        left = expr(scope, operands[0], names)
        right = expr(scope, operands[1], scope.inside(names))
        anything = Expr("var", line, ("_",))
        ways = (right, Expr("opaque", line)) if sign in ("&&", "and") else (Expr("opaque", line), right)
        return Expr("case", line, (left, tuple(Clause((anything,), (), (way,), line) for way in ways)))
    if sign in _NO_OPERATORS:
        raise NotReadError
    return Expr("op", line, (_SIGNS.get(sign, sign), *_every(scope, operands, names)))


_WAYS: dict[str, Callable[[Scope, Node, Names], Expr]] = {
    "value": lambda _, one, __: Expr("value", one.line, one.parts),
    "alias": lambda scope, one, _: Expr("value", one.line, (Atom(scope.resolve(one.parts[0])),)),
    "word": _word,
    "opaque": _opaque,
    "binary": _opaque,
    "tuple": lambda scope, one, names: Expr("tuple", one.line, (_every(scope, one.parts[0], names),)),
    "pair": lambda scope, one, names: Expr("tuple", one.line, (_every(scope, one.parts, names),)),
    "list": _list,
    "map": _map,
    "struct": _struct,
    "block": lambda scope, one, names: Expr("begin", one.line, (body_of(scope, one.parts[0], names),)),
    "attribute": _attribute,
    "op": _operator,
    "fn": _fun,
}
