"""What `init/1` of supervisors, lists of children, and `start/2` of applications say (model/supervision.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.analyse.children import child, listed
from relupc.analyse.evaluate import Evaluator, returned, value_of
from relupc.analyse.results import known_results
from relupc.analyse.starts import APPLICATIONS, SHAPES, option, outside_of, processes, starts_of
from relupc.analyse.values import NIL, UNKNOWN
from relupc.model.beam import FA, MFA
from relupc.model.code import Call, Function, Module, Result, local_funs, options, origin_of
from relupc.model.supervision import Child, Process, Supervisor
from relupc.model.term import Atom, Int, List, Map, Term, Tuple, as_atom
from relupc.model.value import NamedTuple, replace

BEHAVIOURS = {"supervisor", "Elixir.Supervisor", "Elixir.DynamicSupervisor"}
INIT, START = FA("init", 1), FA("start", 2)
_ELIXIR_INIT = {
    MFA("Elixir.Supervisor", "init", 2),
    MFA("Elixir.DynamicSupervisor", "init", 1),
    MFA("Elixir.Supervisor.Spec", "supervise", 2),
}
_START_LIST = MFA("Elixir.Supervisor", "start_link", 2)
_START_CHILD = {
    MFA("supervisor", "start_child", 2): False,
    MFA("Elixir.Supervisor", "start_child", 2): True,
    MFA("Elixir.DynamicSupervisor", "start_child", 2): True,
}
_LISTING = frozenset(one[:2] for one in (_START_LIST, *_START_CHILD))


class Supervision(NamedTuple):
    """All of a build, by module; what they are is said at model.program.Program."""

    supervisors: dict[str, tuple[Supervisor, ...]]
    roots: dict[str, tuple[Process, ...]]
    outside: dict[str, tuple[Process, ...]]


def supervision_of(modules: Mapping[str, Module]) -> Supervision:
    """The supervision trees of a build."""
    known = known_results()
    found: dict[str, tuple[Supervisor, ...]] = {}
    roots: dict[str, tuple[Process, ...]] = {}
    outside: dict[str, tuple[Process, ...]] = {}
    for name, module in modules.items():
        ev = Evaluator(modules, _is_kept, known)
        if supervisors := tuple(_supervisors(ev, module)):
            found[name] = supervisors
        if APPLICATIONS & set(module.behaviours) and START in module.functions:
            roots[name] = _roots(ev, MFA(name, *START))
        if lonely := tuple(outside_of(ev, module, roots.get(name, ()))):
            outside[name] = lonely
    return Supervision(_named(found, starts_in(modules)) if found else {}, roots, outside)


def starts_in(modules: Mapping[str, Module]) -> dict[str, tuple[Process, ...]]:
    """The calls of a build that start processes, by module."""
    return {name: calls for name, module in modules.items() if (calls := starts_of(module))}


def _is_kept(called: MFA) -> bool:
    return called in SHAPES or called in _ELIXIR_INIT


def _named(
    found: dict[str, tuple[Supervisor, ...]], starts: Mapping[str, tuple[Process, ...]]
) -> dict[str, tuple[Supervisor, ...]]:
    """The same supervisors with their local names, where all that start one agree on it."""
    kids = (kid.runs for several in found.values() for one in several for kid in one.children if kid.runs)
    names: dict[str, set[Term | None]] = {}
    for process in (*(process for several in starts.values() for process in several), *kids):
        if process.kind == "supervisor" and process.module:
            names.setdefault(process.module, set()).add(process.name)
    alone = {module: next(iter(given)) for module, given in names.items() if len(given) == 1}
    named = {module: name for module, name in alone.items() if isinstance(name, Atom)}
    return {
        module: tuple(replace(one, registered=named.get(module)) if one.listing == "init" else one for one in several)
        for module, several in found.items()
    }


def _roots(ev: Evaluator, start: MFA) -> tuple[Process, ...]:
    return tuple(dict.fromkeys(one for value in returned(ev, start, None) for one in processes(value, start)))


def _supervisors(ev: Evaluator, module: Module) -> Iterator[Supervisor]:
    if BEHAVIOURS & set(module.behaviours) and INIT in module.functions:
        yield from _of_init(ev, module)
    for function in module.calling(_LISTING):
        for call in function.calls:
            if call.called == _START_LIST or call.called in _START_CHILD:
                frame = ev.frame(MFA(module.name, function.name, function.arity))
                assert frame, "a function of this module"
                args = tuple(value_of(ev, frame, arg) for arg in call.args)
                yield from _of_call(ev, module, function.fa, call._replace(args=args))


def _of_init(ev: Evaluator, module: Module) -> Iterator[Supervisor]:
    """One for each way that `init/1` takes; a way that cannot be told makes all of them not `whole`."""
    start = MFA(module.name, *INIT)
    ways = [way for value in returned(ev, start, None) for way in options(value)]
    specs = [found for way in ways if (found := _flags_and_specs(way))]
    known = all(_flags_and_specs(way) or _is_refusal(way) for way in ways)
    place, ignores = module.functions[INIT].place, Atom("ignore") in ways
    common = Supervisor(module.name, INIT, place, "init", None, (), (), False, None, ignores, tuple(_reached(module)))
    for flags, given, elixir in specs:
        strategy = _strategy(flags, elixir)
        kids, whole = _children(ev, given, elixir, strategy)
        limits = _limits(flags, elixir)
        yield replace(common, strategy=strategy, limits=limits, children=kids, whole=whole and known)
    if not specs:
        yield common


def _reached(module: Module) -> Iterator[Function]:
    """`init/1` and the functions of the module that it calls by name or as funs, without their places."""
    todo, seen = [INIT], set[FA]()
    while todo:
        at = todo.pop()
        function = module.functions.get(at)
        if function is None or at in seen:
            continue
        seen.add(at)
        calls = tuple(call._replace(place=None) for call in function.calls)
        yield replace(function, place=None, calls=calls, waits=())
        todo += [call.called.local for call in calls if call.called.module == module.name]
        held = (value for call in calls for value in call.args)
        todo += [fun.function for value in (*function.returns, *held) for fun in local_funs(value)]


def _flags_and_specs(way: Term) -> tuple[Term, Term, bool] | None:
    """`{ok, {Flags, Specs}}`, or a call of Elixir that returns that; with whether Elixir reads the list."""
    origin = origin_of(way)
    match way:
        case Tuple((Atom("ok"), Tuple((flags, specs)))):
            return flags, specs, False
    if isinstance(origin, Result) and origin.called in _ELIXIR_INIT and len(origin.args) == origin.called.arity:
        specs = origin.args[0] if origin.called.arity == 2 else NIL
        return origin.args[-1], specs, True
    return None


def _is_refusal(way: Term) -> bool:
    """Whether `init/1` refuses in this way, so that there is no supervisor."""
    return way == Atom("ignore") or (isinstance(way, Tuple) and way.items[:1] in ((Atom("error"),), (Atom("stop"),)))


def _strategy(flags: Term, elixir: bool) -> str | None:
    match flags:
        case Tuple((Atom(strategy), _, _)):
            return strategy
        case Map(pairs):
            return as_atom(dict(pairs).get(Atom("strategy"), Atom("one_for_one")))
    found = option(flags, "strategy") if elixir else None
    return as_atom(found) if found is not None else None


def _limits(flags: Term, elixir: bool) -> tuple[Term, ...]:
    """Intensity, period and `auto_shutdown`, with the defaults of OTP or Elixir."""
    never = Atom("never")
    match flags:
        case Tuple((_, intensity, period)):
            return intensity, period, never
        case Map(pairs):
            given = dict(pairs)
            defaults = (("intensity", Int(1)), ("period", Int(5)), ("auto_shutdown", never))
            return tuple(given.get(Atom(name), default) for name, default in defaults)
    if not elixir:
        return (UNKNOWN,)
    defaults = (("max_restarts", Int(3)), ("max_seconds", Int(5)), ("auto_shutdown", never))
    return tuple(option(flags, name) or default for name, default in defaults)


def _children(ev: Evaluator, given: Term, elixir: bool, strategy: str | None) -> tuple[tuple[Child, ...], bool]:
    specs, whole = listed(given)
    kids = [child(ev, spec, elixir, strategy == "simple_one_for_one") for spec in specs]
    known = tuple(kid for kid in kids if kid)
    return known, whole and len(known) == len(kids) and all(kid.is_id_known for kid in known)


def _of_call(ev: Evaluator, module: Module, function: FA, call: Call) -> Iterator[Supervisor]:
    """The list given to Elixir's `Supervisor.start_link/2`, or the specification given to `start_child/2`."""
    about, given = call.args
    if call.called in _START_CHILD:
        if isinstance(given, Map | Tuple | Atom):
            kids, _ = _children(ev, List((given,)), _START_CHILD[call.called], None)
            name = about if isinstance(about, Atom) else None
            yield Supervisor(module.name, function, call.place, "added", None, (), kids, False, name)
    elif not isinstance(about, Atom):
        strategy = _strategy(given, True)
        kids, whole = _children(ev, about, True, strategy)
        if kids or whole:
            found = option(given, "name")
            name, limits = found if isinstance(found, Atom) else None, _limits(given, True)
            yield Supervisor(module.name, function, call.place, "list", strategy, limits, kids, whole, name)
