from __future__ import annotations

from pathlib import Path

import pytest

from relupc.api.appups import appup_values, compare_built
from relupc.api.found import Found
from relupc.model.appup import Appup
from relupc.model.lint import EntryPlan, Mirror, Packaged
from relupc.model.outcome import Options
from relupc.model.term import Str

TEXT = """\
{"1.4.0",
 [{"1.3.0", [{load_module, shop_cart}]},
  {"1.2.0", [{load_module, shop_price}]},
  {"1.3.0", [{load_module, shop_tax}]}],
 [{"1.3.0", [{load_module, shop_cart}]},
  {"1.1.0", no_list}]}.
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(name: str, text: str) -> Found:
    Path(name).write_text(text)
    gathered = Found()
    appup_values(name, Options(), gathered)
    return gathered


def of_type(gathered: Found, kind: type) -> list[object]:
    return [value for value in gathered.values if type(value) is kind]


def test_what_an_appup_holds() -> None:
    gathered = found("shop.appup", TEXT)
    assert gathered.files == ["shop.appup"]
    assert [d.code.code for d in gathered.problems.found] == ["A001"]
    assert len(of_type(gathered, Appup)) == 1
    assert len(of_type(gathered, EntryPlan)) == 4
    [mirror] = of_type(gathered, Mirror)
    assert isinstance(mirror, Mirror)
    assert (mirror.up.entry.script, mirror.down.direction) == (mirror.down.entry.script, "down")
    assert not of_type(gathered, Packaged)


def test_with_its_application() -> None:
    Path("shop.app").write_text('{application, shop, [{vsn, "1.4.0"}, {modules, [shop_cart]}]}.')
    [packaged] = of_type(found("shop.appup", TEXT), Packaged)
    assert isinstance(packaged, Packaged)
    assert (packaged.app.vsn, len(packaged.entries)) == ("1.4.0", 4)


def test_what_is_no_appup_has_no_values() -> None:
    for text, code in (("", "T001"), ("[].", "A001"), ("{", "T001")):
        gathered = found("shop.appup", text)
        assert [d.code.code for d in gathered.problems.found] == [code]
        assert not gathered.values


def test_a_script() -> None:
    Path("shop.app.src").write_text('{application, shop, [{vsn, "1.4.0"}]}.')
    gathered = found("shop.appup.src", 'Old = "1.3.0", {VSN, [{Old, f()}], [{Old, []}]}.')
    [note] = gathered.problems.found
    assert (note.code.code, note.subject.app) == ("T004", "shop")
    [appup] = of_type(gathered, Appup)
    assert isinstance(appup, Appup)
    assert appup.vsn == Str("1.4.0")
    assert gathered.scripts == {"shop.appup.src"}


def test_a_script_that_is_a_term() -> None:
    gathered = found("shop.appup.src", "{VSN, [], []}.")
    assert not gathered.scripts
    assert [d.code.code for d in found("shop.appup.src", "{VSN, []").problems.found] == ["T001"]
    assert not found("shop.appup.src", "STATE.").values


def test_more_than_one_term() -> None:
    one, more = "{a, [], []}. %% done", "{a, [], []}.\n{b, [], []}."
    assert not found("shop.appup", one).problems.found
    [problem] = found("shop.appup", more).problems.found
    assert (problem.code.code, problem.span and problem.span.text) == ("A001", "{b, [], []}.")
    assert not found("shop.appup.src", more).problems.found


def test_what_was_built() -> None:
    for folder in ("src", "ebin"):
        Path(folder).mkdir()
    Path("ebin/shop.appup").write_text('{"1", [], [{"0", []}]}.')
    assert [d.code.code for d in found("src/shop.appup.src", "{VSN, [], []}.").problems.found] == ["T006"]
    gathered = Found()
    compare_built("src/shop.appup.src", Options(), gathered)
    assert [d.code.code for d in gathered.problems.found] == ["T006"]
    assert (gathered.values, gathered.files) == ([], [])


def test_entries_that_are_no_list() -> None:
    gathered = found("shop.appup", '{"2", {"1", []}, [{"1", []} | more]}.')
    assert [(d.code.code, d.subject.direction) for d in gathered.problems.found] == [("A001", "up"), ("A001", "down")]
