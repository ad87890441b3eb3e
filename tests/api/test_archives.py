from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from relupc.api.archives import opened, within
from relupc.api.compile import attempt
from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.diagnostic import Problems
from relupc.model.files import Files
from relupc.model.outcome import Compiled, Options
from tests.shop import APPUP, shop

MAKE_TAR = Path(__file__).parent.parent / "otp" / "make_tar.escript"
CONFIG = Config(exclude=())


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shop(Path())


def pack(root: str) -> str:
    """An archive of a folder, whose own name is no part of it."""
    with tarfile.open(f"{root}.tar.gz", "w:gz") as out:
        for name in sorted(os.listdir(root)):
            out.add(f"{root}/{name}", name)
    return f"{root}.tar.gz"


def roots(layout: str) -> list[str]:
    """Two release roots, in which the .rel file lies as a tool has it."""
    for name, vsn, app in (("old", "1.0", "shop-1"), ("new", "2.0", "shop-2")):
        shutil.copytree(
            "lib", f"{name}/lib", ignore=lambda _, names, app=app: {n for n in names if n[:5] == "shop-"} - {app}
        )
        rel = layout.replace("VSN", vsn)
        os.makedirs(os.path.dirname(f"{name}/releases/{rel}"), exist_ok=True)
        shutil.move(f"{name}.rel", f"{name}/releases/{rel}")
    return ["old", "new"]


def compiled(new: str, old: str, appups: str | None = None) -> Compiled:
    outcome = attempt(new, [old], [old], Options(appups=appups))
    assert outcome.compiled, outcome.diagnostics
    return outcome.compiled


@pytest.mark.parametrize("layout", ["VSN/shop.rel", "shop.rel", "shop-VSN.rel", "shop-VSN/shop.rel"])
def test_the_same_relup_as_from_roots(layout: str) -> None:
    old, new = roots(layout)
    if layout.startswith("VSN"):  # as relx and `mix release` have it
        for root, vsn in ((old, "1.0"), (new, "2.0")):
            Path(root, "releases/start_erl.data").write_text(f"13.1 {vsn}")
            Path(root, f"releases/{vsn}/start_clean.rel").write_text("")
    packed = [pack(old), pack(new)]
    for name in ("lib", "old", "new"):
        os.rename(name, f"{name}.away")
    archived = compiled(packed[1], packed[0])
    assert archived.relup.up[0].top.path.startswith("new.tar.gz/releases/")
    for name in ("old", "new"):
        os.rename(f"{name}.away", name)
    assert archived.text == compiled(new, old).text
    assert archived.text == compiled(packed[1], old).text == compiled(new, packed[0]).text


def test_archives_that_otp_makes(erl: str) -> None:
    """They hold no appups."""
    for vsn in "12":
        for module in ("cart", "price"):
            Path(f"lib/shop-{vsn}/ebin/{module}.beam").write_bytes(b"")
    subprocess.run([erl, str(MAKE_TAR), "old", "new"], check=True, timeout=60)
    os.makedirs("appups")
    os.rename(APPUP, "appups/shop.appup")
    shutil.rmtree("lib")
    outcome = attempt("new.tar.gz", ["old.tar.gz"], [], Options())
    [missing] = [d for d in outcome.diagnostics if d.code.code == "R002"]
    assert missing.path == "new.tar.gz/lib/shop-2/ebin/shop.appup"
    assert missing.help == "name the folder that has it with --appups: new.tar.gz has none"
    assert "load" in compiled("new.tar.gz", "old.tar.gz", appups="appups").text


def test_a_broken_archive_is_told_once() -> None:
    Path("new.tar.gz").write_bytes(b"x" * 1000)
    outcome = attempt("new.tar.gz", ["old"], [], Options(["lib/*/ebin"], isolated=True))
    assert [(d.code.code, d.path, d.label) for d in outcome.diagnostics] == [
        ("T003", "new.tar.gz", "it is no tar archive")
    ]
    assert outcome.failure == "files"
    linted = examine(["new.tar.gz"], ["old"], Options(["lib/*/ebin"], isolated=True), CONFIG)
    assert [d.code.code for d in linted.diagnostics] == ["T003"]
    assert linted.failure == "files"


def test_lint_of_an_archive() -> None:
    old, new = roots("VSN/shop.rel")
    Path(new, APPUP).write_text('{"2", [{"1", [{load_module, cart, [nobody]}]}], []}.\n')
    packed = [pack(old), pack(new)]
    shutil.rmtree(new)
    linted = examine([packed[1]], [packed[0]], Options(), CONFIG)
    assert {d.file for d in linted.diagnostics if d.code.code == "A104"} == {f"new.tar.gz/{APPUP}"}
    assert [d for d in linted.diagnostics if d.fix] == []
    assert [d.code.code for d in examine(["new.tar.gz@3.0"], [], Options(), CONFIG).diagnostics] == ["T003"]


def test_opened() -> None:
    old, _ = roots("VSN/shop.rel")
    archive = pack(old)
    problems = Problems()
    options = opened([archive, f"{archive}@1.0", "new", 7], Options(), problems)
    assert (problems.found, opened(["new"], options, problems)) == ([], options)
    assert within([f"{archive}/releases/1.0/shop.rel", "new.rel"], options.archives) == {
        f"{archive}/releases/1.0/shop.rel"
    }
    assert within(["new.rel"], Files()) == set()
