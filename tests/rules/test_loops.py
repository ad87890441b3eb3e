"""What an appup makes of processes that stay in old code: the projects of A501 and C302 with other appups."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.outcome import Options

CODES = Path(__file__).parent.parent.parent / "fixtures" / "codes"
ONE, TWO = ["new/shop"], ["old/shop"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(code: str, script: str, old: list[str], project: str = "bad") -> list[str]:
    """The severities of what a code says of an appup with this script in both directions."""
    for build in ("new", "old"):
        shutil.copytree(CODES / code / project / build, build)
    Path("new/shop/ebin/shop.appup").write_text(f'{{"1.4.0", [{{"1.3.0", [{script}]}}], [{{"1.3.0", [{script}]}}]}}.')
    found = examine(ONE, old, Options(), Config()).diagnostics
    return [d.severity for d in found if d.code.code == code]


@pytest.mark.parametrize(
    ("script", "severities"),
    [
        ("{load_module, shop_stock}", ["error", "error"]),
        ("{update, shop_stock, soft, soft_purge, brutal_purge, []}", ["error", "error"]),
        ("point_of_no_return, {load, {shop_stock, brutal_purge, brutal_purge}}", ["error", "error"]),
        ("{load_module, shop_stock, soft_purge, soft_purge, []}", []),
        ("{load_module, shop_stock}, restart_emulator", []),
        ("point_of_no_return, {stop, [shop_stock]}, {load, {shop_stock, brutal_purge, brutal_purge}}", []),
        ("{load_module, shop_stock}, {apply, {shop_stock, leave, []}}", []),
        ("{load_module, shop_price}", []),
    ],
)
def test_what_kills(script: str, severities: list[str]) -> None:
    assert said("A501", script, TWO) == severities


def test_one_build_shows_what_it_runs_itself() -> None:
    """Going down it runs before; going up another build does, of which it is not known."""
    assert said("A501", "{load_module, shop_stock}", []) == ["warning", "error"]


@pytest.mark.parametrize(
    ("project", "script", "severities"),
    [
        ("bad", "{update, shop_stock}", ["warning", "warning"]),
        ("bad", "{load_module, shop_stock}", []),  # nobody waits for it
        ("bad", "{load_module, shop_audit}", ["warning", "warning"]),
        ("bad", "{update, shop_audit}", []),
        ("good", "{update, shop_stock}", []),
        ("good", "{load_module, shop_stock}", []),  # it goes on through the module
    ],
)
def test_who_hears(project: str, script: str, severities: list[str]) -> None:
    assert said("C302", script, TWO, project) == severities
