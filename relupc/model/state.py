"""What a module says of the processes that run it: their behaviour, their state, and what an upgrade makes of that."""

from __future__ import annotations

from typing import Literal, TypeAlias

from relupc.model.beam import FA, MFA, Place
from relupc.model.code import Module
from relupc.model.term import Term
from relupc.model.value import NamedTuple, dataclass, field

ProcessKind: TypeAlias = Literal[
    "gen_server", "gen_statem", "gen_fsm", "gen_event", "gen_stage", "supervisor", "special"
]
ConversionKind: TypeAlias = Literal["missing", "identity", "converting", "refuses"]

BEHAVIOURS: dict[str, ProcessKind] = {
    "gen_server": "gen_server",
    "Elixir.GenServer": "gen_server",
    "gen_statem": "gen_statem",
    "Elixir.GenStateMachine": "gen_statem",
    "gen_fsm": "gen_fsm",
    "gen_event": "gen_event",
    "Elixir.GenStage": "gen_stage",
    "supervisor": "supervisor",
    "supervisor_bridge": "supervisor",
    "Elixir.Supervisor": "supervisor",
    "Elixir.DynamicSupervisor": "supervisor",
    "Elixir.ConsumerSupervisor": "supervisor",
}
CODE_CHANGE = FA("code_change", 3)
# What `sys` has called in a process for `{advanced, _}`. A supervisor needs none, it calls `init/1` again.
CONVERTERS: dict[ProcessKind, FA] = {
    "gen_server": CODE_CHANGE,
    "gen_event": CODE_CHANGE,
    "gen_stage": CODE_CHANGE,
    "gen_statem": FA("code_change", 4),
    "gen_fsm": FA("code_change", 4),
    "special": FA("system_code_change", 4),
}
# Where these have the old version, the state (a state machine: its name and its data), and Extra.
PLACES: dict[FA, tuple[int, tuple[int, ...], int]] = {
    CODE_CHANGE: (0, (1,), 2),
    FA("code_change", 4): (0, (1, 2), 3),
    FA("system_code_change", 4): (2, (0,), 3),
}
# What an update as a supervisor works for: OTP has the process call its `init/1` again.
SUPERVISORS = frozenset({"supervisor", "Elixir.Supervisor", "Elixir.DynamicSupervisor"})
OPTIONAL: frozenset[ProcessKind] = frozenset({"gen_stage"})  # it asks first whether the function is there
_BY_EXPORTS: tuple[tuple[ProcessKind, frozenset[FA]], ...] = (
    ("gen_statem", frozenset({FA("init", 1), FA("callback_mode", 0)})),
    ("gen_server", frozenset({FA("init", 1), FA("handle_call", 3), FA("handle_cast", 2)})),
    ("gen_event", frozenset({FA("init", 1), FA("handle_call", 2), FA("handle_event", 2)})),
)
_SYSTEM = frozenset({FA("system_code_change", 4), FA("system_continue", 3)})


class Shape(NamedTuple):
    """What a value looks like from outside.

    A `tuple` has a size and, if its first element is an atom, that as its `tag`. A `map` has `keys`, in the order of
    their text, or none where only that it is a map is known; `tag` is the struct that it is. Of any other (`plain`)
    value `tag` is its type.
    """

    kind: Literal["tuple", "map", "plain"]
    tag: str | None
    size: int = 0
    keys: tuple[Term, ...] = ()


class Stored(NamedTuple):
    """A value with a tag that a call of `by` keeps in a table or the like; of size 0 where only the tag is known."""

    shape: Shape
    called: MFA
    by: MFA
    place: Place | None


class Version(NamedTuple):
    """A version as `code_change` compares the old one with: its text, or words; `down` inside `{down, Version}`."""

    type: Literal["string", "binary", "atom", "integer"]
    text: str
    down: bool


class Slow(NamedTuple):
    """A call on the way of `code_change` that may take its time. `inside` is the function that makes it."""

    called: MFA
    args: tuple[Term, ...]
    inside: MFA
    place: Place | None


@dataclass(frozen=True, slots=True)
class Conversion:
    """What the function does that converts the state.

    `identity` gives back what it was given, `refuses` never returns what OTP takes for success. `down` is whether it
    asks for `{down, _}`, or hands the old version on to others. `made` are the shapes that it returns, `asked` those
    that it asks the old state for, `wrong` the results that OTP takes for none. `open`: it may return what is not
    known, or take any state.
    """

    function: FA
    kind: ConversionKind
    place: Place | None = None
    down: bool = False
    versions: tuple[Version, ...] = ()
    made: tuple[Shape, ...] = ()
    asked: tuple[Shape, ...] = ()
    wrong: tuple[Term, ...] = ()
    slow: tuple[Slow, ...] = ()
    open: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """The process of a callback module.

    `held` are the shapes of its state: those that `init/1` makes or a callback returns; `whole` is whether `init/1`
    makes no others. `asked` are those that callbacks ask the state for. `mode` is what `callback_mode/0` of a
    gen_statem returns, `names` are states that it goes to. `values` are the states themselves that `init/1` makes.
    """

    kind: ProcessKind
    place: Place | None
    held: tuple[Shape, ...]
    whole: bool
    asked: tuple[Shape, ...]
    conversion: Conversion
    mode: tuple[str, ...] | None = None
    names: tuple[str, ...] = ()
    values: tuple[Term, ...] = field(default=(), repr=False)


def kinds_of(module: Module) -> tuple[ProcessKind, ...]:
    """The process behaviours of a module: those it declares; by its exports where it declares none."""
    declared = tuple(dict.fromkeys(BEHAVIOURS[name] for name in module.behaviours if name in BEHAVIOURS))
    if declared:
        return declared
    if module.exports & _SYSTEM:
        return ("special",)
    found = None if module.behaviours else by_exports(module.exports)
    return (found,) if found else ()


def by_exports(exports: frozenset[FA]) -> ProcessKind | None:
    """The process behaviour whose callbacks a module has, where no other has those; a supervisor has but `init/1`."""
    return next((kind for kind, needs in _BY_EXPORTS if needs <= exports), None)


def kind_of(module: Module) -> ProcessKind | None:
    """The process behaviour of a module; None if it has none, or more than one."""
    kinds = kinds_of(module)
    return kinds[0] if len(kinds) == 1 else None


def leads_up(conversion: Conversion) -> bool:
    """Whether a function converts, but does not tell a downgrade, nor by the state what to make of it."""
    sizes = {shape.size for shape in conversion.made if shape.kind == "tuple"}
    return conversion.kind == "converting" and not conversion.down and len(sizes) < 2
