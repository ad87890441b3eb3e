"""Child specifications in all their forms -> model Child, as OTP's `supervisor` and Elixir's `Supervisor` read them."""

from __future__ import annotations

from typing import Literal

from relupc.analyse.evaluate import Evaluator
from relupc.analyse.results import elixir_spec
from relupc.analyse.starts import option, started
from relupc.analyse.values import NIL, UNKNOWN
from relupc.model.beam import MFA
from relupc.model.code import Choice, Result, options, origin_of
from relupc.model.supervision import Child, Process
from relupc.model.term import Atom, Int, List, Map, Term, Tuple, as_atom, as_list, is_known
from relupc.model.value import NamedTuple

# Elixir's own modules that are started as supervisors; their code may not be at hand.
_SUPERVISORS = ("DynamicSupervisor", "PartitionSupervisor", "Registry", "Supervisor", "Task.Supervisor")
ELIXIR_SUPERVISORS = frozenset(f"Elixir.{name}" for name in _SUPERVISORS)
_NOTHING = (Atom("nil"), Atom("false"), List(()))
_MAYBE_LEFT_OUT = {("Elixir.Enum", "filter"), ("Elixir.Enum", "reject"), ("lists", "filter")}


_OF_TUPLE = ("id", "start", "restart", "shutdown", "type", "modules")


class Listed(NamedTuple):
    """A child specification in a list, and whether it is there whichever way the code takes."""

    spec: Term
    sure: bool


def listed(value: Term, sure: bool = True) -> tuple[list[Listed], bool]:
    """The specifications in a list, and whether no others can be in it."""
    todo, found, whole = [(value, sure)], list[Listed](), True
    while todo:
        one, certain = todo.pop()
        match one, origin_of(one):
            case List(items, tail), _:
                todo += ((tail, certain),) if tail else ()
                for item in items:
                    several = [option for option in options(item) if option not in _NOTHING]
                    found += [
                        Listed(way, certain and several == [item]) for way in several if not isinstance(way, List)
                    ]
                    todo += [(way, False) for way in several if isinstance(way, List)]
            case _, Choice(ways):
                todo += [(way, False) for way in ways]
            case _, Result(MFA("erlang", "++", 2), (left, right)):
                todo += [(right, certain), (left, certain)]
            case _, Result(called, (left, right)) if called[:2] in _MAYBE_LEFT_OUT:
                todo.append((right if called.module == "lists" else left, False))
            case _:
                whole = False
    return found, whole


def child(ev: Evaluator, one: Listed, elixir: bool, simple: bool) -> Child | None:
    """A specification; None if nothing is known of it. Elixir's supervisors take `Mod` and `{Mod, Arg}` too."""
    spec = elixir_spec(ev, one.spec) if elixir else one.spec
    match spec:
        case Map(pairs):
            found = _of_map({key.name: value for key, value in pairs if isinstance(key, Atom)}, spec)
        case Tuple((_, _, _, _, _, _) as items):
            found = _of_map(dict(zip(_OF_TUPLE, items, strict=True)), spec)
        case Tuple((Atom() as module, given)) if elixir:
            found = _of_module(module, given, spec)
        case Atom() as module if elixir:
            found = _of_module(module, NIL, spec)
        case _:
            return None
    return found._replace(sure=one.sure, runs=_runs(ev, found, simple))


def _of_module(module: Atom, given: Term, whole: Term) -> Child:
    """`Mod` and `{Mod, Arg}`, where the code of `Mod` is not there; Elixir's own supervisors go by their names."""
    own = module.name in ELIXIR_SUPERVISORS
    name = (option(given, "name") if own else None) or module
    kind = "supervisor" if own else None
    return Child(
        name if isinstance(name, Atom) else UNKNOWN, None, None, kind, None, None, None, False, True, None, whole
    )


def _of_map(keys: dict[str, Term], whole: Term) -> Child:
    """A map, or a tuple written as one; the defaults are those of OTP's `supervisor`."""
    start, args = None, None
    match keys.get("start", UNKNOWN):
        case Tuple((Atom(module), Atom(name), given)):
            start, args = (module, name), as_list(given)
    modules: tuple[str, ...] | Literal["dynamic"] | None = (start[0],) if start else None
    if "modules" in keys:
        modules = _modules(keys["modules"])
    kind = as_atom(keys.get("type", Atom("worker")))
    return Child(
        keys["id"] if is_known(keys.get("id", UNKNOWN)) else UNKNOWN,
        start,
        args,
        kind,
        modules,
        as_atom(keys.get("restart", Atom("permanent"))),
        keys.get("shutdown", Atom("infinity") if kind == "supervisor" else Int(5000)),
        keys.get("significant", Atom("false")) != Atom("false"),
        True,
        None,
        whole,
    )


def _modules(given: Term) -> tuple[str, ...] | Literal["dynamic"] | None:
    if given == Atom("dynamic"):
        return "dynamic"
    items = as_list(given)
    names = tuple(item.name for item in items or () if isinstance(item, Atom))
    return names if items is not None and len(names) == len(items) else None


def _runs(ev: Evaluator, found: Child, simple: bool) -> Process | None:
    """The process that a child is, if there is only one that it can be.

    Children of a `simple_one_for_one` are given more than the specification says.
    """
    if not found.start or found.args is None:
        return None
    module, name = found.start
    arities = [len(found.args)]
    if simple and module in ev.modules:
        arities = sorted(
            fa.arity for fa in ev.modules[module].exports if fa.name == name and fa.arity >= len(found.args)
        )
    more = [(*found.args, *[UNKNOWN] * (arity - len(found.args))) for arity in arities]
    known = [one for args in more for one in started(ev, MFA(module, name, len(args)), args)]
    return known[0] if len({(one.kind, one.module) for one in known}) == 1 else None
