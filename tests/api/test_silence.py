from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from relupc.api.appups import appup_values
from relupc.api.found import Found
from relupc.api.lint import examine
from relupc.api.silence import looked_at
from relupc.model.codes import TABLE
from relupc.model.config import BASELINE, Config
from relupc.model.outcome import Linted, Options
from tests.shop import app

CODES = Path(__file__).parents[2] / "fixtures" / "codes"
CIRCLE = "[{load_module, cart, [price]}, {load_module, price, [cart]}]"
WARNS = f'{{"2", [{{"1", {CIRCLE}}}],\n [{{"1", {CIRCLE}}}]}}.\n'
CLEAN = '{"2", [{"1", [{load_module, cart}]}], [{"1", [{load_module, cart}]}]}.\n'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(linted: Linted) -> list[tuple[str, str, str | None]]:
    return [(d.code.code, d.severity, d.suppressed) for d in linted.diagnostics]


def lint(config: Config, *paths: str) -> list[tuple[str, str, str | None]]:
    return said(examine(paths, (), Options(), config))


def test_what_the_configuration_says_of_codes() -> None:
    Path("a.appup").write_text(WARNS)
    assert lint(Config()) == [("A105", "warning", None)] * 2
    assert lint(Config(severity={"A105": "note"})) == [("A105", "note", None)] * 2
    assert lint(Config(ignore=("A105",))) == []
    assert lint(Config(select=("R",))) == []
    assert lint(Config(per_path_ignores={"*.appup": ("A1",)})) == [("A105", "warning", "config")] * 2
    assert lint(Config(root="..", per_path_ignores={"a.appup": ("A1",), "b/*": ("A1",)}))[0][2] == "config"


def test_comments_count_before_all_else() -> None:
    Path("a.appup").write_text(f"%% relupc: ignore-file[A105, A004]\n{WARNS}")
    assert lint(Config()) == [("T010", "warning", None)] + [("A105", "warning", "comment")] * 2
    assert lint(Config(comments=False)) == [("A105", "warning", None)] * 2
    assert lint(Config(ignore=("T010",))) == [("A105", "warning", "comment")] * 2
    assert lint(Config(severity={"T010": "note"}))[0] == ("T010", "note", None)
    assert lint(Config(per_path_ignores={"a.appup": ("all",)})) == [
        ("T010", "warning", "config"),
        *[("A105", "warning", "comment")] * 2,
    ]
    assert lint(Config(ignore=("A004",))) == [("A105", "warning", "comment")] * 2, "nobody looked for A004"


UNCLEAR = f"""{{"2",
 [{{"1", [{{load, cart}}]}},     %% relupc: ignore[A105]
  {{"0", {CIRCLE}}}],            %% relupc: ignore[A103]
 [{{"1", [{{load_module, cart}}]}},     %% relupc: ignore[A105, A306]
  {{"0", {CIRCLE}}}]}}.
"""


def test_a_mistake_that_hides_others_leaves_comments_alone() -> None:
    """What the entry with the mistake would show without it is not known: neither is its mirror image."""
    Path("a.appup").write_text(UNCLEAR)
    linted = examine(["a.appup"], (), Options(), Config())
    unused = [(d.label, d.span.line) for d in linted.diagnostics if d.code.code == "T010" and d.span]
    assert unused == [("A103 does not occur here", 3), ("A105 does not occur here", 4)]


def test_what_rules_had_to_look_at() -> None:
    Path("shop.appup").write_text(f"%% relupc: ignore-file[A004]\n{CLEAN}")
    found = Found()
    appup_values("shop.appup", Options(), found)
    [alone] = looked_at(found.values, frozenset(TABLE))
    assert {"A004", "A005"} <= alone.codes
    assert "A302" not in alone.codes
    assert [{"A105", "A101", "A306"} <= codes for _, codes in alone.parts] == [True, True]
    assert [span.text.startswith('{"1"') for span, _ in alone.parts] == [True, True]
    assert not [codes for _, codes in alone.parts if "A104" in codes]

    Path("shop.app").write_text(app("shop", "2", "cart, price"))
    found = Found()
    appup_values("shop.appup", Options(), found)
    [beside] = looked_at(found.values, frozenset(TABLE))
    assert beside.codes > alone.codes
    assert all("A104" in codes for _, codes in beside.parts)
    [few] = looked_at(found.values, frozenset({"A105"}))
    assert few.codes == frozenset()
    assert {codes for _, codes in few.parts} == {frozenset({"A105"})}


def test_texts_without_comments_are_not_looked_into() -> None:
    Path("shop.appup").write_text(CLEAN)
    found = Found()
    appup_values("shop.appup", Options(), found)
    assert looked_at(found.values, frozenset(TABLE)) == []


def two_builds(which: str, key: str, comment: str) -> list[tuple[str, str, str | None]]:
    """What is said of the builds of A301 where a comment stands behind the key of the entry of the way up."""
    shutil.rmtree("shop", ignore_errors=True)
    shutil.copytree(CODES / "A301" / which, "shop")
    appup = Path("shop/new/shop/ebin/shop.appup")
    head = '[{"1.3.0", [{load_module, shop_price}'
    assert head in appup.read_text()
    appup.write_text(appup.read_text().replace(head, head.replace('"1.3.0",', f"{key}, %% relupc: {comment}\n"), 1))
    return said(examine(["shop/new/shop"], ["shop/old/shop"], Options(), Config()))


