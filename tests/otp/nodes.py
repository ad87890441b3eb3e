"""Releases of one application in a folder of their own, and nodes that boot them.

A root has `lib`, with links to the applications of the OTP at hand, and `releases`; a node takes it for the root of its
installation. So nothing that it does reaches further.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
CORE = ("kernel", "stdlib", "sasl")
ELIXIR = ("compiler", "elixir", "logger")
SECONDS = 60  # a node that hangs: its processes wait 5 s for each that does not answer
Looks = dict[str, dict[str, list[str]]]


class Otp(NamedTuple):
    """The OTP at hand: its folder, the version of its runtime system, and where its applications lie, by name."""

    root: Path
    erts: str
    libs: dict[str, tuple[str, Path]]


@cache
def otp() -> Otp:
    """What a node says of its own installation."""
    names = ",".join((*CORE, *ELIXIR))
    asks = f"""
        io:format("~ts ~ts~n", [code:root_dir(), erlang:system_info(version)]),
        [begin
            {{ok, Vsn}} = application:get_key(App, vsn),
            io:format("~ts ~ts ~ts~n", [App, Vsn, code:lib_dir(App)])
         end || App <- [{names}], application:load(App) =/= none, code:lib_dir(App) =/= {{error, bad_name}}],
        halt()."""
    command = ["erl", "-noinput", "-start_epmd", "false", *_elixir(), "-eval", asks]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    (root, erts), *libs = (line.split(" ", 2) for line in done.stdout.splitlines())
    return Otp(Path(root), erts, {name: (vsn, Path(place)) for name, vsn, place in libs})


def _elixir() -> list[str]:
    """Flags for the place of Elixir's applications: beside those of OTP, or where `elixir` says."""
    ebins = sorted(str(ebin) for ebin in Path("/usr/lib/elixir/lib").glob("*/ebin"))
    return [word for ebin in ebins for word in ("-pa", ebin)]


def lay_down(root: Path, app: str, versions: Iterable[str], *, elixir: bool = False) -> None:
    """Write a root for releases that have the versions of an application: all but that, and `calls` in each release."""
    found = otp()
    core = [*CORE, *(ELIXIR if elixir else ())]
    for folder in ("lib", "releases", "log"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / f"erts-{found.erts}").symlink_to(found.root / f"erts-{found.erts}")
    for name in core:
        vsn, place = found.libs[name]
        (root / "lib" / f"{name}-{vsn}").symlink_to(place)
    for number, vsn in enumerate(versions):
        apps = [(name, found.libs[name][0]) for name in core] + [(app, vsn)]
        release = root / "releases" / vsn
        release.mkdir()
        listed = ", ".join(f'{{{name}, "{v}"}}' for name, v in apps)
        (release / "start.rel").write_text(
            f'{{release, {{"{app}", "{vsn}"}}, {{erts, "{found.erts}"}}, [{listed}]}}.\n'
        )
        (release / "sys.config").write_text("[].\n")
        libs = ", ".join(f'{{{name}, "{v}", "lib/{name}-{v}"}}' for name, v in apps)
        if number == 0:
            entry = f'[{{release, "{app}", "{vsn}", "{found.erts}", [{libs}], permanent}}].\n'
            (root / "releases/FIRST").write_text(entry)


def compile_driver(folder: Path) -> Path:
    """Compile the module that looks at a node from within; its file without the suffix."""
    subprocess.run(["erlc", "-o", str(folder), str(HERE / "node_upgrade.erl")], check=True)
    return folder / "node_upgrade"


def build(escript: str, app: str, roots: Sequence[Path], scratch: Path) -> None:
    """Compile the application in roots, where it has sources there, and make the boot files."""
    listed = scratch / "roots"
    listed.write_text("".join(f"{root}\n" for root in roots))
    command = [escript, str(HERE / "build_releases.escript"), str(listed), app]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"what is to be upgraded cannot be built: {done.stdout}{done.stderr}"


def look(root: Path, driver: Path, app: str, boot: str, *versions: str) -> Looks:
    """Boot a version and look at the node; with two versions upgrade to the second, and go back to the first.

    Out come, for each phase (old, up, down), the lines of each kind. A phase that is missing was not reached.
    """
    out = root / f"looks-{boot}"
    out.unlink(missing_ok=True)
    shutil.copyfile(root / "releases/FIRST", root / "releases/RELEASES")  # an earlier node knew more releases
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("ERL_", "RELDIR"))}
    erts = root / f"erts-{otp().erts}" / "bin"
    environment |= {"ROOTDIR": str(root), "BINDIR": str(erts), "EMU": "beam", "PROGNAME": "erl", "HOME": str(root)}
    start = root / "releases" / boot / "start"
    command = [
        *(str(erts / "erlexec"), "-boot", str(start), "-config", str(start.with_name("sys")), "-mode", "embedded"),
        *("-noinput", "-start_epmd", "false", "+S", "1", "+A", "0", "+fnu"),
        *("-eval", f'{{module, _}} = code:load_abs("{driver}"), node_upgrade:start().'),
        *("-extra", str(out), app, *versions),
    ]
    with (root / f"log/{boot}").open("w") as log:
        try:
            subprocess.run(command, env=environment, stdout=log, stderr=log, check=False, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            log.write("the node hangs")
    return _phases(out.read_text("utf-8") if out.exists() else "")


def _phases(text: str) -> Looks:
    looks: Looks = {}
    for line in text.splitlines():
        what, _, rest = line.partition(" ")
        if what == "phase":
            phase = looks.setdefault(rest, {})
        else:
            phase.setdefault(what, []).append(rest)
    return looks
