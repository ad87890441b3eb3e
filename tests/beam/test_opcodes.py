"""The table of instructions."""

from __future__ import annotations

import subprocess

from relupc.beam.opcodes import ARGUMENTS, NAMES

NEWER = {181: "update_record/5", 182: "bs_match/3", 183: "executable_line/2", 184: "debug_line/4"}


def test_all_have_a_name() -> None:
    assert len(NAMES) == len(ARGUMENTS) == 185
    assert len(set(NAMES)) == len(NAMES)
    assert {number: f"{NAMES[number]}/{len(ARGUMENTS[number])}" for number in NEWER} == NEWER
    assert set("".join(ARGUMENTS)) == set("urmnfadsl-")


def test_otp_has_the_same(erl: str) -> None:
    program = (
        "lists:foreach(fun(I) -> {N, A} = beam_opcodes:opname(I), io:format('~ts/~b~n', [N, A]) end, "
        "lists:seq(1, 180)), halt()."
    ).replace("'~ts/~b~n'", '"~ts/~b~n"')
    said = subprocess.run(
        [erl.removesuffix("escript") + "erl", "-noshell", "-eval", program], capture_output=True, text=True, check=True
    )
    ours = [f"{name}/{len(arguments)}" for name, arguments in zip(NAMES, ARGUMENTS, strict=True)]
    assert said.stdout.splitlines() == ours[1:181]
