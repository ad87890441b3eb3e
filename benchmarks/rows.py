"""What is measured: for each row of the table the program, its peer, and how much of the peer's cost is allowed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.machine import Peers
from benchmarks.measure import Task, once

HERE = Path(__file__).parent
READ_TERMS, FIND_FACTS = ((sys.executable, str(HERE / name)) for name in ("read_terms.py", "find_facts.py"))
RELUPC = str(Path(sys.executable).with_name("relupc"))
TINY, RELUP_MODULES, LINT_MODULES = 10, 48_000, 3_000
SIZES = (TINY, 100, 2_000, 20_000, 100_000)  # with the last one make_relup takes half an hour
CHANGED = 0.1  # the share of modules that a release of a large system changes
MAKE_RELUP = (
    'ok = systools:make_relup("rel/new", ["rel/old"], ["rel/old"], [{path, ["lib/*/ebin"]}, {outdir, "."}]), halt().'
)
CONSULT = "[F] = init:get_plain_arguments(), {ok, [_]} = file:consult(F), halt()."
DISASM = (
    'Files = [F || D <- init:get_plain_arguments(), F <- filelib:wildcard(D ++ "/**/*.beam")],'
    "lists:foreach(fun(F) -> {beam_file, _, _, _, _, _} = beam_disasm:file(F) end, Files), halt()."  # keeps nothing
)
XREF = (
    "{ok, _} = xref:start(s), xref:set_default(s, [{warnings, false}]),"
    "[xref:add_directory(s, D, [{recurse, true}]) || D <- init:get_plain_arguments()],"
    "{ok, _} = xref:analyze(s, undefined_function_calls), halt()."
)


class Row(NamedTuple):
    """A line of the table: `ours` against `peer`, by CPU time; without a peer the memory of `ours`, in MB."""

    work: str
    ours: Task
    peer: Task | None
    most: float | None = None
    aim: float | None = None
    runs: int = 5


class Inputs:
    """The inputs of the rows below a folder, each made when it is first asked for."""

    def __init__(self, work: Path, peers: Peers) -> None:
        self.work, self.peers = work, peers

    def system(self, modules: int, *, linked: bool = True, cycles: float = 0.0, beams: bool = False) -> Path:
        """The folder of a system of so many modules.

        Another process makes it: this one has to stay small, see `once`.
        """
        folder = self.work / f"{modules}-{'linked' if linked else 'free'}-{cycles}-{'beams' if beams else 'text'}"
        if not folder.exists():
            apps = min(max(2, modules // 100), 500)
            size = ("--apps", str(apps), "--modules", str(modules // apps), "--cycles", str(cycles))
            more = [] if linked else ["--no-links"]
            more += ["--changed", str(CHANGED), "--beams", *map(str, self.peers.libraries)] if beams else []
            subprocess.run([sys.executable, str(HERE / "umbrella.py"), str(folder), *size, *more], check=True)
        return folder

    def relup(self) -> Path:
        """A relup of some 5 MB."""
        folder = self.system(RELUP_MODULES)
        if not (folder / "relup").exists():
            once(self.compile(folder))
        return folder

    def appup(self) -> Path:
        """A folder with one appup in which nothing is wrong."""
        folder = self.work / "one"
        folder.mkdir(exist_ok=True)
        both = '[{"1.3.0", [{load_module, shop_price}, {update, shop_cart, {advanced, []}, [shop_price]}]}]'
        (folder / "shop.appup").write_text(f'{{"1.4.0",\n {both},\n {both}}}.\n', "utf-8")
        return folder

    def erl(self, script: str, folder: Path, *arguments: str) -> Task:
        """An Erlang that runs a script."""
        return Task((self.peers.erl, "-noshell", "-eval", script, "-extra", *arguments), folder)

    def compile(self, folder: Path) -> Task:
        """relupc's part of MAKE_RELUP, as a whole: with what it finds wrong, and its tables."""
        pair = ("rel/new.rel", "--from", "rel/old.rel", "-p", "lib/*/ebin", "--isolated")
        return Task((RELUPC, "compile", *pair, "-o", "relup"), folder)


def start(inputs: Inputs) -> Iterator[Row]:
    """How long it takes until something happens at all."""
    folder = inputs.appup()
    erl = inputs.erl("halt().", folder)
    yield Row("`relupc --version` / `erl -noshell -eval 'halt().'`", Task((RELUPC, "--version"), folder), erl,
              0.25, 0.15, 15)  # fmt: skip
    lint = Task((RELUPC, "lint", "shop.appup"), folder)
    yield Row("lint of one clean `.appup` / the same", lint, erl, 0.5, 0.25, 15)


