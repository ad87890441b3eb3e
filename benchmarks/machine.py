"""This machine in, what figures depend on out: no name of a host or a person, no path."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Peers(NamedTuple):
    """The programs that relupc is compared with, and the folders of their modules."""

    erl: str
    elixir: str | None

    @property
    def libraries(self) -> list[Path]:
        """The folders `lib` of Erlang and Elixir."""
        programs = [program for program in (self.erl, self.elixir) if program]
        return [Path(program).resolve().parent.parent / "lib" for program in programs]


def peers() -> Peers | None:
    """The Erlang and Elixir on the path; None without an Erlang."""
    erl = shutil.which("erl")
    return Peers(erl, shutil.which("elixir")) if erl else None


def description(erl: str) -> dict[str, str]:
    """The machine and the programs, in words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    script = (
        'F = filename:join([code:root_dir(), "releases", erlang:system_info(otp_release), "OTP_VERSION"]),'
        "{ok, V} = file:read_file(F), io:put_chars([V, erlang:system_info(version)]), halt()."
    )
    said = subprocess.run([erl, "-noshell", "-eval", script], capture_output=True, text=True, check=True).stdout.split()
    return {
        "processor": f"{os.cpu_count()} cores, {_processor()}",
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": f"{platform.python_implementation()} {sys.version.split()[0]}",
        "Erlang": f"OTP {said[0]}, erts {said[-1]}",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "of an unknown kind"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
