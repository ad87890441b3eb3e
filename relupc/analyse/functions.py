"""A compiled module -> what its functions do (relupc.model.code)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from typing import TypeVar

from relupc.analyse.behaviours import declaring, inferred
from relupc.analyse.machine import Machine, run
from relupc.analyse.onward import goes_on, onward
from relupc.analyse.passages import passages_of
from relupc.analyse.steps import steps
from relupc.analyse.values import is_small
from relupc.analyse.waits import bounded, waits
from relupc.model.beam import FA, MFA, Beam, Body, Callers, Lines, OpenCode, Place
from relupc.model.code import Acts, Function, Module, parts
from relupc.model.lazy import Later, Lazy
from relupc.model.passage import Passage
from relupc.model.term import Atom, Term, Tuple

_T = TypeVar("_T")
SEND = MFA("erlang", "!", 2)
_WITH_TAGS = frozenset({"is_tagged_tuple", "put_tuple2"})
_GENERATED = frozenset({FA("module_info", 0), FA("module_info", 1)})


def module_of(beam: Beam, opened: Callable[[], OpenCode | None] | None, app: str) -> Module:
    """A module of application `app`. Without `opened` only its tables are known.

    What is in its code is found out when it is asked for; `opened` gives it, and is asked once at most. Only what was
    stripped of its attributes (`beam_lib:strip/1` does that) is looked into at once: for the behaviours that it shows.
    """
    module = _module_of(beam, opened, app)
    return module if "Attr" in beam.chunks else declaring(module, inferred(module))


def _module_of(beam: Beam, opened: Callable[[], OpenCode | None] | None, app: str) -> Module:
    tables = beam.path, beam.md5, beam.exports, frozenset(beam.imports), beam.attributes
    if opened is None:
        return Module(beam.module, app, *tables, {}, decoded=False)
    code = cache(opened)

    def functions() -> Mapping[FA, Function]:
        return functions_of(beam, found) if (found := code()) else {}

    def sizes(tag: str) -> frozenset[int]:
        return sizes_of(found, tag) if (found := code()) else frozenset()

    def holding(atom: str) -> frozenset[FA]:
        return found.holding(atom) if (found := code()) else frozenset()

    @Later
    def acts() -> Mapping[FA, Acts]:
        return _acts(found) if (found := code()) else {}

    def on_load() -> FA | None:
        outlines = found.outlines if (found := code()) else ()
        return next((FA(one.name, one.arity) for one in outlines if "on_load" in one.marks), None)

    def passages(fa: FA, given: tuple[Term, ...]) -> tuple[Passage, ...] | None:
        return _passages(beam, found, fa, given) if (found := code()) else None

    return Module(
        beam.module,
        app,
        *tables,
        Later(functions),
        sizes=cache(sizes),
        loading=cache(on_load),
        acts=acts,
        callers=cache(lambda: _callers(acts)),
        holding=holding,
        passages=passages,
    )


def _passages(beam: Beam, code: OpenCode, fa: FA, given: tuple[Term, ...]) -> tuple[Passage, ...] | None:
    """The ways through a function; None where they cannot be followed."""
    outline = next((one for one in code.outlines if (one.name, one.arity) == fa), None)
    body = code.body(outline) if outline else None
    if not isinstance(body, Body) or len(given) != fa.arity:
        return None
    entries = {one.entry: MFA(beam.module, one.name, one.arity) for one in code.outlines}
    machine = Machine(beam.module, code.lines, beam.imports, beam.lambdas, entries)
    return passages_of(machine, body, steps(), given)


def functions_of(beam: Beam, code: OpenCode) -> Mapping[FA, Function]:
    """All functions of a module, in the order of its code. One that cannot be read is only known to be there."""
    entries = {one.entry: MFA(beam.module, one.name, one.arity) for one in code.outlines}
    make = _maker(beam, code.lines, entries)
    known = {fa: one for one in code.outlines if (fa := FA(one.name, one.arity)) not in _GENERATED}

    def function(fa: FA) -> Function:
        body = code.body(known[fa])
        return make(body) if isinstance(body, Body) else Function(*fa, None, (), ())

    return Lazy(known, function)


def _maker(beam: Beam, lines: Lines, entries: dict[int, MFA]) -> Callable[[Body], Function]:
    """What makes functions of their instructions."""
    known = steps()

    def make(body: Body) -> Function:
        machine = Machine(beam.module, lines, beam.imports, beam.lambdas, entries)
        run(machine, body, known)
        ways = onward(body, beam.imports, entries)
        return Function(
            body.name,
            body.arity,
            _place(body, lines),
            _distinct(machine.calls, lambda call: (call[0], *call[2:]), lambda call: tuple(map(_key, call.args))),
            _distinct(machine.returns, type, _key),
            _distinct(
                machine.tests, lambda test: test.name, lambda test: tuple(map(_key, (test.value, *test.against)))
            ),
            waits(body, beam.imports, ways),
            bounded(body, beam.imports),
            any(op in ("try", "catch") for op, _ in body.instructions),
            goes_on(body, beam.imports, entries, ways),
        )

    return make


def _acts(code: OpenCode) -> dict[FA, Acts]:
    """What each function names."""
    found = {
        FA(one.name, one.arity): Acts(one.calls | {SEND} if "send" in one.marks else one.calls, one.marks)
        for one in code.outlines
    }
    for fa in _GENERATED:
        found.pop(fa, None)
    return found


def _callers(acts: Mapping[FA, Acts]) -> Callers:
    """What each function calls, the other way round."""
    found: dict[tuple[str, str], list[tuple[int, FA]]] = {}
    for at, (fa, act) in enumerate(acts.items()):
        place = at, fa
        for module, name, _ in act.calls:
            found.setdefault((module, name), []).append(place)
    return found


def _distinct(found: Sequence[_T], rough: Callable[[_T], Hashable], exact: Callable[[_T], Hashable]) -> tuple[_T, ...]:
    """Each once. Code that the compiler wrote out twice has the same line."""
    often = Counter(map(rough, found))
    seen: dict[Hashable, _T] = {}
    for one in found:
        key = rough(one)
        seen.setdefault((key, exact(one) if often[key] > 1 else ()), one)
    return tuple(seen.values())


def _key(value: Term) -> Hashable:
    """A big value is the same only if it is the very same one: a constant of the module."""
    return value if is_small(value) else id(value)


def _place(body: Body, lines: Lines) -> Place | None:
    """The first line that is known of a function: its head's, where the compiler kept that."""
    rows = (args[0] for op, args in body.instructions if op == "line")
    return next((place for row in rows if (place := lines.place(row.value))), None)


def sizes_of(code: OpenCode, tag: str) -> frozenset[int]:
    """The sizes of the tuples with a tag that the code asks for or makes: the shapes of a record."""
    found = set[int]()
    for outline in code.naming(tag):
        for op, args in code.picked(outline, _WITH_TAGS):
            if op == "is_tagged_tuple" and args[3] == ("a", tag) and isinstance(args[2].value, int):
                found.add(args[2].value)
            elif op == "put_tuple2" and args[1].listed[:1] == (("a", tag),):
                found.add(len(args[1].listed))
    for part in (part for literal in code.literals(tag) for part in parts(literal)):
        if isinstance(part, Tuple) and part.items[:1] == (Atom(tag),):
            found.add(len(part.items))
    return frozenset(found)
