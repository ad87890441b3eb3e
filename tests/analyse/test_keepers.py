"""The table of calls that keep what they are given."""

from __future__ import annotations

import subprocess
from pathlib import Path

from relupc.analyse.keepers import keeps
from relupc.model.beam import MFA


def test_each_keeps_arguments_that_it_has() -> None:
    found = keeps()
    assert all(keep.at and max(keep.at) < called.arity for called, keep in found.items())
    assert all((keep.node == 0) == (keep.keeper == "node") for keep in found.values())


def test_some() -> None:
    found = keeps()
    assert found[MFA("telemetry", "attach", 4)].at == (2, 3)
    assert found[MFA("erlang", "!", 2)].brief
    assert not found[MFA("ets", "insert", 2)].brief
    assert MFA("ets", "lookup", 2) not in found
    assert MFA("gen_server", "call", 2) not in found


def test_functions_are_there_in_otp(erl: str) -> None:
    """But for those that OTP has only since 27."""
    asked = ",".join(f"{{'{called.module}','{called.name}',{called.arity}}}" for called in keeps())
    program = (
        f"[io:format('~ts/~b ', [F, A]) || {{M, F, A}} <- [{asked}], {{module, _}} <- [code:ensure_loaded(M)],"
        " not lists:member({F, A}, M:module_info(exports))], halt()."
    )
    command = [str(Path(erl).with_name("erl")), "-noinput", "-boot", "start_clean", "-eval", program]
    missing = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert {one.partition("/")[0] for one in missing} <= {"apply_after", "apply_interval", "apply_repeatedly"}
