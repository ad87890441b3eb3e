"""Functions of OTP and Elixir that make lists and maps of child specifications: their results, from their arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from relupc.analyse import values
from relupc.analyse.evaluate import Args, Evaluator, applied, result_of
from relupc.analyse.values import NIL, UNKNOWN, unknown
from relupc.model.beam import MFA
from relupc.model.code import Result
from relupc.model.term import Atom, List, Map, Term, Tuple, as_list

APPEND = MFA("erlang", "++", 2)
STRUCT = Atom("__struct__")


def _append(_: Evaluator, args: Args) -> Term | None:
    match args:
        case (List(items, None), List(more, tail)):
            return List((*items, *more), tail)
        case (List(items, None), tail):
            return List(items, tail) if items else tail
        case (_, _):
            return unknown(Result(APPEND, args))
    return None


def _concat(ev: Evaluator, args: Args) -> Term | None:
    lists = as_list(args[0]) if len(args) == 1 else args
    whole: Term = NIL
    for one in reversed(lists or ()):
        whole = _append(ev, (one, whole)) or whole
    return whole if lists else None


def _flatten(_: Evaluator, args: Args) -> Term | None:
    """One level of lists in a list: children are no lists themselves."""
    match args:
        case (List(items, None),):
            return List(tuple(one for item in items for one in (item.items if isinstance(item, List) else (item,))))
    return None


def _mapped(ev: Evaluator, args: Args) -> Term | None:
    """`lists:map/2` has the fun first, `Enum.map/2` the list."""
    fun, given = args if len(args) == 2 and not isinstance(args[0], List) else tuple(reversed(args))
    items = as_list(given)
    return List(tuple(applied(ev, fun, (item,)) for item in items)) if items is not None else None


def _put(_: Evaluator, args: Args) -> Term | None:
    """`maps:put/3` has the map last, `Map.put/3` first."""
    match args:
        case (Map(), key, value) | (key, value, Map()):
            whole = args[0] if isinstance(args[0], Map) else args[2]
            return values.updated(whole, ((key, value),))
    return None


def _merge(_: Evaluator, args: Args) -> Term | None:
    match args:
        case (Map(), Map(pairs)):
            return values.updated(args[0], pairs)
    return None


def _child_spec(ev: Evaluator, args: Args) -> Term | None:
    """`Supervisor.child_spec/2`: a specification with some keys of it set anew."""
    match args:
        case ((Atom() | Tuple() | Map()) as base, List(overrides, None)):
            spec = elixir_spec(ev, base)
            pairs = [item.items for item in overrides if isinstance(item, Tuple) and len(item.items) == 2]
            if isinstance(spec, Map) and len(pairs) == len(overrides):
                return values.updated(spec, tuple((key, value) for key, value in pairs))
    return None


def elixir_spec(ev: Evaluator, spec: Term) -> Term:
    """What `Mod` and `{Mod, Arg}` stand for: `Mod.child_spec(Arg)`, where the code of that is there."""
    match spec:
        case Atom() as module:
            given: Term = NIL
        case Tuple((Atom() as module, given)):
            pass
        case _:
            return spec
    made = result_of(ev, MFA(module.name, "child_spec", 1), (given,))
    return made if isinstance(made, Map | Tuple) else spec


def _struct(ev: Evaluator, args: Args) -> Term | None:
    """`Kernel.struct` and `struct!`: the fields that a module defines, or those of a struct, and some of them anew."""
    match args:
        case (Atom(module), *more):
            made = result_of(ev, MFA(module, "__struct__", 0), ())
        case (made, *more):
            pass
        case _:
            return None
    if not isinstance(made, Map):
        return None
    set_anew = _fields(more[0]) if more else ()
    if set_anew is None:
        return Map(tuple((key, value if key == STRUCT else UNKNOWN) for key, value in made.pairs))
    known = dict(made.pairs)
    return values.updated(made, tuple((key, value) for key, value in set_anew if key in known and key != STRUCT))


def _fields(given: Term) -> Sequence[tuple[Term, Term]] | None:
    """The keys and values of a keyword list or a map; None where they are not known."""
    if isinstance(given, Map):
        return given.pairs
    items = as_list(given)
    pairs = [item.items for item in items or () if isinstance(item, Tuple) and len(item.items) == 2]
    return [(key, value) for key, value in pairs] if items is not None and len(pairs) == len(items) else None


def _own_spec(module: str, **more: str) -> Callable[[Evaluator, Args], Term | None]:
    """`child_spec/1` of a module of Elixir's own, whose code need not be at hand."""

    def made(_: Evaluator, args: Args) -> Term | None:
        if len(args) != 1:
            return None
        start = Tuple((Atom(module), Atom("start_link"), List(args)))
        keys: dict[str, Term] = {"id": Atom(module), "start": start}
        keys |= {key: Atom(value) for key, value in more.items()}
        return Map(tuple((Atom(key), value) for key, value in keys.items()))

    return made


def _spec(kind: str) -> Callable[[Evaluator, Args], Term | None]:
    """`worker` and `supervisor` of Elixir's old `Supervisor.Spec`."""

    def made(_: Evaluator, args: Args) -> Term | None:
        match args:
            case (Atom() as module, given) | (Atom() as module, given, List((), None)):
                start = Tuple((module, Atom("start_link"), given))
                how = (Atom("permanent"), Atom("infinity"), Atom(kind), List((module,)))
                return Tuple((module, start, *how))
        return None

    return made


def known_results() -> Mapping[tuple[str, str], Callable[[Evaluator, Args], Term | None]]:
    """Module and name -> the result for some arguments, None where it is not known."""
    return {
        ("erlang", "++"): _append,
        ("lists", "append"): _concat,
        ("Elixir.Enum", "concat"): _concat,
        ("lists", "flatten"): _flatten,
        ("Elixir.List", "flatten"): _flatten,
        ("lists", "map"): _mapped,
        ("Elixir.Enum", "map"): _mapped,
        ("maps", "put"): _put,
        ("Elixir.Map", "put"): _put,
        ("maps", "merge"): _merge,
        ("Elixir.Map", "merge"): _merge,
        ("Elixir.Kernel", "struct"): _struct,
        ("Elixir.Kernel", "struct!"): _struct,
        ("Elixir.Supervisor", "child_spec"): _child_spec,
        ("Elixir.Agent", "child_spec"): _own_spec("Elixir.Agent"),
        ("Elixir.Task", "child_spec"): _own_spec("Elixir.Task", restart="temporary"),
        ("Elixir.Supervisor.Spec", "worker"): _spec("worker"),
        ("Elixir.Supervisor.Spec", "supervisor"): _spec("supervisor"),
    }
