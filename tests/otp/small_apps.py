"""A `Random` in, a small application out: what its modules do, not their text (`small_text.py`).

Functions call one another without circles, processes call functions and no other process, and every process answers
`probe/0` with all that its state holds. So two nodes that run the same code in the same state say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

NAME = "mill"
FIELDS = ["grain", "flour", "sacks", "orders", "miller", "wheel"]
WORDS = ["scale", "price", "stone", "sieve", "label", "route", "grade", "stamp", "ledger", "season"]
PROCESSES = ["store", "clerk", "gate", "bell", "cart", "clock", "guard", "scribe"]
SUPERVISORS = ["yard_sup", "shop_sup", "road_sup"]
KINDS = ["server", "server", "server", "server", "statem", "statem", "event", "special", "special", "loop"]
STRATEGIES = ["one_for_one", "one_for_one", "one_for_all", "rest_for_one"]


class Call(NamedTuple):
    module: str
    function: str


class State(NamedTuple):
    """`kind` is record, map or tuple; the fields in their order."""

    kind: str
    fields: tuple[str, ...]


NO_STATE = State("record", ())


@dataclass(slots=True)
class Function:
    name: str
    number: int
    calls: list[Call] = field(default_factory=list)


@dataclass(slots=True)
class Child:
    module: str
    restart: str = "permanent"
    shutdown: int = 500


@dataclass(slots=True)
class Module:
    """What a module does. `kind` is app, sup, plain, or one of KINDS; `lines` are empty lines above the code.

    `change` says what its code_change does: none, same (gives the state back) or convert (to and from `before`).
    """

    name: str
    kind: str
    number: int
    lines: int = 0
    logs: bool = False
    functions: list[Function] = field(default_factory=list)
    uses: list[Call] = field(default_factory=list)
    at_start: list[Call] = field(default_factory=list)
    state: State = NO_STATE
    before: State | None = None
    change: str = "none"
    mode: str = "state_functions"
    helper: bool = False
    children: list[Child] = field(default_factory=list)
    flags: tuple[str, int, int] = ("one_for_one", 3, 10)
    as_map: bool = True


@dataclass(slots=True)
class App:
    vsn: str
    modules: dict[str, Module]

    def of(self, *kinds: str) -> list[Module]:
        """The modules of some kinds, by name."""
        return [module for _, module in sorted(self.modules.items()) if module.kind in kinds]

    def add(self, module: Module) -> Module:
        """Put a module in; the same module out."""
        self.modules[module.name] = module
        return module

    def functions(self) -> list[tuple[Module, Function]]:
        """All functions that others can call."""
        return [(module, function) for module in self.of("plain") for function in module.functions]

    def parent(self, name: str) -> Module | None:
        """The supervisor that has this module as a child."""
        return next((sup for sup in self.of("sup") if any(child.module == name for child in sup.children)), None)


def build(rnd: Random) -> App:
    """An application of three to about ten modules."""
    app = App("1.0.0", {})
    app.add(Module(f"{NAME}_app", "app", number(rnd)))
    for word in rnd.sample(WORDS, rnd.randint(1, 3)):
        add_plain(app, word, rnd)
    tops = [app.add(Module(f"{NAME}_sup", "sup", 0, flags=flags(rnd), as_map=rnd.random() < 0.8))]
    for word in SUPERVISORS[: rnd.choice([0, 0, 1, 1, 2])]:
        tops.append(add_supervisor(app, word, rnd.choice(tops), rnd))
    for word in rnd.sample(PROCESSES, rnd.randint(1, 4)):
        add_process(app, word, rnd.choice(tops), rnd)
    for _ in range(rnd.randint(0, 3)):
        add_call(app, rnd)
    return app


def number(rnd: Random) -> int:
    """A constant of a function: where it changes, the code has changed."""
    return rnd.randint(100, 999)


def flags(rnd: Random) -> tuple[str, int, int]:
    """Strategy, intensity and period of a supervisor."""
    return rnd.choice(STRATEGIES), rnd.randint(1, 9), rnd.randint(5, 30)


def add_plain(app: App, word: str, rnd: Random) -> Module:
    """A module with functions that others may call."""
    module = app.add(Module(f"{NAME}_{word}", "plain", number(rnd), logs=rnd.random() < 0.3))
    for _ in range(rnd.randint(1, 3)):
        add_function(app, module, rnd)
    return module


def add_function(app: App, module: Module, rnd: Random) -> Function:
    """A function that calls nothing yet; its name was never used in this application."""
    taken = [int(function.name[1:]) for _, function in app.functions()]
    function = Function(f"f{max(taken, default=0) + 1}", number(rnd))
    module.functions.append(function)
    return function


def add_supervisor(app: App, word: str, parent: Module, rnd: Random) -> Module:
    """A supervisor without children, below another one."""
    module = app.add(Module(f"{NAME}_{word}", "sup", 0, flags=flags(rnd), as_map=rnd.random() < 0.8))
    parent.children.append(Child(module.name))
    return module


def add_process(app: App, word: str, parent: Module, rnd: Random) -> Module:
    """A process below a supervisor."""
    fields = tuple(rnd.sample(FIELDS, rnd.randint(1, 3)))
    kind = rnd.choice(KINDS)
    module = Module(
        f"{NAME}_{word}" + "_events" * (kind == "event"),
        kind,
        number(rnd),
        logs=rnd.random() < 0.2,
        state=State(rnd.choice(["record", "record", "map", "tuple"]), fields),
        change=rnd.choice(["none", "same"]),
        mode=rnd.choice(["state_functions", "handle_event_function"]),
        helper=rnd.random() < 0.3,
    )
    known = [Call(owner.name, function.name) for owner, function in app.functions()]
    module.uses = rnd.sample(known, min(len(known), rnd.randint(0, 2)))
    module.at_start = rnd.sample(known, min(len(known), rnd.choice([0, 0, 0, 1])))
    parent.children.append(Child(module.name, rnd.choice(["permanent", "permanent", "transient"])))
    return app.add(module)


def add_call(app: App, rnd: Random) -> bool:
    """Let a function call another one, if that makes no circle."""
    known = app.functions()
    (_, caller), (module, called) = rnd.choice(known), rnd.choice(known)
    call = Call(module.name, called.name)
    if call in caller.calls or reaches(app, called, caller):
        return False
    caller.calls.append(call)
    return True


def reaches(app: App, start: Function, goal: Function) -> bool:
    """Whether a function calls another one, at whatever distance; or is the same."""
    if start is goal:
        return True
    by_name = {Call(module.name, function.name): function for module, function in app.functions()}
    return any(reaches(app, by_name[call], goal) for call in start.calls)


def forget(app: App, gone: list[Call]) -> None:
    """Take all calls of some functions out."""
    for module in app.modules.values():
        module.uses = [call for call in module.uses if call not in gone]
        module.at_start = [call for call in module.at_start if call not in gone]
        for function in module.functions:
            function.calls = [call for call in function.calls if call not in gone]
