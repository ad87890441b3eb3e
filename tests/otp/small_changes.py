"""A small application in, its next version out, with the names of what was changed (`CHANGES`)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from random import Random
from typing import NamedTuple, Protocol

from tests.otp import small_apps, small_text
from tests.otp.small_apps import FIELDS, NAME, App, Call, Module, State


class Change(Protocol):
    """Changes an application; False if there was nothing to change."""

    def __call__(self, app: App, rnd: Random) -> bool: ...


class Pair(NamedTuple):
    """Two versions of an application, and what was changed from the one to the other."""

    old: App
    new: App
    changes: tuple[str, ...]


def pair(seed: int) -> Pair:
    """The pair of a seed."""
    rnd = Random(seed)
    old = small_apps.build(rnd)
    new = deepcopy(old)
    new.vsn = "1.1.0"
    wanted = rnd.choices(list(CHANGES), [weight for _, weight in CHANGES.values()], k=rnd.choice([1, 1, 2, 2, 3, 4]))
    done = [name for name in wanted if CHANGES[name][0](new, rnd)]
    return Pair(old, new, tuple(sorted(done)))


def _nothing(app: App, rnd: Random) -> bool:
    return True


def _code(app: App, rnd: Random) -> bool:
    module = rnd.choice(app.of("app", "plain", *small_text.PROCESSES))
    module.number = small_apps.number(rnd)
    for function in module.functions:
        function.number = small_apps.number(rnd)
    return True


def _lines(app: App, rnd: Random) -> bool:
    """Lines move, and with them what the macros of the logger say; without those nothing changes."""
    logging = [module for module in app.modules.values() if module.logs]
    module = rnd.choice(logging or list(app.modules.values()))
    module.lines += rnd.randint(1, 5)
    return True


def _function_added(app: App, rnd: Random) -> bool:
    module = rnd.choice(app.of("plain"))
    function = small_apps.add_function(app, module, rnd)
    return _call(app, Call(module.name, function.name), rnd)


def _call(app: App, call: Call, rnd: Random) -> bool:
    """Let something else call a function that calls nothing itself."""
    functions = [function.calls for module, function in app.functions() if module.name != call.module]
    processes = [module.uses for module in app.of(*small_text.PROCESSES)]
    rnd.choice(functions + processes + processes).append(call)
    return True


def _function_removed(app: App, rnd: Random) -> bool:
    module = rnd.choice(app.of("plain"))
    if len(module.functions) < 2:
        return False
    gone = module.functions.pop(rnd.randrange(len(module.functions)))
    small_apps.forget(app, [Call(module.name, gone.name)])
    return True


def _module_added(app: App, rnd: Random) -> bool:
    unused = [word for word in small_apps.WORDS if f"{NAME}_{word}" not in app.modules]
    module = small_apps.add_plain(app, rnd.choice(unused), rnd)
    return _call(app, Call(module.name, module.functions[0].name), rnd)


def _module_removed(app: App, rnd: Random) -> bool:
    plain = app.of("plain")
    if len(plain) < 2:
        return False
    gone = app.modules.pop(rnd.choice(plain).name)
    small_apps.forget(app, [Call(gone.name, function.name) for function in gone.functions])
    return True


def _circle(app: App, rnd: Random) -> bool:
    """Two modules each get a function that the other one calls."""
    plain = app.of("plain")
    if len(plain) < 2:
        return False
    one, other = rnd.sample(plain, 2)
    for called, caller in ((one, other), (other, one)):
        function = small_apps.add_function(app, called, rnd)
        small_apps.add_function(app, caller, rnd).calls.append(Call(called.name, function.name))
    return True


def _new_state(module: Module, rnd: Random) -> State:
    """Another state: more fields, fewer, or one of another kind."""
    state = module.state
    unused = [name for name in FIELDS if name not in state.fields]
    choices = [State(state.kind, (*state.fields, rnd.choice(unused)))]
    choices.append(State(state.kind, (rnd.choice(unused), *state.fields)))
    if len(state.fields) > 1:
        choices.append(State(state.kind, state.fields[:-1]))
    choices.append(State("map" if state.kind == "record" else "record", state.fields))
    return rnd.choice(choices)


def _state_converted(app: App, rnd: Random) -> bool:
    able = [module for module in app.of("server", "statem", "event", "special") if module.before is None]
    if not able:
        return False
    module = rnd.choice(able)
    module.before, module.state, module.change = module.state, _new_state(module, rnd), "convert"
    return True


def _state_silent(app: App, rnd: Random) -> bool:
    """The state is another one, and nobody converts it."""
    able = [module for module in app.of(*small_text.PROCESSES) if module.before is None]
    if not able:
        return False
    module = rnd.choice(able)
    module.state = _new_state(module, rnd)
    return True


def _mode(app: App, rnd: Random) -> bool:
    machines = app.of("statem")
    if not machines:
        return False
    module = rnd.choice(machines)
    module.mode = "state_functions" if module.mode == "handle_event_function" else "handle_event_function"
    module.change = "same" if module.change == "none" else module.change
    return True


def _child_added(app: App, rnd: Random) -> bool:
    taken = {word for word in small_apps.PROCESSES for name in app.modules if name.startswith(f"{NAME}_{word}")}
    unused = [word for word in small_apps.PROCESSES if word not in taken]
    if not unused:
        return False
    parent = rnd.choice(app.of("sup"))
    small_apps.add_process(app, rnd.choice(unused), parent, rnd)
    parent.children.insert(rnd.randrange(len(parent.children)), parent.children.pop())
    return True


def _child_removed(app: App, rnd: Random) -> bool:
    """A process goes, and its module with it."""
    processes = app.of(*small_text.PROCESSES)
    if len(processes) < 2:
        return False
    module = rnd.choice(processes)
    if parent := app.parent(module.name):
        parent.children = [child for child in parent.children if child.module != module.name]
    del app.modules[module.name]
    return True


def _child_moved(app: App, rnd: Random) -> bool:
    """A process gets another supervisor."""
    processes, supervisors = app.of(*small_text.PROCESSES), app.of("sup")
    if not processes or len(supervisors) < 2:
        return False
    parent = app.parent(rnd.choice(processes).name)
    assert parent, "every process has a supervisor"
    child = next(child for child in parent.children if not child.module.endswith("_sup"))
    parent.children.remove(child)
    rnd.choice([other for other in supervisors if other is not parent]).children.append(child)
    return True


def _child_changed(app: App, rnd: Random) -> bool:
    sup = rnd.choice([sup for sup in app.of("sup") if sup.children] or app.of("sup"))
    if not sup.children:
        return False
    place = rnd.randrange(len(sup.children))
    child = sup.children[place]
    restart = "transient" if child.restart == "permanent" else "permanent"
    sup.children[place] = rnd.choice([replace(child, restart=restart), replace(child, shutdown=child.shutdown + 100)])
    return True


def _flags(app: App, rnd: Random) -> bool:
    sup = rnd.choice(app.of("sup"))
    strategy, intensity, period = sup.flags
    sup.flags = rnd.choice([(strategy, intensity + 1, period), ("one_for_one", intensity, period + 1)])
    return True


def _supervisor_added(app: App, rnd: Random) -> bool:
    unused = [word for word in small_apps.SUPERVISORS if f"{NAME}_{word}" not in app.modules]
    if not unused:
        return False
    sup = small_apps.add_supervisor(app, unused[0], rnd.choice(app.of("sup")), rnd)
    taken = {word for word in small_apps.PROCESSES for name in app.modules if name.startswith(f"{NAME}_{word}")}
    free = [word for word in small_apps.PROCESSES if word not in taken]
    small_apps.add_process(app, rnd.choice(free), sup, rnd)
    return True


def _supervisor_removed(app: App, rnd: Random) -> bool:
    """A supervisor goes with all that is below it."""
    inner = [sup for sup in app.of("sup") if app.parent(sup.name)]
    if not inner:
        return False
    gone = rnd.choice(inner)
    parent = app.parent(gone.name)
    assert parent, "it was asked for"
    parent.children = [child for child in parent.children if child.module != gone.name]
    waiting = [gone]
    while waiting:
        module = waiting.pop()
        del app.modules[module.name]
        waiting += [app.modules[child.module] for child in module.children]
    return True


#: What can be changed, and how often it is, beside the others.
CHANGES: dict[str, tuple[Change, int]] = {
    "nothing": (_nothing, 1),
    "code": (_code, 6),
    "lines moved": (_lines, 2),
    "function added": (_function_added, 5),
    "function removed": (_function_removed, 4),
    "module added": (_module_added, 4),
    "module removed": (_module_removed, 3),
    "circle of calls": (_circle, 3),
    "state, converted": (_state_converted, 8),
    "state, not converted": (_state_silent, 3),
    "callback mode": (_mode, 3),
    "child added": (_child_added, 5),
    "child removed": (_child_removed, 4),
    "child moved": (_child_moved, 2),
    "child specification": (_child_changed, 3),
    "supervisor flags": (_flags, 3),
    "supervisor added": (_supervisor_added, 3),
    "supervisor removed": (_supervisor_removed, 2),
}
