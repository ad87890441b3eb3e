"""What `relupc generate` writes for the builds of fixtures/generate; what lint, OTP and a real node make of it.

A case is a folder of builds, called by their versions; the last one is the new one. `shop.appup` is what is expected,
`lint.txt` what lint says of the upgrade with that, where it says anything. `--refresh` writes both.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from relupc.api.generate import generated
from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.outcome import Options
from relupc.propose.text import text_of
from tests.otp import case, judge, nodes, oracle, proposers, upgrades

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = sorted((FIXTURES / "generate").iterdir())
#: A node that goes back keeps a key of a map that the older version does not ask for, and never makes.
KEEPS = {name: {"down: states"} for name in ("elixir-restart", "elixir-kernel-struct", "elixir-struct")}
CORE = ("kernel", "stdlib", "sasl", "elixir")


def builds(folder: Path) -> list[Path]:
    """The builds of a case, the newest first."""
    return sorted((found.parent for found in folder.glob("*/shop")), reverse=True)


def _name(path: Path) -> str:
    return path.name


@pytest.fixture(params=CASES, ids=_name)
def folder(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_the_text(folder: Path, refresh: bool) -> None:
    new, *old = (str(build / "shop") for build in builds(folder))
    found = generated(new, old, Options(), Config(exclude=()))
    assert not [d.one_line for d in found.diagnostics if d.severity in ("error", "warning")]
    [appup] = found.appups
    kept = folder / "shop.appup"
    if refresh:
        kept.write_text(text_of(appup), "utf-8")
    assert text_of(appup) == kept.read_text("utf-8")


def test_lint_of_it(folder: Path, refresh: bool, tmp_path: Path) -> None:
    """There is nothing but notes, each of which somebody has read."""
    new, *old = (Path(shutil.copytree(build, tmp_path / build.name)) / "shop" for build in builds(folder))
    shutil.copyfile(folder / "shop.appup", new / "ebin/shop.appup")
    linted = examine([str(new)], list(map(str, old)), Options(), Config())
    assert not [d.one_line for d in linted.diagnostics if d.severity != "note"]
    text = "".join(f"{d.one_line}\n" for d in linted.diagnostics).replace(f"{tmp_path}/", "")
    kept = folder / "lint.txt"
    if refresh:
        kept.unlink(missing_ok=True)
        if text:
            kept.write_text(text, "utf-8")
    assert text == (kept.read_text("utf-8") if kept.exists() else "")


def releases(root: Path, folder: Path) -> None:
    """Lay down releases with the builds of a case, for systools and relupc."""
    new, *old = (build.name for build in builds(folder))
    files: dict[str, bytes | None] = {}
    for name in CORE:
        keys = '{vsn, "1"}, {description, ""}, {modules, []}, {registered, []}, {applications, []}'
        files[f"lib/{name}/ebin/{name}.app"] = f"{{application, {name}, [{keys}]}}.\n".encode()
    core = ", ".join(f'{{{name}, "1"}}' for name in CORE)
    for vsn in (new, *old):
        rel = f'{{release, {{"shop", "{vsn}"}}, {{erts, "13.1"}}, [{core}, {{shop, "{vsn}"}}]}}.\n'
        files[f"{vsn}.rel"] = rel.encode()
        files[f"lib/shop-{vsn}/ebin/shop.app"] = (folder / vsn / "shop/ebin/shop.app").read_bytes()
    files[f"lib/shop-{new}/ebin/shop.appup"] = (folder / "shop.appup").read_bytes()
    case.write(root, case.Call(new, tuple(old), tuple(old), ("lib/*/ebin",)), files)


def test_systools_makes_the_same_of_it(erl: str, tmp_path: Path) -> None:
    roots = [tmp_path / folder.name for folder in CASES]
    for root, folder in zip(roots, CASES, strict=True):
        releases(root, folder)
    answers = oracle.settled(erl, roots)
    assert not [(root.name, answer.error) for root, answer in zip(roots, answers, strict=True) if answer.error]
    found = {root.name: judge.difference(a, judge.run_relupc(root)) for root, a in zip(roots, answers, strict=True)}
    assert found == dict.fromkeys(found)


def node(root: Path, folder: Path) -> tuple[str, str]:
    """Lay down what a node needs to boot the two newest builds of a case; their versions, the older one first."""
    new, old, *_ = (build.name for build in builds(folder))
    nodes.lay_down(root, "shop", [old, new], elixir=folder.name.startswith("elixir"))
    for vsn in (old, new):
        shutil.copytree(folder / vsn / "shop/ebin", root / f"lib/shop-{vsn}/ebin")
        shutil.copyfile(folder / vsn / "calls", root / f"releases/{vsn}/calls")
    return old, new


def survived(erl: str, tmp_path: Path, folders: list[Path]) -> None:
    """Upgrade a node with each of these cases, and back."""
    roots = {tmp_path / folder.name: node(tmp_path / folder.name, folder) for folder in folders}
    nodes.build(erl, "shop", list(roots), tmp_path)
    driver = nodes.compile_driver(tmp_path)
    done = [upgrades.run_one(root, "shop", vsns, proposers.generate, driver) for root, vsns in roots.items()]
    missed = {one.root.name: set(upgrades.STEPS) - one.good for one in done if not one.passed}
    keeps = {folder.name: KEEPS[folder.name] for folder in folders if folder.name in KEEPS}
    assert missed == keeps, "\n".join(f"{one.root.name}: {line}" for one in done for line in one.wrong)


def test_a_node_survives_it(erl: str, tmp_path: Path) -> None:
    survived(erl, tmp_path, [folder for folder in CASES if not folder.name.startswith("elixir")])


@pytest.mark.usefixtures("elixirc")
def test_a_node_of_elixir_survives_it(erl: str, tmp_path: Path) -> None:
    survived(erl, tmp_path, [folder for folder in CASES if folder.name.startswith("elixir")])


def test_a_library_goes_back_behind_its_users(erl: str, tmp_path: Path) -> None:
    """OTP has the library first in both directions, but for DepMods."""
    root = Path(shutil.copytree(FIXTURES / "codes/A405/bad", tmp_path / "root"))
    names = [str(root / f"rel/shop-{vsn}.rel") for vsn in ("1.4.0", "1.3.0")]
    options = Options([f"{root}/lib/*/ebin"], isolated=True)
    found = generated(names[0], names[1:], options, Config(exclude=()))
    assert not found.diagnostics
    for appup in found.appups:
        (root / f"lib/{appup.app}-{appup.vsn}/ebin/{appup.app}.appup").write_text(text_of(appup))
    old = ("rel/shop-1.3.0",)
    case.write(root, case.Call("rel/shop-1.4.0", old, old, ("lib/*/ebin",)), {})
    [answer] = oracle.settled(erl, [root])
    assert judge.difference(answer, judge.run_relupc(root)) is None
    loads = re.findall(r"\{load,\s*\{(\w+)", (answer.relup or b"").decode())
    assert loads == ["store_db", "shop_catalog", "shop_catalog", "store_db"]