@pytest.mark.parametrize("code", ["A301", "A301(shop_invoice)", "A201", "A401"])
def test_comments_on_what_only_builds_show(code: str) -> None:
    """Rules that compare builds have looked at the entries of this upgrade, in both directions."""
    silences = code.startswith("A301")
    found = two_builds("bad", '"1.3.0"', f"ignore[{code}]")
    unused = [("T010", "warning", None)]
    assert found == ([("A301", "error", "comment")] if silences else [("A301", "error", None), *unused])
    assert two_builds("good", '"1.3.0"', f"ignore[{code}]") == unused


def test_an_entry_for_many_versions_may_need_its_comment_for_another_one() -> None:
    found = two_builds("bad", r'<<"1\\.[0-3]\\.0">>', "ignore[A201]")
    assert ("A301", "error", None) in found
    assert ("T010", "warning", None) not in found


def baseline(*paths: str, text: str = WARNS) -> str:
    """Record what is found now."""
    for path in paths or ("a.appup",):
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(text)
    recorded = examine((), (), Options(), Config(baseline=BASELINE, record=True))
    assert recorded.baseline is not None
    assert {d.suppressed for d in recorded.diagnostics} == {"baseline"}
    Path(BASELINE).write_text(recorded.baseline)
    return recorded.baseline


def test_a_baseline_hides_what_it_names() -> None:
    baseline()
    known = Config(baseline=BASELINE)
    assert lint(known) == [("A105", "warning", "baseline")] * 2
    Path("a.appup").write_text("%% more\n\n" + WARNS.replace(" ", "  "))
    assert lint(known) == [("A105", "warning", "baseline")] * 2
    Path("a.appup").write_text(WARNS.replace("price", "tax"))
    assert [one for one in lint(known) if one[0] == "A105"] == [("A105", "warning", None)] * 2


def test_what_is_gone_is_said_where_all_was_looked_at() -> None:
    baseline("a.appup", "b.appup")
    known = Config(baseline=BASELINE)
    Path("a.appup").write_text(CLEAN)
    assert ("T012", "note", None) in lint(known)
    assert lint(known, "a.appup") == [], "the other file was not looked at"
    assert "T012" not in [code for code, _, _ in lint(Config(baseline=BASELINE, ignore=("T012",)))]
    assert "T012" not in [code for code, _, _ in lint(Config(baseline=BASELINE, ignore=("A105",)))]
    assert ("T012", "error", None) in lint(Config(baseline=BASELINE, severity={"T012": "error"}))
    Path("a.appup").unlink()
    assert ("T012", "note", None) in lint(known, "b.appup"), "a file that is gone shows nothing any more"


def test_what_needs_more_than_is_at_hand_is_not_gone() -> None:
    Path("shop.app").write_text(app("shop", "3", "cart"))
    assert '"A002"' in baseline("shop.appup", text=CLEAN)
    Path("shop.app").write_text(app("shop", "2", "cart"))
    assert lint(Config(baseline=BASELINE)) == [("T012", "note", None)]
    Path("shop.app").unlink()
    assert lint(Config(baseline=BASELINE)) == [], "nobody can tell"


def test_errors_of_compile_are_never_hidden() -> None:
    Path("a.appup").write_text('{"2", [{"1", [{load, cart}]}], [{"1", [{load_module, cart}]}]}.\n')
    recorded = examine((), (), Options(), Config(baseline=BASELINE, record=True))
    assert recorded.baseline is not None
    assert "A101" not in recorded.baseline
    assert ("A101", "error", None) in said(recorded)
    noted = examine((), (), Options(), Config(baseline=BASELINE, record=True, severity={"A101": "note"}))
    assert noted.baseline is not None
    assert "A101" not in noted.baseline, "whatever it is called"


def test_a_new_baseline_keeps_what_was_not_looked_at() -> None:
    before = baseline("a.appup", "b.appup", "c.appup")
    Path("c.appup").unlink()
    Path("a.appup").write_text(CLEAN)
    after = examine(["a.appup"], (), Options(), Config(baseline=BASELINE, record=True)).baseline
    assert after is not None
    assert [before.count(f"{name}.appup") for name in "abc"] == [2, 2, 2]
    assert [after.count(f"{name}.appup") for name in "abc"] == [0, 2, 0]


def test_a_baseline_that_cannot_be_read() -> None:
    Path("a.appup").write_text(WARNS)
    linted = examine((), (), Options(), Config(baseline="gone.json"))
    assert ("T003", "error", None) in said(linted)
    assert linted.failure == "files"
    Path("bad.json").write_text('{"version": 7}')
    for record in (True, False):
        linted = examine((), (), Options(), Config(baseline="bad.json", record=record))
        assert ("T013", "error", None) in said(linted)
        assert linted.failure == "arguments"
        assert linted.baseline is None
