"""A compiled module -> what its functions do (relupc.model.code)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from relupc.analyse.behaviours import declaring, inferred
from relupc.analyse.machine import Machine, run
from relupc.analyse.onward import goes_on, onward
from relupc.analyse.steps import steps
from relupc.analyse.values import is_small
from relupc.analyse.waits import bounded, place_of, waits
from relupc.model.beam import FA, MFA, Beam, Body, Code, Operand, Place
from relupc.model.code import Function, Module, parts
from relupc.model.term import Atom, Term, Tuple

_T = TypeVar("_T")
_GENERATED = frozenset({FA("module_info", 0), FA("module_info", 1)})


def module_of(beam: Beam, code: Code | None, app: str, records: dict[str, tuple[str, ...]] | None = None) -> Module:
    """A module of application `app`. Without `code` only its tables are known.

    What was stripped of its attributes (`beam_lib:strip/1` does that) gets the behaviours back that it shows.
    """
    functions = functions_of(beam, code) if code else {}
    module = Module(
        beam.module,
        app,
        beam.path,
        beam.md5,
        beam.exports,
        frozenset(beam.imports),
        beam.attributes,
        functions,
        _on_load(code) if code else None,
        records or {},
        tagged(code) if code else {},
        code is not None,
    )
    return module if "Attr" in beam.chunks else declaring(module, inferred(module))


def functions_of(beam: Beam, code: Code) -> dict[FA, Function]:
    """All functions of a module, in the order of its code."""
    entries = {body.entry: MFA(beam.module, body.name, body.arity) for body in code.functions}
    known = steps()
    found = {}
    for body in code.functions:
        fa = FA(body.name, body.arity)
        if fa in _GENERATED:
            continue
        machine = Machine(beam.module, code, beam.imports, beam.lambdas, entries)
        run(machine, body, known)
        ways = onward(body, beam.imports, entries)
        found[fa] = Function(
            body.name,
            body.arity,
            _place(body, code),
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


def _place(body: Body, code: Code) -> Place | None:
    """The first line that is known of a function: its head's, where the compiler kept that."""
    rows = (args[0] for op, args in body.instructions if op == "line")
    return next((place for row in rows if (place := place_of(code, row))), None)


def _on_load(code: Code) -> FA | None:
    for body in code.functions:
        if any(instruction.op == "on_load" for instruction in body.instructions):
            return FA(body.name, body.arity)
    return None


def tagged(code: Code) -> dict[str, frozenset[int]]:
    """The sizes of the tuples with each tag that the code asks for or makes: the shapes of its records."""
    found: dict[str, set[int]] = {}
    for body in code.functions:
        for op, args in body.instructions:
            if op == "is_tagged_tuple":
                _note(found, args[3], args[2].value)
            elif op == "put_tuple2" and isinstance(args[1].value, tuple) and args[1].value:
                first = args[1].value[0]
                if isinstance(first, Operand):
                    _note(found, first, len(args[1].value))
    for tag, size in _literal_tuples(code):
        found.setdefault(tag, set()).add(size)
    return {tag: frozenset(sizes) for tag, sizes in sorted(found.items())}


def _note(found: dict[str, set[int]], tag: Operand, size: object) -> None:
    if tag.kind == "a" and isinstance(tag.value, str) and isinstance(size, int):
        found.setdefault(tag.value, set()).add(size)


def _literal_tuples(code: Code) -> Iterable[tuple[str, int]]:
    for literal in code.literals:
        for part in parts(literal):
            if isinstance(part, Tuple) and part.items and isinstance(part.items[0], Atom):
                yield part.items[0].name, len(part.items)
