"""On a real node a composed upgrade ends where its two steps end: the same code, states and children."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import relupc
from tests.hops.shop import APPUPS, write_builds

SCRIPT = Path(__file__).parent / "upgrade.escript"
APPUP = "lib/shop-{}/ebin/shop.appup"


def on_node(erl: str, folder: Path, *vsns: str) -> list[str]:
    """What there is after each release is installed."""
    done = subprocess.run(
        [erl, str(SCRIPT), "run", str(folder), *vsns], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [line for line in done.stdout.splitlines() if line]


def built(erl: str, folder: Path, appups: tuple[str, str]) -> None:
    write_builds(folder, appups)
    subprocess.run([erl, str(SCRIPT), "make", str(folder)], check=True, capture_output=True, timeout=120)


def relup(folder: Path, new: str, old: str) -> Path:
    """Compile the relup of a release; warnings about the code do not count here."""
    made = relupc.compile(folder / f"{new}.rel", old=folder / f"{old}.rel", path=[str(folder / "lib/*/ebin")])
    file = folder / "releases" / new / "relup"
    file.write_text(made.text)
    return file


@pytest.fixture(scope="module", params=APPUPS)
def steps(
    request: pytest.FixtureRequest, erl: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, list[str]]:
    """A case: its name, its folder, and what two steps up and two steps down come to."""
    folder = tmp_path_factory.mktemp(request.param)
    built(erl, folder, APPUPS[request.param])
    relup(folder, "2", "1")
    relup(folder, "3", "2")
    return request.param, folder, on_node(erl, folder, "2", "3", "2", "1")


def test_composed_appups(erl: str, steps: tuple[str, Path, list[str]], tmp_path: Path) -> None:
    name, folder, said = steps
    built(erl, tmp_path, APPUPS[name])
    text = relupc.compose(folder / APPUP.format(2), folder / APPUP.format(3))
    (tmp_path / APPUP.format(3)).write_text(text)
    assert relupc.lint(tmp_path / APPUP.format(3)) == []
    relup(tmp_path, "3", "1")
    # A restart begins anew with the states of the version that it leads to.
    assert on_node(erl, tmp_path, "3", "1") == [said[0], said[2], said[0] if name == "restart" else said[4]]


def test_composed_relups(erl: str, steps: tuple[str, Path, list[str]], tmp_path: Path) -> None:
    name, folder, said = steps
    files = [folder / "releases" / vsn / "relup" for vsn in "23"]
    if name == "restart":
        with pytest.raises(relupc.CompileError, match="A802"):
            relupc.compose(*files)
        return
    built(erl, tmp_path, APPUPS[name])
    (tmp_path / "releases" / "3" / "relup").write_text(relupc.compose(*files))
    assert [d.code.code for d in relupc.lint(tmp_path / "releases" / "3" / "relup") if d.severity == "error"] == []
    assert on_node(erl, tmp_path, "3", "1") == [said[0], said[2], said[4]]