class Pair(NamedTuple):
    """Two releases to compile, with the limits of that row."""

    size: int
    work: str
    linked: bool = True
    cycles: float = 0.0
    most: float | None = None
    aim: float | None = None
    runs: int = 5


PAIRS = (
    Pair(TINY, "compile a tiny pair, no DepMods / make_relup", linked=False, most=0.4, aim=0.2, runs=11),
    Pair(TINY, "the same with DepMods and a cycle", cycles=1.0, most=1.0, aim=0.4, runs=11),
    Pair(100, "compile 100 modules / make_relup", runs=7),
    Pair(2_000, "compile 2,000 modules / make_relup", most=0.25, aim=0.10),
    Pair(20_000, "compile 20,000 modules / make_relup", most=1 / 30, aim=1 / 70, runs=3),
)


def compiles(inputs: Inputs, sizes: Sequence[int]) -> Iterator[Row]:
    """Relups of systems of growing size."""
    for pair in PAIRS:
        if pair.size in sizes:
            folder = inputs.system(pair.size, linked=pair.linked, cycles=pair.cycles)
            ours, peer = inputs.compile(folder), inputs.erl(MAKE_RELUP, folder)
            yield Row(pair.work, ours, peer, pair.most, pair.aim, pair.runs)
    largest, less = SIZES[-1], SIZES[-2]
    if largest in sizes:
        task, smaller = (inputs.compile(inputs.system(size)) for size in (largest, less))
        yield Row(f"compile {largest:,} modules / {less:,} (growth)", task, smaller, 6, 5.2, 3)
        yield Row(f"peak memory, {largest:,} modules", task, None, 1500, 700, 1)


def terms(inputs: Inputs) -> Iterator[Row]:
    """The text of a relup."""
    folder = inputs.relup()
    ours, peer = Task((*READ_TERMS, "relup"), folder), inputs.erl(CONSULT, folder, "relup")
    yield Row("read a 5 MB relup / `file:consult`", ours, peer, 1.0, 0.5, 3)


def facts(inputs: Inputs) -> Iterator[Row]:
    """The code of all modules at hand."""
    folder, libraries = inputs.appup(), [str(library) for library in inputs.peers.libraries]
    ours = Task((*FIND_FACTS, *libraries), folder)
    disasm, xref = (inputs.erl(script, folder, *libraries) for script in (DISASM, XREF))
    yield Row("facts of the installed OTP's and Elixir's modules, one process / `beam_disasm`", ours, disasm,
              1 / 3, 1 / 5, 3)  # fmt: skip
    yield Row("the same / `xref` with `undefined_function_calls`", ours, xref, runs=1)


def lint(inputs: Inputs) -> Iterator[Row]:
    """Two builds of one system, their code looked at."""
    folder = inputs.system(LINT_MODULES, beams=True)
    cache = folder / "cache"
    pair = ("rel/new.rel", "--from", "rel/old.rel", "-p", "lib/*/ebin", "--isolated", "--format", "concise")
    command, environment = (RELUPC, "lint", *pair), (("XDG_CACHE_HOME", str(cache)),)
    cold = Task(command, folder, (0, 1), lambda: shutil.rmtree(cache, ignore_errors=True), environment)
    warm = cold._replace(before=None)
    peer = inputs.erl(DISASM, folder, *sorted(_new_folders(folder)))
    work = f"lint {LINT_MODULES:,} modules in two builds, cold / `beam_disasm` of the new build"
    yield Row(work, cold, peer, 1 / 5, 1 / 15, 3)
    yield Row("the same again, nothing changed / cold", warm, cold, 1 / 4, 1 / 10, 1)


def _new_folders(folder: Path) -> Iterator[str]:
    """The applications of the new build: those with an appup."""
    return (str(path.parent.relative_to(folder)) for path in folder.glob("lib/*/ebin/*.appup"))


PARTS = ("start", "compile", "terms", "facts", "lint")


def rows(inputs: Inputs, only: Collection[str] = PARTS, sizes: Sequence[int] = SIZES) -> Iterator[Row]:
    """All rows of some PARTS; what a row needs is made when it comes up."""
    parts = (start(inputs), compiles(inputs, sizes), terms(inputs), facts(inputs), lint(inputs))
    for name, part in zip(PARTS, parts, strict=True):
        if name in only:
            yield from part
