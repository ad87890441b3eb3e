from __future__ import annotations

import pytest

from relupc.model.call import called, child_of
from relupc.model.layout import flat
from relupc.model.source import Source
from relupc.model.term import Atom, List, Term, Tuple, Unknown, tup
from relupc.read.file import Unreadable
from relupc.read.text import read_first


def read(text: str) -> Term:
    term = read_first(Source("x", f"{text}."))
    assert not isinstance(term, Unreadable)
    return term


def test_a_call() -> None:
    call = called(read("{apply, {shop_tax, set, [19, de]}}"))
    assert call
    assert (call.module.name, call.function.name, [flat(arg) for arg in call.args or ()]) == (
        "shop_tax",
        "set",
        ["19", "de"],
    )
    assert call.module.span


@pytest.mark.parametrize(
    "text", ["{apply, {m, f}}", "{apply, m, f, []}", "{load_module, m}", "apply", "{apply, {1, f, []}}"]
)
def test_what_is_no_call(text: str) -> None:
    assert called(read(text)) is None


def test_what_is_not_known_of_a_call() -> None:
    assert called(tup("apply", Unknown("X"))) is None
    assert called(tup("apply", tup(Unknown("M"), "f", Unknown("A")))) is None
    call = called(tup("apply", tup("m", "f", Unknown("Args"))))
    assert call
    assert call.args is None
    assert child_of(call) is None
    assert child_of(called(tup("apply", tup("supervisor", "restart_child", Unknown("Args"))))) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("supervisor, restart_child, [s, c]", ("restart", "s", "c", None)),
        ("supervisor, terminate_child, [{global, s}, {c, 1}]", ("terminate", "{global,s}", "{c,1}", None)),
        ("'Elixir.Supervisor', delete_child, [s, c]", ("delete", "s", "c", None)),
        ("supervisor, start_child, [s, #{id => c, start => {m, start_link, []}}]", ("start", "s", "c", "m")),
        ("supervisor, start_child, [s, #{id => c, start => x}]", ("start", "s", "c", None)),
        (
            "supervisor, start_child, [s, {c, {m, start_link, []}, permanent, 5000, worker, [m]}]",
            ("start", "s", "c", "m"),
        ),
    ],
)
def test_a_child(text: str, expected: tuple[str, str, str, str | None]) -> None:
    child = child_of(called(read(f"{{apply, {{{text}}}}}")))
    assert child
    assert (child.verb, flat(child.supervisor), flat(child.id), child.module) == expected
    assert child.key == (child.supervisor, child.id)


@pytest.mark.parametrize(
    "text",
    [
        "supervisor, which_children, [s]",
        "supervisor, count_children, [s, c]",
        "supervisor, restart_child, [s]",
        "supervisor, start_child, [s, [arg]]",
        "supervisor, start_child, [s, #{start => {m, start_link, []}}]",
        "shop_sup, restart_child, [s, c]",
        "'Elixir.DynamicSupervisor', start_child, [s, c]",
    ],
)
def test_what_is_about_no_child_that_is_known(text: str) -> None:
    assert child_of(called(read(f"{{apply, {{{text}}}}}"))) is None


def test_a_child_with_unknown_parts() -> None:
    for sup, name in ((Unknown("S"), Atom("c")), (Atom("s"), Unknown("C")), (Atom("s"), Tuple((Unknown("C"),)))):
        assert child_of(called(tup("apply", tup("supervisor", "restart_child", List((sup, name)))))) is None
