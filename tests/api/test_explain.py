"""Explanations: pages, lists, OTP's words, places in files."""

from __future__ import annotations

from pathlib import Path

import pytest

import relupc
from relupc.api.explain import Place, explained, place_meant
from relupc.model.codes import A101, A103, A104, A107, T003, T008, TABLE
from relupc.model.config import Config
from relupc.model.diagnostic import Diagnostic
from relupc.model.outcome import Explained

WRONG = """{"2",
 [{"1", [{load_modul, cart},
         {load_module, price}, {load_module, price}]}], %% relupc: ignore[A103]
 []}.
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shop.appup").write_text(WRONG)


def found(what: str, config: Config | None = None) -> Explained:
    explanation = explained(what, config)
    assert isinstance(explanation, Explained)
    return explanation


def refused(what: str) -> Diagnostic:
    diagnostic = explained(what)
    assert isinstance(diagnostic, Diagnostic)
    return diagnostic


def test_one_code() -> None:
    for code in TABLE.values():
        assert found(code.code).codes == (code,)
        assert found(code.name).text.startswith(f"# {code.code} {code.name}\n")
    assert relupc.explain("A104") == relupc.explain("depmod-without-instruction")


def test_a_code_without_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relupc.api.explain.page", lambda _: None)
    assert explained("A104") == Explained(
        "# A104 depmod-without-instruction\n\nUnknown module in a dependency list.\n", (A104,)
    )


def test_all_codes() -> None:
    assert found("  ").codes == tuple(TABLE.values())
    assert relupc.explain() == found("all").text
    lines = relupc.explain().splitlines()
    assert len(lines) == len(TABLE)
    assert "- A104 depmod-without-instruction (error): unknown module in a dependency list" in lines


def test_several_codes() -> None:
    some = found("A10")
    assert A104 in some.codes
    assert some.text.splitlines()[0].startswith("- A101 unknown-instruction (error): ")


def test_an_error_of_otp_with_one_code() -> None:
    text = found("Undefined module: shop_vat").text
    assert text.startswith("OTP says `Undefined module: ...`: DepMods name a module that")
    assert "\n\n# A104 depmod-without-instruction\n" in text


def test_an_error_of_otp_with_several_codes() -> None:
    both = found("Bad instruction")
    assert both.codes == (A107, A101)
    assert both.text.endswith("- A101 unknown-instruction (error): bad instruction\n")
    assert both.text.count("OTP says `") == 2


def test_an_error_of_otp_without_a_code() -> None:
    alone = found('{error,{no_such_release,"7"}}')
    assert alone.codes == ()
    assert alone.text.startswith("OTP says `{error,{no_such_release,...}}`: The node does not know")
    assert "#" not in alone.text


def test_a_title() -> None:
    assert found("unknown module in a dependency list").codes == (A104,)


def test_which_places_there_are() -> None:
    assert place_meant("shop.appup:3") == Place("shop.appup", 3, 0)
    assert place_meant(" shop.appup:3:14: ") == Place("shop.appup", 3, 14)
    assert place_meant("gone/shop.appup.src:1:2") == Place("gone/shop.appup.src", 1, 2)
    for what in ("shop.appup", "shop.appup:x", "A104:3", "Undefined module: 7", "Could not open file shop.appup:3"):
        assert place_meant(what) is None


def test_a_place() -> None:
    text = found("shop.appup:2:11").text
    assert text.startswith(
        "- shop.appup:2:11: error: no instruction is called `load_modul` [A101 unknown-instruction]\n\n# A101 "
    )
    assert found("shop.appup:2:20").codes == (A101,), "anywhere in what is marked"
    assert found("./shop.appup:2").codes == found("shop.appup:2").codes != ()
    assert found("shop.appup:4:6") == Explained("Nothing is found at shop.appup:4:6.\n", ())
    assert found("shop.appup:400") == Explained("Nothing is found at shop.appup:400.\n", ())


def test_what_is_silenced_is_explained_too() -> None:
    silenced = found("shop.appup:3")
    assert A103 in silenced.codes
    assert "[A103 module-listed-twice], silenced by a comment\n" in silenced.text


def test_the_configuration_counts_but_for_excludes() -> None:
    config = Config(exclude=("*.appup",), severity={"A101": "note"})
    assert "shop.appup:2:11: note: " in found("shop.appup:2", config).text


def test_a_file_is_found_at_its_first_line() -> None:
    Path("empty.appup").write_text("")
    assert found("empty.appup:1").codes
    Path("shop.appup").write_text('{"2", [], []}. %% relupc: ignore-file[A004]\n')
    assert found("shop.appup:1").codes


def test_what_cannot_be_explained() -> None:
    unknown = refused("depmod-without-instructions")
    assert unknown.code == T008
    assert unknown.help is not None
    assert unknown.help.startswith("did you mean `depmod-without-instruction`")
    assert refused("nothing like\nany of it" * 50).help == "`relupc explain` lists all codes"
    with pytest.raises(relupc.ConfigError):
        relupc.explain("A1044")


def test_a_file_that_cannot_be_looked_at() -> None:
    assert refused("gone.appup:3").code == T003
    with pytest.raises(relupc.InputError):
        relupc.explain("gone.appup:3")
    Path("notes.txt").write_text("x")
    assert refused("notes.txt:1").code == T008
    Path("folder").mkdir()
    assert refused("folder:1").code == T008
