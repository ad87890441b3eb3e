"""Compile the modules of fixtures: every `ebin` in fixtures/ that has a `src` (or `lib`, for Elixir) beside it.

    python tests/otp/compile_beams.py [FOLDER...]

Only what is missing, or older than its source, is made. A file `erlc` beside `src` holds further options for `erlc`. A
file `strip` there: the modules are stripped of all that the loader does not need. A folder `consolidated` in
`releases/VSN` gets the protocols of the applications of that version, as `mix release` consolidates them. No path of
this machine gets into the files. Which compiler made them stands in their chunk CInf.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"


def ebins(folders: list[Path]) -> Iterator[Path]:
    """The folders of compiled modules that have sources."""
    for folder in folders:
        for ebin in sorted(folder.resolve().rglob("ebin")):
            if any((ebin.parent / name).is_dir() for name in ("src", "lib")):
                yield ebin


def compile_erlang(source: Path, ebin: Path) -> None:
    """Compile one module as a build would, but without the paths of this machine."""
    extra = ebin.parent / "erlc"
    options = extra.read_text().split() if extra.exists() else ["+debug_info"]
    subprocess.run(
        ["erlc", "+deterministic", *options, "-o", str(ebin), "-I", "include", f"src/{source.name}"],
        cwd=ebin.parent,
        check=True,
    )


def compile_elixir(sources: list[Path], ebin: Path) -> None:
    """Compile the Elixir modules of an application together."""
    names = [f"lib/{source.name}" for source in sources]
    environment = "ERL_COMPILER_OPTIONS=deterministic"
    subprocess.run(["env", environment, "elixirc", "-o", str(ebin), *names], cwd=ebin.parent, check=True)


STRIP = """
File = hd(init:get_plain_arguments()),
{ok, _} = beam_lib:strip_files([File]),
halt().
"""
CONSOLIDATE = """
[folder | ebins] = System.argv()
ebins |> Protocol.extract_protocols() |> Enum.each(fn protocol ->
  {:ok, binary} = Protocol.consolidate(protocol, Protocol.extract_impls(protocol, ebins))
  File.write!(Path.join(folder, "#{protocol}.beam"), binary)
end)
"""


def consolidate(folder: Path) -> None:
    """Put the protocols of the version of a `consolidated` folder together with what implements them there."""
    root, version = folder.parent.parent.parent, folder.parent.name
    ebins = sorted(map(str, root.glob(f"lib/*-{version}/ebin")))
    paths = [word for ebin in ebins for word in ("-pa", ebin)]
    subprocess.run(["elixir", *paths, "-e", CONSOLIDATE, str(folder), *ebins], check=True)


def main(folders: list[Path]) -> int:
    """Compile what is stale."""
    for ebin in ebins(folders or [FIXTURES]):
        for source in sorted((ebin.parent / "src").glob("*.erl")):
            made = ebin / f"{source.stem}.beam"
            if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
                print(f"compiling {source.relative_to(ebin.parent.parent)}")
                compile_erlang(source, ebin)
                if (ebin.parent / "strip").exists():
                    subprocess.run(["erl", "-noshell", "-eval", STRIP, "-extra", str(made)], check=True)
        elixir = sorted((ebin.parent / "lib").glob("*.ex"))
        newest = max((source.stat().st_mtime for source in elixir), default=0)
        if elixir and not any(made.stat().st_mtime >= newest for made in ebin.glob("Elixir.*.beam")):
            print(f"compiling {', '.join(source.name for source in elixir)}")
            compile_elixir(elixir, ebin)
    for folder in folders or [FIXTURES]:
        for consolidated in sorted(folder.resolve().rglob("consolidated")):
            if not any(consolidated.iterdir()):
                print(f"consolidating {consolidated.parent.name}")
                consolidate(consolidated)
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
