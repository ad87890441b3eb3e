from __future__ import annotations

import pytest

from relupc.model.instruction import (
    BARE,
    BRUTAL,
    SHAPES,
    apply,
    argument,
    faults,
    load,
    modules,
    name_of,
    purges,
    remove,
)
from relupc.model.layout import flat
from relupc.model.source import Source
from relupc.model.term import Atom, Int, List, Term, Tuple
from relupc.read.file import Unreadable
from relupc.read.text import read_first

# The full table of what can be wrong is fixtures/plan/verify.txt, which a real OTP confirms.


def term(text: str) -> Term:
    found = read_first(Source("t", text + "."))
    assert not isinstance(found, Unreadable)
    return found


@pytest.mark.parametrize(
    ("text", "name", "about"),
    [
        ("restart_emulator", "restart_emulator", None),
        ("{purge, [a]}", "purge", "[a]"),
        ("{purge}", "purge", None),
        ('{"purge", 1}', None, "1"),
        ("{}", None, None),
        ("[purge]", None, None),
        ("1", None, None),
    ],
)
def test_parts(text: str, name: str | None, about: str | None) -> None:
    assert name_of(term(text)) == name
    found = argument(term(text))
    assert (None if found is None else flat(found)) == about


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{update, a, soft, brutal_purge, brutal_purge, [b]}", ["a"]),
        ("{load_module, a, brutal_purge, brutal_purge, [b]}", ["a"]),
        ("{add_module, a}", ["a"]),
        ("{delete_module, a, [b]}", ["a"]),
        ("{load, {a, brutal_purge, brutal_purge}}", ["a"]),
        ("{remove, {a, brutal_purge, brutal_purge}}", ["a"]),
        ('{load_object_code, {app, "1", [a, b]}}', ["a", "b"]),
        ("{purge, [a, b]}", ["a", "b"]),
        ("{resume, [a, b]}", ["a", "b"]),
        ("{stop, [a]}", ["a"]),
        ("{start, [a]}", ["a"]),
        ("{suspend, [a, {b, 5}]}", ["a", "b"]),
        ("{code_change, [{a, x}]}", ["a"]),
        ("{code_change, down, [{a, x}, {b, []}]}", ["a", "b"]),
        ("{apply, {a, b, []}}", []),
        ("{sync_nodes, a, [b]}", []),
        ("{add_application, a, permanent}", []),
        ("point_of_no_return", []),
        ("1", []),
        # not well formed: what is there is found, nothing breaks
        ("{update}", []),
        ("{update, 1}", []),
        ("{load, a}", []),
        ("{load, {}}", []),
        ("{load_object_code, {app}}", []),
        ("{load_object_code, {app, 1, x}}", []),
        ("{purge}", []),
        ("{purge, [a | b]}", []),
        ("{suspend, [{}, 1, {2, 3}, a]}", ["a"]),
        ("{suspend}", []),
    ],
)
def test_modules(text: str, expected: list[str]) -> None:
    assert [atom.name for atom in modules(term(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{load_module, m, soft_purge, brutal_purge, []}", ["soft_purge", "brutal_purge"]),
        ("{update, m, dynamic, default, soft, brutal_purge, soft_purge, []}", ["brutal_purge", "soft_purge"]),
        ("{load, {m, soft_purge, soft_purge}}", ["soft_purge", "soft_purge"]),
        ("{remove, {m, brutal_purge, brutal_purge}}", ["brutal_purge", "brutal_purge"]),
        ("{load_module, m}", []),  # a short form says nothing of it
        ("{add_module, m}", []),
        ("{load, m}", []),
    ],
)
def test_purges(text: str, expected: list[str]) -> None:
    assert [flat(each) for each in purges(term(text))] == expected


def test_a_good_instruction_has_no_faults() -> None:
    for word in BARE:
        assert list(faults(Atom(word))) == []
    assert list(faults(term("{update, a, static, 5, {advanced, x}, soft_purge, brutal_purge, [b, c]}"))) == []


def test_faults_come_in_order() -> None:
    found = list(faults(term("{update, 1, odd, 0, hard, x, y, [2]}")))
    assert [fault for fault, _ in found] == [
        "bad_module", "bad_mod_type", "bad_timeout", "bad_change", "bad_purge_method", "bad_purge_method", "bad_module"
    ]  # fmt: skip


def test_every_shape_has_checks_for_its_parts() -> None:
    """With a number for every part, each instruction has a fault and none breaks the check."""
    for (name, size), shape in SHAPES.items():
        inner = Tuple(tuple(Int(0) for _ in shape[0])) if isinstance(shape[0], tuple) else Int(0)
        parts = (inner, *(Int(0) for _ in range(size - 2)))
        assert list(faults(Tuple((Atom(name), *parts)))), name


def test_makers() -> None:
    a = Atom("a")
    assert flat(load(a)) == "{load,{a,brutal_purge,brutal_purge}}"
    assert flat(load(a, Atom("soft_purge"), BRUTAL)) == "{load,{a,soft_purge,brutal_purge}}"
    assert flat(remove(a)) == "{remove,{a,brutal_purge,brutal_purge}}"
    assert flat(apply("m", "f", a, List(()))) == "{apply,{m,f,[a,[]]}}"
    for made in (load(a), remove(a), apply("m", "f")):
        assert list(faults(made)) == []
