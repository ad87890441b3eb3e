"""The function of a callback module that converts the state in an upgrade -> what it does (model Conversion)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

from relupc.analyse.blocking import blocks
from relupc.analyse.evaluate import Evaluator, returned
from relupc.analyse.looks import looks, shape_of
from relupc.analyse.values import SETELEMENT, result
from relupc.model.beam import MFA
from relupc.model.code import Argument, Call, Function, Module, Part, Result, Test, options, origin_of
from relupc.model.layout import flat
from relupc.model.state import CONVERTERS, OPTIONAL, PLACES, Conversion, ConversionKind, ProcessKind, Slow, Version
from relupc.model.term import Atom, Bin, Int, List, Str, Term, Tuple, as_atom, is_known

MAX_DEPTH = 2  # functions between `code_change` and a call
_DOWN = Atom("down")
# Beside what blocks everywhere: what waits for a database or another node.
_SLOW = {
    "mnesia": {"transaction", "sync_transaction", "activity", "wait_for_tables", "transform_table", "create_table"},
    "httpc": {"request"},
    "rpc": {"call", "block_call", "multicall"},
    "erpc": {"call", "multicall"},
    "Elixir.Task": {"await", "await_many"},
}
# Functions of which the result is a map, whatever they are given.
_MAPS = {
    *(("maps", name) for name in ("filter", "map", "merge", "put", "remove", "update", "with", "without")),
    *(("Elixir.Map", name) for name in ("delete", "drop", "merge", "put", "put_new", "take", "update", "update!")),
}
_RAISES = {("erlang", "error"), ("erlang", "exit"), ("erlang", "throw"), ("erlang", "raise"), ("erlang", "nif_error")}


def conversion_of(ev: Evaluator, module: Module, kind: ProcessKind) -> Conversion:
    """What `code_change`, or for a special process `system_code_change`, does."""
    fa = CONVERTERS[kind]
    function = module.functions.get(fa)
    if fa not in module.exports or function is None:
        return Conversion(fa, "identity" if kind in OPTIONAL else "missing")
    version, states, _ = PLACES[fa]
    ways = [way for value in returned(ev, MFA(module.name, *fa), None) for way in options(value)]
    handed_on = any(_is(arg, version) for call in function.calls if call.called[:2] not in _RAISES for arg in call.args)
    asks = [test for test in function.tests if _is(_whole(test.value), version)]
    made = [shape_of(one) for way in ways if _is_result(way, states) for one in options(way.items[-1])]
    return Conversion(
        fa,
        _kind(function, ways, states),
        function.place,
        handed_on or any(map(_is_for_down, asks)),
        tuple(dict.fromkeys(version for test in asks for version in _versions(test))),
        tuple(dict.fromkeys(shape for shape in made if shape)),
        tuple(dict.fromkeys(looks(function.tests, states[-1]))),
        _wrong(function, ways, states),
        tuple(_slow(ev.modules, module, function, MAX_DEPTH)),
        None in made or _hands_on(function, states[-1]),
    )


def _kind(function: Function, ways: Sequence[Term], states: tuple[int, ...]) -> ConversionKind:
    """Whether it converts anything. What cannot be told counts as a conversion."""
    fine = [way for way in ways if not _is_error(way) and not _is_wrong(way, states)]
    if not fine:
        if any(_is_wrong(way, states) for way in ways):
            return "refuses"
        last = [result(one.called, one.args) for one in function.calls if one.tail and one.called[:2] not in _RAISES]
        gone_on = not all(_is_wrong(way, states) for way in last)
        return "converting" if gone_on or not (ways or not function.returns) else "refuses"
    return "identity" if all(_is_untouched(function, way, states) for way in fine) else "converting"


def _is_untouched(function: Function, way: Term, states: tuple[int, ...]) -> bool:
    """Whether a result is `{ok, State}` with the state as it was given, or is nothing that OTP takes.

    The name of a state machine's state may be written out, in a clause for that name.
    """
    if not _is_result(way, states) or not _is(way.items[-1], states[-1]):
        return False
    *names, _ = zip(way.items[1:], states, strict=True)
    asked = [(test.value, one) for test in function.tests for one in test.against]
    return all(_is(part, at) or any(_is(value, at) and one == part for value, one in asked) for part, at in names)


def _is_result(way: Term, states: tuple[int, ...]) -> TypeGuard[Tuple]:
    """Whether a value is `{ok, State}`, or `{ok, Name, Data}` of a state machine."""
    return isinstance(way, Tuple) and len(way.items) == len(states) + 1 and as_atom(way.items[0]) == "ok"


def _is_error(way: Term) -> bool:
    return isinstance(way, Tuple) and len(way.items) == 2 and as_atom(way.items[0]) == "error"


def _is_wrong(way: Term, states: tuple[int, ...]) -> bool:
    """Whether a result is known, and OTP takes it for a failure that nobody meant."""
    if _is_result(way, states) or _is_error(way):
        return False
    if isinstance(way, Tuple):
        return not way.items or is_known(way.items[0])
    return shape_of(way) is not None or _is_state(way, states[-1])


def _wrong(function: Function, ways: Sequence[Term], states: tuple[int, ...]) -> tuple[Term, ...]:
    """The results that are failures. What a helper returns in some cases may never be returned here, but one of all."""
    found = tuple(way for value in _results(function) for way in options(value) if _is_wrong(way, states))
    every = all(_is_wrong(way, states) or _is_error(way) for way in ways)
    return found or tuple(way for way in ways if every and _is_wrong(way, states))


def _results(function: Function) -> Iterator[Term]:
    """What it returns itself, and what functions of other modules do that it ends with."""
    yield from function.returns
    yield from (result(call.called, call.args) for call in function.calls if call.tail and call.kind == "remote")


def _is_state(way: Term, number: int) -> bool:
    """Whether a value is an argument, that record with other fields, or some map."""
    origin = origin_of(way)
    if not isinstance(origin, Result):
        return _is(way, number)
    if origin.called == SETELEMENT and len(origin.args) == SETELEMENT.arity and origin.args[0] != Int(1):
        return _is_state(origin.args[1], number)
    return origin.called[:2] in _MAPS


def _is(value: Term, number: int) -> bool:
    """Whether a value is an argument."""
    return origin_of(value) == Argument(number)


def _whole(value: Term) -> Term:
    """The value of which a value is a part, directly; or itself."""
    origin = origin_of(value)
    return origin.whole if isinstance(origin, Part) else value


def _hands_on(function: Function, number: int) -> bool:
    """Whether other functions are given an argument: what they ask it for is not looked at."""
    return any(_is(arg, number) for call in function.calls for arg in call.args)


def _is_for_down(test: Test) -> bool:
    """Whether a test tells a downgrade: by the tuple, or by the word in it."""
    return test.name in ("is_tuple", "test_arity") or _DOWN in test.against or any(map(_is_down, test.against))


def _is_down(value: Term) -> bool:
    return isinstance(value, Tuple) and value.items[:1] == (_DOWN,)


def _versions(test: Test) -> Iterator[Version]:
    """The versions that a test compares the old one with."""
    part = origin_of(test.value)
    down = isinstance(part, Part) and part.at == 1
    if isinstance(part, Part) and not down:
        return
    match test.name:
        case "is_nonempty_list" | "is_list":
            yield Version("string", "a string", down)
        case "is_binary" | "is_bitstr" | "bs_start_match4":
            yield Version("binary", "a binary", down)
        case "is_eq_exact" | "is_ne_exact" | "is_eq" | "is_ne" | "select_val":
            for against in test.against:
                inside = against.items[1] if isinstance(against, Tuple) and len(against.items) == 2 else against
                yield from _version(inside, down or _is_down(against))


def _version(value: Term, down: bool) -> Iterator[Version]:
    match value:
        case Str() | List((Int(), *_)):
            yield Version("string", flat(value), down)
        case Bin():
            yield Version("binary", flat(value), down)
        case Atom(name) if name != "undefined":  # given where there is no object code
            yield Version("atom", flat(value), down)
        case Int():
            yield Version("integer", flat(value), down)


def _slow(modules: Mapping[str, Module], module: Module, function: Function, depth: int) -> Iterator[Slow]:
    """The calls that may take their time, of this function and of those of the application that it calls."""
    level = [(module, function)]
    seen = {(module.name, function.fa)}
    for _ in range(depth + 1):
        deeper = []
        for home, one in level:
            for call in one.calls:
                if blocks(call) or call.called.name in _SLOW.get(call.called.module, ()):
                    yield Slow(call.called, call.args, MFA(home.name, *one.fa), call.place)
                elif (found := _own(modules, home, call)) and (found[0].name, found[1].fa) not in seen:
                    seen.add((found[0].name, found[1].fa))
                    deeper.append(found)
        level = deeper


def _own(modules: Mapping[str, Module], home: Module, call: Call) -> tuple[Module, Function] | None:
    """The function of the same application that is called."""
    other = modules.get(call.called.module)
    function = other.functions.get(call.called.local) if other and other.app == home.app else None
    return (other, function) if other and function else None
