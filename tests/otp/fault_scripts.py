"""Faults in scripts: instructions that OTP refuses, put into a script that is chosen for some base."""

from __future__ import annotations

from functools import partial
from random import Random

from tests.otp.spelling import Atom, Raw, Value
from tests.otp.world import World

A, B, M, BRUTAL = Atom("a"), Atom("b"), Atom("m"), Atom("brutal_purge")
PONR = Atom("point_of_no_return")


def _instruction(name: str, *parts: Value) -> Value:
    return (Atom(name), *parts)


#: One by one put into a script that is used.
INSTRUCTIONS: list[list[Value]] = [
    [_instruction("frobnicate", M)], [Atom("frobnicate")], ["text"], [_instruction("update", M, Atom("static"))],
    [_instruction("update", M, Atom("supervisor"), [])], [_instruction("load_module", M, BRUTAL, BRUTAL)],
    [[_instruction("load_module", M)]], [Atom("mnesia_backup")], [(), 1], [_instruction("load_module")],
    [_instruction("load_module", "m")], [_instruction("add_module", 1, [])], [_instruction("delete_module", M, ["x"])],
    [_instruction("load_module", M, BRUTAL, Atom("hard_purge"), [])], [_instruction("load_module", M, 1, BRUTAL, [])],
    [_instruction("load_module", M, BRUTAL, BRUTAL, Atom("x"))], [_instruction("update", M, (Atom("odd"), 1))],
    [_instruction("update", M, Atom("hard"), BRUTAL, BRUTAL, [])], [_instruction("update", M, (A, B, 1), [])],
    [_instruction("update", M, Atom("odd"), Atom("default"), Atom("soft"), BRUTAL, BRUTAL, [])],
    [_instruction("update", M, 0, Atom("soft"), BRUTAL, BRUTAL, [])],
    [_instruction("update", M, -5, Atom("soft"), BRUTAL, BRUTAL, [])],
    [_instruction("update", M, 1.5, Atom("soft"), BRUTAL, BRUTAL, [])],
    [_instruction("suspend", [(M, Atom("never"))])], [_instruction("suspend", M)],
    [_instruction("suspend", [(M, 1, 2)])],
    [_instruction("resume", ["m"])], [_instruction("stop", [M, 1])], [_instruction("start", M)],
    [_instruction("purge", M)], [_instruction("remove", (M, BRUTAL, A))], [_instruction("remove", (1, BRUTAL, BRUTAL))],
    [_instruction("load", (M, A, BRUTAL))], [_instruction("load", M)], [_instruction("code_change", M)],
    [_instruction("code_change", [M])], [_instruction("code_change", Atom("sideways"), [])],
    [_instruction("code_change", Atom("up"), [(M, 1, 2)])], [_instruction("code_change", [("m", 1)])],
    [_instruction("sync_nodes", 1, ["node"])], [_instruction("sync_nodes", 1, (M, 1, []))],
    [_instruction("sync_nodes", 1, A)],
    [_instruction("apply", (M, "f", []))], [_instruction("apply", (M, A, A))], [_instruction("apply", M)],
    [_instruction("apply", (1, A, []))], [_instruction("add_application", "x")],
    [_instruction("add_application", Atom("kernel"), Atom("odd"))], [_instruction("restart_application", 1)],
    [_instruction("remove_application", ["x"])], [_instruction("load_object_code", ("x", "1", []))],
    [_instruction("load_object_code", (A, Atom("v"), []))], [_instruction("load_object_code", (A, "1", M))],
    [_instruction("load_object_code", (A, "1", [1]))], [_instruction("load_object_code", (A, "1"))],
    [_instruction("load", (M, BRUTAL, BRUTAL))], [_instruction("suspend", [M, (Atom("n"), 5)])],
    [_instruction("resume", [M])], [_instruction("start", [M, A])], [_instruction("stop", [M])],
    [_instruction("add_application", Atom("not_there"))], [_instruction("restart_application", Atom("not_there"))],
    [_instruction("remove_application", Atom("not_there"))], [_instruction("remove_application", Atom("kernel"))],
    [_instruction("load_object_code", (A, "1", [M])), _instruction("load_object_code", (A, "2", [M]))],
    [_instruction("load_module", Atom("in_no_app"))],
    [_instruction("update", Atom("in_no_app"), [])],
    [_instruction("delete_module", M, [Atom("without_instruction")])],
    [_instruction("delete_module", Atom("gone"), [Atom("neither"), Atom("nor")])],
    [_instruction("load_module", Atom("gone"), [Atom("neither")])],
    [_instruction("delete_module", M)] * 2,
    [PONR, PONR], [Raw("{load_module,m,[a|b]}")], [Raw("{suspend,[m|n]}")], [Raw("{purge,[a|b]}")],
    [Raw("{load_object_code,{a,\"1\",[m|n]}}")], [Raw("{delete_module,m,[m|n]}")], [Raw("[{apply,{m,f,[]}}|x]")],
]  # fmt: skip


def insert(wrong: list[Value], world: World, rnd: Random) -> None:
    """Put instructions into one of the scripts that are used, or into all of them."""
    scripts = [script for app in world.upgraded() for script in _scripts(app.appup or []) if isinstance(script, list)]
    for script in scripts if rnd.random() < 0.7 else rnd.sample(scripts, min(1, len(scripts))):
        start = script.index(PONR) + 1 if PONR in script and rnd.random() < 0.8 else 0
        at = rnd.randint(start, len(script))
        script[at:at] = wrong
        if rnd.random() < 0.07:
            script[at + len(wrong) : at + len(wrong)] = [PONR]


def _scripts(appup: list[Value]) -> list[Value]:
    parts = [part for part in appup[1:3] if isinstance(part, list)]
    return [entry[1] for part in parts for entry in part if isinstance(entry, tuple) and len(entry) == 2]


SCRIPT = tuple(partial(insert, wrong) for wrong in INSTRUCTIONS)
