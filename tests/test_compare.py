"""Two builds of an application, and in which words it is said what changed: from texts, and compiled by a real OTP."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from relupc.analyse import module_of
from relupc.api.lint import examine
from relupc.beam import read_beam_file
from relupc.beam.alike import same_but_lines
from relupc.compare import diff_app, rest
from relupc.model.beam import FA, Beam
from relupc.model.code import Module
from relupc.model.config import Config
from relupc.model.outcome import Options
from relupc.model.program import Change
from tests.modules import module

ROOT = Path(__file__).parent.parent
HEY, CODES = ROOT / "fixtures" / "hey" / "erlang", ROOT / "fixtures" / "codes"
SETTINGS = [["+debug_info"], ["-DUNUSED"], ["+strip"], ["+deterministic"], ["+no_debug_info", "+no_docs"]]


def beams(folder: Path) -> dict[str, Beam]:
    found = [read_beam_file(str(path)) for path in sorted(folder.glob("*.beam"))]
    return {beam.module: beam for beam in found if isinstance(beam, Beam)}


def compared(old: Path, new: Path) -> list[Change]:
    """Two `ebin` folders of hey, whose code is not looked at."""
    files = beams(old), beams(new)
    before, after = ({name: module_of(beam, None, "hey") for name, beam in each.items()} for each in files)
    return list(diff_app("hey", ("1", "2"), before, after, files, same_but_lines).changes)


def words(old: Module, new: Module) -> tuple[str, ...]:
    """Why a module changed."""
    before, after = replace(old, md5=b"1"), replace(new, md5=b"2")
    [change] = diff_app("shop", ("1", "2"), {"shop": before}, {"shop": after}).changes
    assert (change.kind, change.old, change.new) == ("changed", before, after)
    return change.why


def test_which_modules_changed() -> None:
    old = {name: module("", name, md5=b"1") for name in ("stays", "changes", "goes")}
    new = {name: module("", name, md5=b"2" if name == "changes" else b"1") for name in ("stays", "comes", "changes")}
    found = diff_app("shop", ("1.3.0", None), old, new)
    kinds = [("changes", "changed"), ("comes", "added"), ("goes", "removed"), ("stays", "same")]
    assert (found.app, found.old, found.new) == ("shop", "1.3.0", None)
    assert [(change.module, change.kind) for change in found.changes] == kinds
    assert [(change.old is None, change.new is None) for change in found.changes[1:3]] == [(True, False), (False, True)]


PLAIN = "total(X) -> X.\n"
SERVER, SUP = "-behaviour(gen_server).\n", "-behaviour(supervisor).\n"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("", "", ("code only",)),
        (PLAIN, PLAIN.replace("-> X", "-> X + 1"), ("code only",)),
        (PLAIN, f"{PLAIN}tax(X) -> X.\n", ("exports + tax/1",)),
        (PLAIN, "tax(X) -> X.\nsum(X) -> X.\n", ("exports + sum/1, tax/1, - total/1",)),
        ("", "".join(f"f{n}() -> ok.\n" for n in range(6)), ("exports + f0/0, f1/0, f2/0, f3/0 and 2 more",)),
        (SERVER, SERVER, ("gen_server", "code only")),
        (SERVER, "-behaviour(gen_statem).\n", ("gen_server -> gen_statem",)),
        ("", SUP, ("no behaviour -> supervisor",)),
        (f"{SUP}init(_) -> ignore.\n", f"{SUP}init(_) -> {{ok, 1}}.\n", ("supervisor", "init/1")),
        (f"{SUP}init(_) -> f().\nf() -> ok.\n", f"{SUP}init(_) -> f().\nf() -> no.\n", ("supervisor", "init/1")),
        (f"{SUP}init(_) -> f().\nf() -> ok.\n", f"{SUP}\n\ninit(_) -> f().\nf() -> ok.\n", ("supervisor", "code only")),
    ],
)
def test_how_a_module_changed(old: str, new: str, why: tuple[str, ...]) -> None:
    assert words(module(old), module(new)) == why


def test_records() -> None:
    def found(old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        return words(*(replace(module(""), records=records) for records in (old, new)))

    assert found({"cart": ("id",)}, {"cart": ("id", "tax")}) == ("#cart{} 1 -> 2 fields (+ tax)",)
    assert found({"Cart": ("id", "sum")}, {"Cart": ("id", "tax")}) == ("#'Cart'{} fields (+ tax, - sum)",)
    assert found({"cart": ("id", "sum")}, {"cart": ("sum", "id")}) == ("#cart{} fields (in another order)",)
    assert found({"cart": ("id",)}, {"item": ("id",)}) == ("code only",)
    assert found({}, {"cart": ("id",)}) == ("code only",)


def test_files_of_the_same_code() -> None:
    """What differs that is no code: the beams of one module, with chunks and attributes made up."""
    one = next(iter(beams(CODES / "A301" / "bad" / "old" / "shop" / "ebin").values()))
    assert rest(one, one) == ()
    assert rest(one, replace(one, chunks={**one.chunks, "Line": b"x"})) == ("only line numbers differ",)
    assert rest(one, replace(one, chunks={**one.chunks, "CInf": b"x"})) == ("only compile info differs",)
    both = replace(one, chunks={**one.chunks, "Dbgi": b"x", "Docs": b"y"})
    assert rest(one, both) == ("only debug info and documentation differ",)
    vsn = replace(one, chunks={**one.chunks, "Attr": b"x"}, attributes=())
    assert rest(one, vsn) == ("only -vsn differs",)
    assert rest(one, replace(one, chunks={**one.chunks, "Meta": b"x"})) == ("only what is no code differs",)


def test_two_builds_of_hey() -> None:
    found = compared(HEY / "0.0.1" / "hey" / "ebin", HEY / "0.0.2" / "hey" / "ebin")
    assert [change.module for change in found if change.kind != "same"] == ["hey_case", "hey_words"]
    assert all(change.why == () for change in found if change.kind == "same")
    assert FA("shout", 1) in next(c.old.exports for c in found if c.old and c.module == "hey_words")


@pytest.mark.usefixtures("erl")
@pytest.mark.parametrize("options", SETTINGS, ids=" ".join)
def test_other_paths_and_debug_settings_are_no_change(options: list[str], tmp_path: Path) -> None:
    """Nor is another `-vsn`, nor lines that moved; and nothing needs to be loaded for that."""
    for folder in ("old", "new"):
        shutil.copytree(HEY / "0.0.2" / "hey", tmp_path / folder / "hey")
    source, ebin = tmp_path / "elsewhere" / "src", tmp_path / "new" / "hey" / "ebin"
    shutil.copytree(HEY / "0.0.2" / "hey" / "src", source)
    for file in sorted(source.glob("*.erl")):
        file.write_text(file.read_text().replace(").\n", ').\n-vsn("other").\n% another line\n', 1))
    command = ["erlc", *options, "-o", str(ebin), *sorted(map(str, source.glob("*.erl")))]
    subprocess.run(command, check=True, cwd=tmp_path)
    app, appup = ebin / "hey.app", ebin / "hey.appup"
    app.write_text(app.read_text().replace("0.0.2", "0.0.3"))
    appup.write_text('{"0.0.3", [{"0.0.2", []}], [{"0.0.2", []}]}.\n')
    found = compared(tmp_path / "old" / "hey" / "ebin", ebin)
    assert {change.kind for change in found} == {"same"}
    assert all(change.why and change.why[0].startswith("only ") for change in found)
    linted = examine([str(tmp_path / "new/hey")], [str(tmp_path / "old/hey")], Options(), Config(exclude=()))
    assert linted.diagnostics == ()
