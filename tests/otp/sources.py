"""Random modules of Erlang -> what relupc says of their texts, and of what a real OTP makes of them."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from relupc import lint
from tests.analyse.erlangs import module_text

Said: TypeAlias = "Counter[tuple[str | None, str, str]]"  # module, code, function

# What the modules use is not in their texts, as if a header had it.
COMPILE = '[compile:file(F, [{d,\'UNKNOWN\',x}, {outdir,"ebin"}]) || F <- filelib:wildcard("src/*.erl")], halt().'
APP = '{application,shop,[{description,""},{vsn,"1"},{modules,[]},{registered,[]},{applications,[kernel,stdlib]}]}.\n'


def lay_down(folder: Path, seeds: Iterable[int]) -> int:
    """Write an application of random modules, without those that do not compile; how many there are."""
    for name in ("src", "ebin"):
        (folder / name).mkdir()
    (folder / "ebin" / "shop.app").write_text(APP)
    for seed in seeds:
        (folder / "src" / f"m{seed}.erl").write_text(module_text(f"m{seed}", seed))
    subprocess.run(["erl", "-noinput", "-eval", COMPILE], cwd=folder, check=True, capture_output=True)
    compiled = {beam.stem for beam in (folder / "ebin").glob("*.beam")}
    for text in (folder / "src").iterdir():
        if text.stem not in compiled:
            text.unlink()
    return len(compiled)


def said_of_both(folder: Path) -> tuple[Said, Said]:
    """What is said of the code in the texts, and in the compiled modules."""
    return _said(sorted((folder / "src").glob("*.erl"))), _said([folder])


def _said(paths: list[Path]) -> Said:
    return Counter(
        (d.subject.module, d.code.code, str(d.subject.function)) for d in lint(paths) if d.code.code.startswith("C")
    )
