"""What functions return, with what the functions that they call return put in: without running them, and bounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import TypeAlias

from relupc.analyse import values
from relupc.analyse.values import UNKNOWN, unknown
from relupc.model.beam import MFA
from relupc.model.code import Argument, Choice, Function, LocalFun, MadeFun, Module, Part, Result, origin_of
from relupc.model.term import Fun, List, Map, Term, Tuple, Unknown
from relupc.model.value import NamedTuple, dataclass, field

MAX_CALLS = 6  # one inside the other
MAX_NESTED = 60  # parts of a value
BUDGET = 20_000  # values looked at for one module
_LEAVES = {("erlang", name) for name in ("error", "exit", "throw", "raise", "halt", "nif_error")}

Args: TypeAlias = tuple[Term, ...]


class Frame(NamedTuple):
    """A function of a module and what it was given; None where that is not known."""

    module: str
    function: Function
    args: Args | None


class Given(NamedTuple):
    """What the calls that a function makes of another one are given: each once, and by what is kept of it."""

    whole: dict[Args, None]
    kept: dict[Args, list[Args]]


@dataclass(slots=True)
class Evaluator:
    """The modules of a build, the calls that are taken as they are, and what may still be looked at.

    `known` are functions whose result is known from their arguments; they give None where it is not.
    """

    modules: Mapping[str, Module]
    kept: Callable[[MFA], bool]
    known: Mapping[tuple[str, str], Callable[[Evaluator, Args], Term | None]]
    left: int = BUDGET
    inside: list[MFA] = field(default_factory=list)
    given: dict[MFA, dict[MFA, Given]] = field(default_factory=dict)

    def frame(self, called: MFA, args: Args | None = None) -> Frame | None:
        """A function whose code was looked at, given these arguments."""
        module = self.modules.get(called.module)
        function = module.functions.get(called.local) if module else None
        return Frame(called.module, function, args) if function else None


def returned(ev: Evaluator, called: MFA, args: Args | None) -> tuple[Term, ...]:
    """What a function may return, each once; empty where that is not known."""
    frame = ev.frame(called, args)
    if frame is None or called in ev.inside or len(ev.inside) >= MAX_CALLS:
        return ()
    ev.inside.append(called)
    calls = frame.function.calls
    last = [unknown(Result(call.called, call.args)) for call in calls if call.tail and call.called[:2] not in _LEAVES]
    found = dict.fromkeys(value_of(ev, frame, value) for value in (*frame.function.returns, *last))
    ev.inside.pop()
    return tuple(found)


def value_of(ev: Evaluator, frame: Frame, value: Term, nested: int = 0) -> Term:
    """A value of a function with its arguments, and the results of its calls, put in."""
    ev.left -= 1
    if ev.left < 0 or nested > MAX_NESTED:
        return UNKNOWN

    def inner(part: Term) -> Term:
        return value_of(ev, frame, part, nested + 1)

    match value, origin_of(value):
        case _, Argument(number):
            return value if frame.args is None else frame.args[number] if number < len(frame.args) else UNKNOWN
        case _, Part(whole, at):
            return values.element(inner(whole), at) if isinstance(at, int) else values.value_at(inner(whole), at)
        case _, Choice(found):
            return reduce(values.joined, map(inner, found))
        case _, LocalFun(function, captures):
            return Unknown("fun", origin=MadeFun(frame.module, function, tuple(map(inner, captures))))
        case _, Result(called, given):
            return result_of(ev, called, tuple(map(inner, _whole(ev, frame, called, given))))
        case Tuple(items), _:
            return Tuple(tuple(map(inner, items)))
        case List(items, tail), _:
            return _list(tuple(map(inner, items)), inner(tail) if tail else None)
        case Map(pairs), _:
            return Map(tuple((inner(key), inner(held)) for key, held in pairs))
    return value


def _list(items: Args, tail: Term | None) -> Term:
    """A list whose tail may have turned out to be one."""
    if isinstance(tail, List):
        return List((*items, *tail.items), tail.tail)
    return List(items, tail)


def result_of(ev: Evaluator, called: MFA, args: Args) -> Term:
    """What a call returns; the call itself where that is not known."""
    if ev.kept(called):
        return unknown(Result(called, args))
    known = ev.known.get(called[:2])
    value = known(ev, args) if known else None
    if value is None:
        found = returned(ev, called, args)
        value = reduce(values.joined, found) if found else unknown(Result(called, args))
    return value


def applied(ev: Evaluator, fun: Term, args: Args) -> Term:
    """What a fun returns."""
    if isinstance(fun, Fun):
        return result_of(ev, MFA(fun.module, fun.function, fun.arity), args) if fun.arity == len(args) else UNKNOWN
    origin = fun.origin if isinstance(fun, Unknown) else None
    given = (*args, *origin.captures) if isinstance(origin, MadeFun) else ()
    if isinstance(origin, MadeFun) and origin.function.arity == len(given):
        return result_of(ev, MFA(origin.module, *origin.function), given)
    return UNKNOWN


def _whole(ev: Evaluator, frame: Frame, called: MFA, args: Args) -> Args:
    """The arguments of a call of this function, of which its result may have kept less (values.result)."""
    here = MFA(frame.module, *frame.function.fa)
    if here not in ev.given:
        ev.given[here] = _given(frame.function)
    given = ev.given[here].get(called, Given({}, {}))
    if args in given.whole:
        return args
    found: Sequence[Args] = given.kept.get(args, ())
    if not found and len(args) != called.arity and len(given.whole) == 1:
        found = tuple(given.whole)
    if len(found) == 1:
        return found[0]
    return args if len(args) == called.arity else (UNKNOWN,) * called.arity


def _given(function: Function) -> dict[MFA, Given]:
    found: dict[MFA, Given] = {}
    for call in function.calls:
        given = found.setdefault(call.called, Given({}, {}))
        if call.args not in given.whole:
            given.whole[call.args] = None
            given.kept.setdefault(tuple(map(values.outline, call.args)), []).append(call.args)
    return found
