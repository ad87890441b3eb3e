"""Where the way goes on from an instruction, in made up ones."""

from __future__ import annotations

from relupc.analyse.onward import goes_on, labels_of, onward
from relupc.model.beam import FA, MFA, Body, Instruction, Operand

IMPORTS = (MFA("erlang", "exit", 1), MFA("lists", "sort", 1))
ENTRIES = {2: MFA("shop", "loop", 1), 4: MFA("shop", "other", 1)}
LOOP, OTHER = FA("loop", 1), FA("other", 1)


def f(label: int) -> Operand:
    return Operand("f", label)


def u(number: int) -> Operand:
    return Operand("u", number)


def body(*instructions: tuple[str, tuple[Operand, ...]]) -> Body:
    return Body("loop", 1, 2, tuple(Instruction(*each) for each in instructions))


CHOICE = body(
    ("label", (u(2),)),
    ("is_nil", (f(3), Operand("x", 0))),
    ("call_only", (u(1), f(4))),
    ("label", (u(3),)),
    ("call", (u(1), f(4))),
    ("call_last", (u(1), f(2), u(0))),
)


def test_branches_meet() -> None:
    ways = onward(CHOICE, IMPORTS, ENTRIES)
    assert ways[1] == {LOOP, OTHER}
    assert ways[2] == {OTHER}
    assert ways[4] == {LOOP}, "what is called with something left to do is not where the way ends"


def test_what_is_left_to_do() -> None:
    ways = onward(CHOICE, IMPORTS, ENTRIES)
    assert goes_on(CHOICE, IMPORTS, ENTRIES, ways) == {MFA("shop", "other", 1): {LOOP}}


def test_an_exit_leads_nowhere() -> None:
    for number, expected in ((0, frozenset()), (1, frozenset({LOOP}))):
        made = body(("label", (u(2),)), ("call_ext", (u(1), u(number))), ("call_last", (u(1), f(2), u(0))))
        assert onward(made, IMPORTS, ENTRIES)[0] == expected


def test_a_receive_goes_backwards() -> None:
    made = body(
        ("label", (u(2),)),
        ("loop_rec", (f(3), Operand("x", 0))),
        ("loop_rec_end", (f(2),)),
        ("label", (u(3),)),
        ("wait_timeout", (f(2), Operand("i", 9))),
        ("call_only", (u(1), f(4))),
    )
    assert onward(made, IMPORTS, ENTRIES)[2] == {OTHER}
    assert labels_of(made) == {2: 0, 3: 3}
