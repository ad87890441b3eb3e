from __future__ import annotations

from pathlib import Path

import pytest

from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.outcome import Linted, Options
from tests.builds import CORE
from tests.shop import APPUP, PATH, app, rel, shop


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def linted(*old: str, new: str = "new.rel", config: Config | None = None) -> Linted:
    return examine([new], old, Options([PATH], isolated=True), config or Config())


def errors(found: Linted) -> set[str]:
    return {d.code.code for d in found.diagnostics if d.severity == "error"}


def test_two_releases_that_fit() -> None:
    shop(Path())
    found = linted("old.rel", "older.rel")
    assert not errors(found)
    assert found.headline == "shop 1.0, 0.9 -> 2.0   (old.rel, older.rel -> new.rel, OTP 25)"
    assert {"app", "builds", "release"}.isdisjoint(found.skipped)
    assert APPUP in found.files


def test_a_release_alone() -> None:
    shop(Path())
    found = linted()
    assert found.headline == ""
    assert "builds" in found.skipped
    assert "release" not in found.skipped
    assert APPUP in found.files


def test_what_keeps_an_upgrade_from_being_planned() -> None:
    shop(Path(), appup='{"2", [{"1", [{load_module, cart, [prize]}]}], [{"1", []}]}.')
    assert "A104" in errors(linted("old.rel"))
    shop(Path(), new="nonsense")
    assert errors(linted("old.rel")) == {"T001"}


def test_the_applications_of_otp_are_left_out_unless_asked_for() -> None:
    other = rel("1.0", "1").replace('{sasl, "4.2"}', '{sasl, "4.1"}')
    shop(Path(), old=other)
    Path("lib/sasl-4.1/ebin").mkdir(parents=True)
    app = Path("lib/sasl-4.2/ebin/sasl.app").read_text()
    Path("lib/sasl-4.1/ebin/sasl.app").write_text(app.replace("4.2", "4.1"))
    Path("lib/sasl-4.2/ebin/sasl.appup").write_text('{"4.2", [{"4.1", []}, {"1", [oops]}], [{"4.1", []}]}.')
    assert "A101" not in errors(linted("old.rel"))
    assert "A101" in errors(linted("old.rel", config=Config(otp_apps=True)))


def root(name: str, vsn: str, modules: str) -> None:
    """A release root with everything that the release needs, as it is unpacked on a node."""
    apps = {**CORE, "shop": "1", "till": "1"}
    for app_name, app_vsn in apps.items():
        Path(f"{name}/lib/{app_name}-{app_vsn}/ebin").mkdir(parents=True)
        listed = modules if app_name == "till" else ""
        Path(f"{name}/lib/{app_name}-{app_vsn}/ebin/{app_name}.app").write_text(app(app_name, app_vsn, listed))
    Path(f"{name}/releases/{vsn}").mkdir(parents=True)
    Path(f"{name}/releases/start_erl.data").write_text(f"13.1 {vsn}")
    Path(f"{name}/releases/{vsn}/shop.rel").write_text(rel(vsn, "1").replace('"}]}', '"}, {till, "1"}]}'))


def test_two_release_roots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each release has the applications of its own root; that both have most of them is no wonder."""
    monkeypatch.delenv("ERL_LIBS", raising=False)
    root("new", "2.0", "till, tax")
    root("old", "1.0", "till")
    found = examine(["new"], ["old"], Options(), Config())
    said = [(d.code.code, d.subject.app) for d in found.diagnostics]
    assert said.count(("R001", "till")) == 1
    assert "R118" not in dict(said)
