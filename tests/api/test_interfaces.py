"""What a compilation says of compiled modules: the projects are those of fixtures/codes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from relupc.api.compile import attempt
from relupc.api.interfaces import CODES
from relupc.api.lint import examine
from relupc.model.codes import TABLE
from relupc.model.config import Config
from relupc.model.outcome import Options
from tests.shop import rel

FIXTURES = Path(__file__).parents[2] / "fixtures"
STUBS = FIXTURES / "docs" / "builds-screen" / "_build" / "prod" / "rel" / "shop" / "lib"
PATH = "lib/*/ebin"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lay(code: str, which: str = "bad") -> None:
    """The builds of a code as two releases: `old.rel` and `new.rel`."""
    project = FIXTURES / "codes" / code / which
    if (project / "rel").is_dir():
        shutil.copytree(project, ".", dirs_exist_ok=True)
        for name, vsn in (("new", "1.4.0"), ("old", "1.3.0")):
            shutil.copy(f"rel/shop-{vsn}.rel", f"{name}.rel")
        return
    for name in ("kernel", "stdlib", "sasl"):
        [stub] = STUBS.glob(f"{name}-*")
        shutil.copytree(stub, Path("lib", stub.name))
    for name, vsn in (("new", "1.4.0"), ("old", "1.3.0")):
        shutil.copytree(project / name / "shop", f"lib/shop-{vsn}")
        Path(f"{name}.rel").write_text(rel(vsn, vsn).replace('"8.5"', '"8.5.3"'))


def said(config: Config | None = None, *, lint: bool = True) -> list[tuple[str, str]]:
    """Code and severity of what a compilation says that goes well."""
    outcome = attempt("new", ["old"], ["old"], Options([PATH], isolated=True, lint=lint), config or Config())
    assert outcome.compiled, outcome.diagnostics
    return [(d.code.code, d.severity) for d in outcome.diagnostics]


@pytest.mark.parametrize("code", ["A301", "A401", "A405", "D101", "R007"])
def test_what_shows_in_compiled_modules(code: str) -> None:
    lay(code)
    assert set(said()) == {(code, "warning")}
    assert said(lint=False) == []
    assert (code, "warning") not in said(Config(ignore=(code,)))


@pytest.mark.parametrize("code", ["A301", "A305", "A401", "A405", "D101", "R007"])
def test_what_is_right_is_silent(code: str) -> None:
    lay(code, "good")
    assert said() == []


@pytest.mark.parametrize("code", ["A305", "D102", "D606"])
def test_notes_and_other_rules_are_for_lint(code: str) -> None:
    lay(code)
    assert said() == []


def test_lint_says_the_same_words() -> None:
    """Which module calls what is known, although not all code is looked at; so is what to write."""
    lay("A401")
    linted = examine(["new.rel"], ["old.rel"], Options([PATH], isolated=True), Config(exclude=()))
    [found] = attempt("new", ["old"], ["old"], Options([PATH], isolated=True)).diagnostics
    [same] = linted.diagnostics
    assert (found.label, found.help, found.notes) == (same.label, same.help, same.notes)


def test_a_state_with_another_shape_is_to_be_converted() -> None:
    lay("D201", "good")
    appup = Path("lib/shop-1.4.0/ebin/shop.appup")
    appup.write_text('{"1.4.0", [{"1.3.0", []}], [{"1.3.0", []}]}.\n')
    outcome = attempt("new", ["old"], ["old"], Options([PATH], isolated=True))
    advice = {d.help for d in outcome.diagnostics if d.code.code == "A301"}
    linted = examine(["new.rel"], ["old.rel"], Options([PATH], isolated=True), Config(exclude=()))
    assert advice == {d.help for d in linted.diagnostics if d.code.code == "A301"}
    assert any("advanced" in (text or "") for text in advice)


@pytest.mark.parametrize("content", [b"", b"FOR1\0\0\0\4BEAM", b"\x1f\x8b\x08"])
def test_modules_that_cannot_be_read_do_not_matter(content: bytes) -> None:
    lay("A401")
    for beam in Path("lib").rglob("*.beam"):
        beam.write_bytes(content)
    assert said() == []


def test_the_codes_are_codes() -> None:
    assert set(TABLE) >= CODES
