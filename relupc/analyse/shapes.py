"""The modules of a build -> the states of their processes (model/state.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.analyse.code_change import conversion_of
from relupc.analyse.evaluate import Evaluator, returned, value_of
from relupc.analyse.looks import looks, shape_of
from relupc.analyse.results import known_results
from relupc.model.beam import FA, MFA
from relupc.model.code import Argument, Function, Module, options, origin_of
from relupc.model.lazy import Lazy
from relupc.model.state import ProcessKind, Shape, State, kind_of
from relupc.model.term import Atom, Term, Tuple, as_atom, as_list

INIT, MODE = FA("init", 1), FA("callback_mode", 0)
MAX_FOLLOWED = 200  # functions that are given the state
# Where a callback has the state among its arguments.
_GEN_SERVER = {
    FA("handle_call", 3): 2,
    FA("handle_cast", 2): 1,
    FA("handle_info", 2): 1,
    FA("handle_continue", 2): 1,
}
CALLBACKS: Mapping[ProcessKind, Mapping[FA, int]] = {
    "gen_server": _GEN_SERVER,
    "gen_stage": {**_GEN_SERVER, FA("handle_demand", 2): 1, FA("handle_events", 3): 2},
    "gen_event": {FA("handle_event", 2): 1, FA("handle_call", 2): 1, FA("handle_info", 2): 1},
    "gen_statem": {FA("handle_event", 4): 3},
    "gen_fsm": {FA("handle_event", 3): 2, FA("handle_sync_event", 4): 3, FA("handle_info", 3): 2},
}
_NO_STATES = {FA("terminate", 3), FA("init", 3), FA("format_status", 3), FA("start_link", 3), FA("start", 3)}
# Where `enter_loop` has the state.
_ENTERED = {"gen_server": 2, "gen_statem": 3}
SYSTEM = ("sys", "handle_system_msg")
_SYSTEM_CALLBACKS = (
    ("system_continue", 3),
    ("system_terminate", 4),
    ("system_code_change", 4),
    ("system_replace_state", 2),
)
STARTED = [(Atom(name),) for name in ("ok", "producer", "consumer", "producer_consumer")]


def states_of(modules: Mapping[str, Module]) -> Mapping[str, State]:
    """The process of each module that is a callback module of one behaviour, and whose code was looked at."""
    decoded = ((name, kind_of(module)) for name, module in modules.items() if module.decoded)
    kinds: dict[str, ProcessKind] = {name: kind for name, kind in decoded if kind and kind != "supervisor"}

    def state(name: str) -> State:
        return _state(Evaluator(modules, lambda _: False, known_results()), modules[name], kinds[name])

    return Lazy(kinds, state)


def _state(ev: Evaluator, module: Module, kind: ProcessKind) -> State:
    conversion = conversion_of(ev, module, kind)
    values = tuple(dict.fromkeys(_made(ev, module, kind)))
    made = dict.fromkeys(map(shape_of, values))
    mode = _mode(ev, module) if kind == "gen_statem" else None
    callbacks = callbacks_of(module, kind, mode)
    kept = dict.fromkeys(map(shape_of, _kept(module, kind, callbacks)))
    init = module.functions.get(INIT)
    return State(
        kind,
        init.place if init else None,
        tuple(shape for shape in {**made, **kept} if shape),
        bool(made) and None not in made,
        tuple(asked(module, callbacks)),
        conversion,
        mode,
        tuple(dict.fromkeys(_names(ev, module))) if kind in ("gen_statem", "gen_fsm") else (),
        values,
    )


def callbacks_of(module: Module, kind: ProcessKind, mode: tuple[str, ...] | None) -> dict[FA, int]:
    """The callbacks that a module has, with the number of the argument that is the state."""
    if kind == "special":
        return dict(_loops(module))
    found = dict(CALLBACKS.get(kind, {}))
    if kind == "gen_statem" and (mode is None or "state_functions" in mode):
        found |= {fa: 2 for fa in sorted(module.exports) if fa.arity == 3 and fa not in _NO_STATES}
    return {fa: at for fa, at in found.items() if fa in module.functions}


def _loops(module: Module) -> Iterator[tuple[FA, int]]:
    """The functions of a special process that have its state as an argument: they hand it to `sys`."""
    for function in module.calling({SYSTEM}):
        for call in function.calls:
            if call.called[:2] == SYSTEM and len(call.args) > 5:
                origin = origin_of(call.args[5])
                if isinstance(origin, Argument):
                    yield function.fa, origin.number


def _begun(ev: Evaluator, module: Module) -> Iterator[Term]:
    """The states with which others than its own callbacks enter the loop of a special process."""
    loops = dict(_loops(module))
    own = {*loops, *(FA(name, arity) for name, arity in _SYSTEM_CALLBACKS)}
    for function in module.calling({(module.name, fa.name) for fa in loops}) if loops else ():
        frame = ev.frame(MFA(module.name, *function.fa)) if function.fa not in own else None
        for call in function.calls if frame else ():
            at = loops.get(call.called.local) if call.called.module == module.name else None
            if at is not None and frame and len(call.args) > at:
                yield from options(value_of(ev, frame, call.args[at]))


def _made(ev: Evaluator, module: Module, kind: ProcessKind) -> Iterator[Term]:
    """The states that a process begins with."""
    if kind == "special":
        yield from _begun(ev, module)
    for value in returned(ev, MFA(module.name, *INIT), None) if kind != "special" else ():
        for way in options(value):
            if isinstance(way, Tuple) and way.items[:1] in STARTED:
                at = 2 if kind in ("gen_statem", "gen_fsm") else 1
                yield from options(way.items[at]) if len(way.items) > at else ()
            elif not _ends(way):
                yield way
    for function in module.calling({(name, "enter_loop") for name in _ENTERED}):
        for call in function.calls:
            at = _ENTERED.get(call.called.module, 0) if call.called.name == "enter_loop" else 0
            frame = ev.frame(MFA(module.name, *function.fa))
            if at and frame and len(call.args) > at and call.args[0] == Atom(module.name):
                yield from options(value_of(ev, frame, call.args[at]))


def _ends(way: Term) -> bool:
    """Whether `init/1` starts no process in this way."""
    first = way.items[0] if isinstance(way, Tuple) and way.items else way
    return as_atom(first) in ("ignore", "stop", "error")


def _kept(module: Module, kind: ProcessKind, callbacks: Mapping[FA, int]) -> Iterator[Term]:
    """The states with which callbacks go on, as far as they make them themselves or in what they end with."""
    for fa in callbacks if kind != "special" else ():
        for value in _returns(module, module.functions[fa]):
            for way in options(value):
                if isinstance(way, Tuple) and (at := next_state(way.items, kind)):
                    yield from options(way.items[at])


def _returns(module: Module, function: Function) -> Iterator[Term]:
    """What a function returns, and the functions of the module do that it ends with."""
    yield from function.returns
    for call in function.calls:
        if call.tail and call.called.module == module.name and (last := module.functions.get(call.called.local)):
            yield from last.returns


def next_state(items: tuple[Term, ...], kind: ProcessKind) -> int:
    """Where a result of a callback has the state to go on with; 0 for any other result."""
    match kind, as_atom(items[0]) if items else None, len(items):
        case "gen_server", "noreply", size if size > 1:
            return 1
        case "gen_server", "reply", size if size > 2:
            return 2
        case "gen_event", "ok", 2:
            return 1
        case "gen_event", "ok", 3 if as_atom(items[2]) != "hibernate":
            return 2
        case (("gen_statem" | "gen_fsm"), "next_state", size) if size > 2:
            return 2
        case "gen_statem", "keep_state", size if size > 1:
            return 1
    return 0


def asked(module: Module, callbacks: Mapping[FA, int]) -> Iterator[Shape]:
    """The shapes that callbacks ask the state for, or functions to which they hand it as it is."""
    todo = list(callbacks.items())
    seen = set(todo)
    found: dict[Shape, None] = {}
    while todo and len(seen) < MAX_FOLLOWED:
        fa, at = todo.pop()
        function = module.functions[fa]
        found |= dict.fromkeys(looks(function.tests, at))
        for follow in _handed(function, module, at):
            if follow not in seen:
                seen.add(follow)
                todo.append(follow)
    yield from sorted(found, key=lambda shape: (shape.kind, shape.tag or "", shape.size))


def _handed(function: Function, module: Module, at: int) -> Iterator[tuple[FA, int]]:
    """The functions of the module that get an argument as it is, and as which of theirs."""
    for call in function.calls:
        if call.called.module == module.name and call.called.local in module.functions:
            for number, arg in enumerate(call.args):
                if any(origin_of(one) == Argument(at) for one in options(arg)):
                    yield call.called.local, number


def _mode(ev: Evaluator, module: Module) -> tuple[str, ...] | None:
    """What `callback_mode/0` returns, itself or by functions that it calls; None where that is not one thing."""
    ways = [way for value in returned(ev, MFA(module.name, *MODE), None) for way in options(value)]
    value = ways[0] if len(ways) == 1 else None
    names = [as_atom(one) for one in as_list(value) or (value,)] if value is not None else []
    known = [name for name in names if name]
    return tuple(sorted(known)) if known and len(known) == len(names) else None


def _names(ev: Evaluator, module: Module) -> Iterator[str]:
    """The names of states that a state machine begins in or goes to."""
    for fa in module.functions:
        for value in module.functions[fa].returns if fa != INIT else returned(ev, MFA(module.name, *fa), None):
            for way in options(value):
                if isinstance(way, Tuple) and len(way.items) > 2:
                    first, second = as_atom(way.items[0]), as_atom(way.items[1])
                    if second and first == ("ok" if fa == INIT else "next_state"):
                        yield second
