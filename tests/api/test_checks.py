from __future__ import annotations

from pathlib import Path

import pytest

from relupc.api.compile import attempt
from relupc.model.outcome import Options
from tests.shop import PATH, app, rel, shop

LOST = "{delete_module, cart}"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(*, down: bool = True) -> list[str]:
    """What a compilation says that goes well: only warnings."""
    outcome = attempt("new", ["old"], ["old"] if down else [], Options([PATH], isolated=True))
    assert outcome.compiled, outcome.diagnostics
    assert {d.severity for d in outcome.diagnostics} <= {"warning"}
    assert not any(d.otp for d in outcome.diagnostics)
    return [d.code.code for d in outcome.diagnostics]


def appup(up: str, down: str, more: str = "") -> str:
    return f'{{"2", [{{"1", [{up}]}}{more}], [{{"1", [{down}]}}{more}]}}.'


def test_what_is_right_is_silent() -> None:
    shop(Path(), appup=appup("{update, cart}", "{update, cart}"))
    assert said() == []


def test_rules_of_all_kinds() -> None:
    """About an entry (A105), two entries (A306), the .app file (A304), two releases (A303)."""
    circle = "{load_module, cart, [price]}, {load_module, price, [cart]}"
    shop(Path(), appup=appup(circle, circle))
    assert said() == ["A105", "A105"]
    shop(Path(), appup=appup("{load_module, cart}", ""))
    assert said() == ["A306"]
    shop(Path(), appup=appup(LOST, "{add_module, cart}"))
    assert said() == ["A304"]
    shop(Path(), app=app("shop", "2", "cart"), appup=appup("{load_module, cart}", "{add_module, price}"))
    assert "A303" in said()


def test_only_the_entries_that_are_used() -> None:
    shop(Path(), appup=appup("{load_module, cart}", "{load_module, cart}", f', {{"7", [{LOST}]}}'))
    assert said() == []


def test_a_way_that_was_not_asked_for_is_not_missed() -> None:
    shop(Path(), appup='{"2", [{"1", [{load_module, cart}]}], []}.')
    assert said(down=False) == []


def test_notes_are_for_lint() -> None:
    soft = "{load_module, cart, soft_purge, soft_purge, []}"
    shop(Path(), appup=appup(soft, soft))
    assert said() == []


def test_an_ignore_comment_counts() -> None:
    shop(Path(), appup=appup(LOST, "{add_module, cart}").replace("[{delete", "%% relupc: ignore[A304] moved\n[{delete"))
    assert said() == []


def test_the_applications_of_otp_are_left_out() -> None:
    shop(Path(), old=rel("1.0", "1").replace('{sasl, "4.2"}', '{sasl, "4.1"}'))
    Path("lib/sasl-4.1/ebin").mkdir(parents=True)
    Path("lib/sasl-4.1/ebin/sasl.app").write_text(app("sasl", "4.1", "sasl"))
    Path("lib/sasl-4.2/ebin/sasl.appup").write_text('{"4.2", [{"4.1", []}], [{"4.1", []}]}.')
    assert said() == []


def test_the_relup_that_is_there_does_not_matter() -> None:
    """It is about to be written anew."""
    shop(Path())
    Path("relup").write_text("nonsense")
    assert said() == []
