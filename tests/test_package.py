"""The package: what is built holds what it needs and no more, and works where there is no checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path

import pytest

import relupc

ROOT = Path(__file__).parent.parent
#: Runs the command from the folder given first, whatever else may be installed.
PROGRAM = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import relupc
assert relupc.__file__.startswith(sys.path[0]), relupc.__file__
from relupc.cli import run
run()
"""


@dataclass(frozen=True, slots=True)
class Built:
    """The files that were built, and the folder where the wheel is installed."""

    sdist: Path
    wheel: Path
    target: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist of this checkout, and the wheel made of that."""
    out, target = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("target")
    _python("-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT))
    [sdist], [wheel] = out.glob("*.tar.gz"), out.glob("*.whl")
    _python("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target), str(wheel))
    return Built(sdist, wheel, target)


def _python(*arguments: str, cwd: Path | None = None) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_the_package_and_what_it_reads(built: Built) -> None:
    names = zipfile.ZipFile(built.wheel).namelist()
    inside = {name for name in names if ".dist-info/" not in name}
    files = [path for path in ROOT.glob("relupc/**/*") if path.is_file() and path.parent.name != "__pycache__"]
    pages = [*ROOT.glob("docs/codes/*.md"), ROOT / "docs" / "otp-errors.md", ROOT / "docs" / "cli.md"]
    assert inside == {
        "relupc/grammar/term.lark",
        f"relupc-{relupc.__version__}.data/data/share/man/man1/relupc.1",
        *(path.relative_to(ROOT).as_posix() for path in files),
        *(f"relupc/{page.relative_to(ROOT).as_posix()}" for page in pages),
    }
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_sdist_can_be_tested(built: Built) -> None:
    with tarfile.open(built.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    needed = {
        *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "pyproject.toml", "grammar/term.lark"),
        *(
            "docs/refresh.py",
            "docs/report.schema.json",
            "docs/relupc.1",
            "docs/codes/A104.md",
            ".pre-commit-hooks.yaml",
        ),
        *("tests/conftest.py", "benchmarks/conformance.py"),
        *("fixtures/demo/rel/shop-1.4.0.rel", "fixtures/docs/two-mistakes/lib/shop-1.4.0/ebin/shop.appup"),
    }
    assert not needed - names


def test_there_is_one_version(built: Built) -> None:
    [name] = [n for n in zipfile.ZipFile(built.wheel).namelist() if n.endswith(".dist-info/METADATA")]
    metadata = Parser().parsestr(zipfile.ZipFile(built.wheel).read(name).decode())
    assert metadata["Version"] == relupc.__version__
    said = _python("-I", "-c", PROGRAM, str(built.target), "--version")
    assert said.startswith(f"relupc {metadata['Version']} ")


def test_the_installed_command_compiles(built: Built, tmp_path: Path) -> None:
    """`16#ff` is not regular, so lark has to read it with the grammar that was installed."""
    demo = shutil.copytree(ROOT / "fixtures" / "demo", tmp_path / "demo")
    appup = demo / "lib" / "shop-1.4.0" / "ebin" / "shop.appup"
    text = appup.read_text("utf-8")
    odd = text.replace(
        "{add_module, shop_tax, [store_db]}", "{apply, {shop_price, rate, [16#ff, 0]}}, {add_module, shop_tax}"
    )
    assert odd != text
    appup.write_text(odd, "utf-8")
    command = ("compile", "rel/shop-1.4.0.rel", "--up-from", "rel/shop-1.3.0.rel", "-p", "lib/*/ebin", "--isolated")
    _python("-I", "-c", PROGRAM, str(built.target), *command, "-o", "relup", cwd=demo)
    assert "{apply,{shop_price,rate,[255,0]}}" in (demo / "relup").read_text("utf-8")


def test_the_installed_command_explains(built: Built, tmp_path: Path) -> None:
    """Its pages and its manual are those that were installed."""
    ask = ("-I", "-c", PROGRAM, str(built.target))
    page = _python(*ask, "explain", "Undefined module: shop_vat", "--format=markdown", cwd=tmp_path)
    assert page.endswith((ROOT / "docs" / "codes" / "A104.md").read_text("utf-8"))
    assert "DepMods name a module" in page
    assert "relupc completion SHELL" in _python(*ask, "help", "completion", cwd=tmp_path)


def test_the_man_page_is_installed(built: Built) -> None:
    """`man` looks for it in the folder beside the one of the command."""
    installed = built.target / "share" / "man" / "man1" / "relupc.1"
    assert installed.read_bytes() == (ROOT / "docs" / "relupc.1").read_bytes()
