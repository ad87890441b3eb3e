from __future__ import annotations

from typing import Any

import pytest

from relupc.model.beam import FA, MFA
from relupc.model.lingering import kept_in, stays
from relupc.model.loop import Drive, Loop, Staying
from relupc.model.program import Program
from tests.loops import LOOP, SLEEPS, WAITS, loop


def program(*loops: Loop, drives: tuple[Drive, ...] = ()) -> Program:
    return Program({}, {}, 25, {}, {"shop": Staying(loops, (), drives)})


ALONE: dict[str, Any] = {"entry": None, "starter": None}


@pytest.mark.parametrize(
    ("different", "code", "severity"),
    [
        ({}, "C101", "warning"),
        (ALONE | {"endless": True}, "C101", "note"),
        ({"inner": True, "endless": True}, "C101", "note"),
        ({"block": SLEEPS}, "C102", "warning"),
        ({"turn": "inside"}, "C103", "warning"),
        ({"turn": "module", "inner": True}, "C103", "warning"),
        ({"turn": "module"}, "C104", "note"),
        ({"turn": "mixed"}, "C105", "note"),
        ({"callback": FA("handle_cast", 2), "endless": True} | ALONE, "C106", "warning"),
    ],
)
def test_who_speaks_of_it(different: dict[str, Any], code: str, severity: str) -> None:
    (kept,) = kept_in(program(loop(**different)), "shop")
    assert (kept.code.code, kept.severity) == (code, severity)


@pytest.mark.parametrize(
    "different",
    [
        {"system": True},
        {"bounded": True},
        {"reply": True},
        {"deadline": True},
        ALONE,
        {"inner": True},
        {"turn": "module", "block": WAITS._replace(timed=True)},
        {"turn": "module", "inner": True, "entry": MFA("shop_room", "init", 1)},  # that one stays, not this module
        {"turn": "mixed", "block": SLEEPS},
        {"block": SLEEPS, "endless": True} | ALONE,
        {"callback": FA("handle_call", 3)} | ALONE,  # it may come back
    ],
)
def test_of_what_nobody_speaks(different: dict[str, Any]) -> None:
    assert not list(kept_in(program(loop(**different)), "shop"))


def test_what_never_leaves() -> None:
    leaves = [loop(turn="module"), loop(turn="mixed")]
    assert not list(stays(program(*leaves), "shop"))
    (stay,) = stays(program(loop(turn="inside")), "shop")
    assert (stay.function, stay.code.code, stay.sure) == (LOOP, "C103", True)
    (stay,) = stays(program(loop(endless=True, **ALONE)), "shop")
    assert not stay.sure
    assert not list(stays(program(loop()), "shop_room"))


def test_what_others_drive() -> None:
    drive = Drive(FA("run", 1), MFA("lists", "foreach", 2), FA("store", 1), SLEEPS, None, endless=False, starter=None)
    assert not list(stays(program(drives=(drive,)), "shop"))
    for sure in (drive._replace(endless=True), drive._replace(starter=MFA("erlang", "spawn", 1))):
        (stay,) = stays(program(drives=(sure,)), "shop")
        assert (stay.function, stay.code.code, stay.sure) == (FA("run", 1), "C108", True)
