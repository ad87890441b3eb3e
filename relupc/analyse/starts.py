"""The calls that start processes, as OTP and Elixir document them, and which process a start function starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.analyse.evaluate import Evaluator, returned, value_of
from relupc.analyse.values import UNKNOWN
from relupc.model.beam import FA, MFA, Place
from relupc.model.code import Module, Part, Result, options, origin_of
from relupc.model.supervision import SERVERS, Kind, Process
from relupc.model.term import Atom, List, Term, Tuple, Unknown, as_atom, as_list, is_known
from relupc.model.value import NamedTuple


class Shape(NamedTuple):
    """Where the arguments of a call have the callback module and the name; `last` ones are options of Elixir."""

    kind: Kind
    module: int | None
    name: int | None = None
    options: int | None = None


_STARTS = ("start", "start_link", "start_monitor")


def _shapes() -> Iterator[tuple[MFA, Shape]]:
    for name in _STARTS:
        for module in ("gen_server", "gen_statem", "gen_fsm"):
            kind: Kind = "gen_server" if module == "gen_server" else "gen_statem"
            yield MFA(module, name, 3), Shape(kind, 0)
            yield MFA(module, name, 4), Shape(kind, 1, 0)
        yield MFA("gen_event", name, 0), Shape("gen_event", None)
        yield MFA("gen_event", name, 1), Shape("gen_event", None, 0)
        yield MFA("gen_event", name, 2), Shape("gen_event", None, 0)
        for module in ("Elixir.GenServer", "Elixir.GenStage"):
            yield MFA(module, name, 2), Shape("gen_server", 0)
            yield MFA(module, name, 3), Shape("gen_server", 0, None, 2)
        for arity in (3, 4, 5):
            yield MFA("proc_lib", name, arity), Shape("special", 0)
        for arity in (1, 2, 3, 4):
            yield MFA("Elixir.Agent", name, arity), Shape("library", None, None, arity - 1)
            yield MFA("Elixir.Task", name, arity), Shape("library", None)
    for module in ("supervisor", "supervisor_bridge"):
        bridge: Kind = "supervisor" if module == "supervisor" else "supervisor_bridge"
        yield MFA(module, "start_link", 2), Shape(bridge, 0)
        yield MFA(module, "start_link", 3), Shape(bridge, 1, 0)
    for module in ("Elixir.Supervisor", "Elixir.DynamicSupervisor"):
        yield MFA(module, "start_link", 2), Shape("supervisor", 0, None, 1)
        yield MFA(module, "start_link", 3), Shape("supervisor", 0, None, 2)
    for name in ("DynamicSupervisor", "Task.Supervisor", "Registry", "PartitionSupervisor"):
        yield MFA(f"Elixir.{name}", "start_link", 1), Shape("supervisor", None, None, 0)
    for module in ("erlang", "proc_lib"):
        for name in ("spawn", "spawn_link", "spawn_monitor"):
            yield from ((MFA(module, name, arity), Shape("bare", None)) for arity in (1, 2))
            yield from ((MFA(module, name, arity), Shape("bare", arity - 3)) for arity in (3, 4))
    yield MFA("erlang", "self", 0), Shape("self", None)


APPLICATIONS = {"application", "Elixir.Application"}
_BEHAVIOURS = {"gen_server", "gen_statem", "Elixir.GenServer"}
_CALLBACKS = {FA("init", 1), FA("handle_continue", 2), FA("handle_call", 3), FA("handle_cast", 2), FA("handle_info", 2)}
SHAPES: Mapping[MFA, Shape] = dict(_shapes())
_STARTING = frozenset(called[:2] for called, shape in SHAPES.items() if shape.kind not in ("bare", "self"))


def process_of(called: MFA, args: tuple[Term, ...], by: MFA, place: Place | None = None) -> Process | None:
    """The process that a call starts, if it is one that does."""
    shape = SHAPES.get(called)
    if shape is None or len(args) != called.arity:
        return None
    module = as_atom(args[shape.module]) if shape.module is not None else None
    name: Term | None = None
    if shape.name is not None:
        name = _name(args[shape.name])
    elif called.arity == 2 and shape.kind == "supervisor" and as_list(args[0]) is None:
        name = None if module else UNKNOWN  # a module and what its init/1 is given
    elif shape.options is not None:
        name = option(args[shape.options], "name")
    return Process(shape.kind, module, name, by, called, args, place)


def _name(given: Term) -> Term | None:
    """The name in `{local, Name}`; that of another registry as it is. A list of options has none."""
    match given:
        case Tuple((Atom("local"), name)):
            return name if is_known(name) else UNKNOWN
        case Tuple() | List():
            return given if isinstance(given, Tuple) else None
    return UNKNOWN


def option(given: Term, key: str) -> Term | None:
    """The value of an option of Elixir; None where it is not given."""
    items = as_list(given)
    if items is None:
        return UNKNOWN if isinstance(given, Unknown | List) else None
    for item in items:
        match item:
            case Tuple((Atom(found), value)) if found == key:
                return None if value == Atom("nil") else value if is_known(value) else UNKNOWN
            case Unknown():
                return UNKNOWN
    return None


def starts_of(module: Module) -> tuple[Process, ...]:
    """The processes that the functions of a module start by themselves, spawned ones apart."""
    found = []
    for function in module.calling(_STARTING):
        by = MFA(module.name, function.name, function.arity)
        for call in function.calls:
            process = process_of(call.called, call.args, by, call.place)
            if process and process.kind not in ("bare", "self"):
                found.append(process)
    return tuple(found)


def started(ev: Evaluator, called: MFA, args: tuple[Term, ...] | None) -> tuple[Process, ...]:
    """The processes of which a start function returns one; empty where that is not known.

    What counts is what it returns. Where that does not tell, as in `{ok, Pid} = gen_server:start_link(...), {ok, Pid}`,
    the one call that it has which starts a process is taken.
    """
    direct = process_of(called, args or (), called)
    if direct:
        return (direct,)
    found = [process for value in returned(ev, called, args) for process in processes(value, called)]
    if found:
        return tuple(dict.fromkeys(found))
    frame = ev.frame(called, args)
    calls = [call for call in frame.function.calls if call.called in SHAPES] if frame else []
    inside = [call for call in calls if SHAPES[call.called].kind not in ("bare", "self")]
    if frame is None or len(inside) != 1:
        return ()
    given = tuple(value_of(ev, frame, arg) for arg in inside[0].args)
    process = process_of(inside[0].called, given, called, inside[0].place)
    return (process,) if process else ()


def processes(value: Term, by: MFA) -> Iterator[Process]:
    """The processes in what a start function returns: what a start call returned, or `{ok, Pid}`."""
    for one in options(value):
        origin, bare = origin_of(one), False
        if isinstance(one, Tuple) and len(one.items) in (2, 3) and one.items[0] == Atom("ok"):
            origin, bare = origin_of(one.items[1]), True
            if isinstance(origin, Part) and origin.at == 1:  # the Pid of `{ok, Pid}`, put in a tuple again
                origin, bare = origin_of(origin.whole), False
        if isinstance(origin, Result):
            process = process_of(origin.called, origin.args, by)
            if process and bare == (process.kind in ("bare", "self")):
                yield process


def outside_of(ev: Evaluator, module: Module, roots: tuple[Process, ...]) -> Iterator[Process]:
    """The servers that a server's callback, or `start/2` of an application beside what it returns, starts by itself.

    `by` is the callback; `called`, `args` and `place` are its call of the start function.
    """
    declared, known = set(module.behaviours), {root.module for root in roots}
    wanted = (_CALLBACKS if declared & _BEHAVIOURS else set()) | (
        {FA("start", 2)} if declared & APPLICATIONS else set()
    )
    for function in (module.functions[fa] for fa in sorted(wanted) if _may_start(module, fa)):
        by = MFA(module.name, function.name, function.arity)
        for call in function.calls:
            if call.called in SHAPES or call.called.name.startswith("start"):
                kept = (one for one in started(ev, call.called, call.args) if one.kind in (*SERVERS, "gen_event"))
                for one in kept if not call.tail else ():
                    if one.module not in known:
                        yield one._replace(by=by, called=call.called, args=call.args, place=call.place)


def _may_start(module: Module, fa: FA) -> bool:
    """Whether a function may call what starts a process, by what it names."""
    acts = module.acts.get(fa) if module.acts is not None else None
    names = acts.calls if acts else ()
    started = any(one in SHAPES or one.name.startswith("start") for one in names)
    return fa in module.functions and (acts is None or started)
