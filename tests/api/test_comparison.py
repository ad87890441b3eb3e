"""What changed beside what the appups do about it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from relupc.api.comparison import in_order, shown, title
from relupc.api.diff import differences
from relupc.api.lint import examine
from relupc.model.comparison import Comparison, Differences
from relupc.model.config import Config
from relupc.model.outcome import Options
from relupc.model.program import Change, Diff
from tests.report.plans import NEW, OLD, app, release

FIXTURES = Path(__file__).parents[2] / "fixtures"
SCREEN = FIXTURES / "docs" / "builds-screen"
HEY, A301 = FIXTURES / "hey" / "erlang", FIXTURES / "codes" / "A301"


def compared(new: Path, old: str, config: Config | None = None) -> Comparison:
    [found] = examine([str(new)], [old], Options(), config or Config(exclude=())).compared
    return found


def rows(found: Comparison) -> list[tuple[str, str | None, str]]:
    """Module, what the appup says, codes."""
    return [(row.change.module, row.says, " ".join(row.codes)) for app in found.apps for row in app.rows]


def lay(path: Path, script: str, comment: str = "") -> Path:
    """The builds of A301 with another script on the way up."""
    shutil.copytree(A301 / "bad", path, dirs_exist_ok=True)
    appup = path / "new/shop/ebin/shop.appup"
    appup.write_text(
        f'{{"1.4.0", [{{"1.3.0", {comment}\n {script}}}], [{{"1.3.0", [{{restart_application, shop}}]}}]}}.\n'
    )
    return path


@pytest.mark.parametrize(
    ("script", "price", "invoice"),
    [
        ("[{load_module, shop_price}, {load_module, shop_invoice}]", "load_module", "load_module"),
        ("[{update, shop_price}, {update, shop_invoice, {advanced, []}}]", "update", "update, advanced"),
        ("[{update, shop_price, supervisor}, {load_module, shop_invoice}]", "update, supervisor", "load_module"),
        ("[{restart_application, shop}]", "restart_application", "restart_application"),
        ("[restart_emulator]", "restart of the node", "restart of the node"),
        ("[{load_module, shop_price}]", "load_module", None),
    ],
)
def test_what_the_appup_says(script: str, price: str, invoice: str | None, tmp_path: Path) -> None:
    lay(tmp_path, script)
    found = rows(compared(tmp_path / "new/shop", str(tmp_path / "old/shop")))
    assert [(module, says) for module, says, _ in found] == [("shop_invoice", invoice), ("shop_price", price)]


def test_codes_that_are_silenced_stand_in_brackets(tmp_path: Path) -> None:
    lay(tmp_path, "[{load_module, shop_price}]", "%% relupc: ignore[A301] one day")
    assert rows(compared(tmp_path / "new/shop", str(tmp_path / "old/shop")))[0] == ("shop_invoice", None, "(A301)")


def test_a_release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SCREEN)
    found = compared(Path("_build/prod/rel/shop"), "@1.3.0")
    assert found.title == "shop 1.3.0 -> 1.4.0"
    assert ("shop_util", "load_module", "A305") in rows(found), "the same in both, but loaded"
    assert rows(found)[-1] == ("store_db", "update", "")


def test_a_version_that_stays_is_said_of_each_module(tmp_path: Path) -> None:
    lay(tmp_path, "[]")
    for path in ("old", "new"):
        file = tmp_path / path / "shop/ebin/shop.app"
        file.write_text(file.read_text().replace("1.3.0", "1.4.0"))
    config = Config(exclude=(), select=("R001",))
    assert {codes for _, _, codes in rows(compared(tmp_path / "new/shop", str(tmp_path / "old/shop"), config))} == {
        "R001"
    }


def test_the_order_of_the_app_file() -> None:
    kinds = {"a": "added", "b": "changed", "c": "removed", "d": "changed", "e": "same", "f": "changed"}
    changes = tuple(Change(name, kind, (), None, None) for name, kind in kinds.items())  # type: ignore[arg-type]
    found = in_order(Diff("shop", "1", "2", changes), app("shop", "2", "d", "a", "b"), app("shop", "1", "d", "c"))
    assert [change.module for change in found] == ["d", "b", "f", "e", "a", "c"]
    assert len(in_order(Diff("shop", "1", None, changes), None)) == len(changes)


def test_what_diff_shows_of_otp() -> None:
    change = Change("lists", "changed", ("code only",), None, None)
    diffs = tuple(Diff(name, "1", "2", (change, change._replace(kind="same"))) for name in ("stdlib", "shop"))
    found = Differences(OLD, NEW, (*diffs, Diff("kernel", "1", "1", ())), (), otp=25)
    assert [(a.diff.app, len(a.rows)) for a in shown(found, with_otp=False).apps] == [("stdlib", 0), ("shop", 1)]
    assert [len(a.rows) for a in shown(found, with_otp=True).apps] == [1, 1]
    assert shown(found, with_otp=True).title.endswith("(rel/shop-1.3.0.rel -> rel/shop-1.4.0.rel, OTP 25)")
    assert shown(Differences(None, NEW, (), ()), with_otp=True).title == ""


def test_titles() -> None:
    assert title(OLD, NEW) == "shop 1.3.0 -> 1.4.0"
    assert title(OLD, release("2.0", name="store")) == "shop 1.3.0 -> store 2.0"
    hey = differences(HEY / "0.0.1/hey", HEY / "0.0.2/hey", Options())
    assert shown(hey, with_otp=False).title.startswith("hey 0.0.1 -> 0.0.2   (")
