"""Two files as one: what is read, what comes out, and what is raised."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import relupc
from relupc.api.compose import composed, failure_of

CASES = Path(__file__).parents[2] / "fixtures" / "codes"
FIRST = '{"2", [{"1", [{load_module, shop_cart}]}], [{"1", [{load_module, shop_cart}]}]}.\n'
SECOND = '{"3", [{"2", [{add_module, shop_tax}]}], [{"2", [{delete_module, shop_tax}]}]}.\n'
RELUP = """{"%s", [{"%s", Descr, [{load_object_code, {shop, "%s", [shop_cart]}}, point_of_no_return,
  {load, {shop_cart, brutal_purge, brutal_purge}}]}], []}.
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder, text in (("2", FIRST), ("3", SECOND)):
        Path(folder).mkdir()
        Path(folder, "shop.appup").write_text(text)


def test_appups() -> None:
    text = relupc.compose("2/shop.appup", "3/shop.appup")
    assert (
        text
        == """%% coding: utf-8
{"3",
 [{"1",[{load_module,shop_cart},{add_module,shop_tax}]}],
 [{"1",[{delete_module,shop_tax},{load_module,shop_cart}]}]}.
"""
    )
    Path("shop.appup").write_text(text)
    assert relupc.lint("shop.appup") == []


def test_a_pattern_that_is_for_the_version_between_too() -> None:
    """A node on 2 must not convert its state once more: OTP takes the first entry that is for it."""
    entry = '{<<"[0-9]">>, [{update, shop_cart, {advanced, []}}]}'
    Path("2/shop.appup").write_text(f'{{"2", [{{"0", []}}, {entry}], [{{<<"0|1">>, []}}]}}.')
    assert (
        relupc.compose("2/shop.appup", "3/shop.appup")
        == """%% coding: utf-8
{"3",
 [{"2",[{add_module,shop_tax}]},
  {"0",[{add_module,shop_tax}]},
  {<<"[0-9]">>,[{update,shop_cart,{advanced,[]}},{add_module,shop_tax}]}],
 [{<<"0|1">>,[{delete_module,shop_tax}]}]}.
"""
    )
    Path("2/shop.appup").write_text('{"2", [{"1", []}], [{<<"(?=2)2">>, []}, {<<".*">>, []}]}.')
    assert relupc.compose("2/shop.appup", "3/shop.appup").count('{"2",[{delete_module,shop_tax}]}') == 1


def test_three_steps_in_either_order() -> None:
    Path("4").mkdir()
    Path("4/shop.appup").write_text('{"4", [{"3", [{load_module, shop_tax}]}], []}.')
    Path("3/shop.appup").write_text(SECOND.replace("{delete_module, shop_tax}", ""))
    Path("a").mkdir()
    Path("b").mkdir()
    Path("a/shop.appup").write_text(relupc.compose("2/shop.appup", "3/shop.appup"))
    Path("b/shop.appup").write_text(relupc.compose("3/shop.appup", "4/shop.appup"))
    assert relupc.compose("a/shop.appup", "4/shop.appup") == relupc.compose("2/shop.appup", "b/shop.appup")


def test_relups_with_the_description_of_the_later_step() -> None:
    Path("2.relup").write_text((RELUP % ("2", "1", "2")).replace("Descr", "first"))
    Path("3.relup").write_text((RELUP % ("3", "2", "3")).replace("Descr", "second"))
    text = relupc.compose("2.relup", "3.relup")
    assert text.splitlines()[1].startswith('{"3",')
    assert '{"1",second,' in text
    assert '{shop,"3",[shop_cart]}' in text


def test_an_appup_src() -> None:
    Path("3/shop.app.src").write_text('{application, shop, [{vsn, "3"}]}.')
    Path("3/shop.appup.src").write_text(SECOND.replace('"3"', "VSN"))
    assert relupc.compose("2/shop.appup", "3/shop.appup.src") == relupc.compose("2/shop.appup", "3/shop.appup")
    Path("3/shop.app.src").unlink()
    assert [d.code.code for d in composed("2/shop.appup", "3/shop.appup.src").diagnostics] == ["A801"]


def test_what_cannot_be_read() -> None:
    with pytest.raises(relupc.InputError):
        relupc.compose("2/shop.appup", "nothing")
    Path("bad.appup").write_text("{")
    found = composed("bad.appup", "3/shop.appup")
    assert [d.code.code for d in found.diagnostics] == ["T001"]
    assert failure_of(found.diagnostics) is None
    Path("bad.appup").write_text("{a, b}.")
    assert [d.code.code for d in composed("bad.appup", "3/shop.appup").diagnostics] == ["A001"]


def test_two_kinds_and_two_applications() -> None:
    Path("3.relup").write_text((RELUP % ("3", "2", "3")).replace("Descr", "[]"))
    with pytest.raises(relupc.ConfigError):
        relupc.compose("2/shop.appup", "3.relup")
    Path("3/store.appup").write_text(SECOND)
    with pytest.raises(relupc.CompileError, match="A801"):
        relupc.compose("2/shop.appup", "3/store.appup")


def test_mistakes_in_a_file_are_found() -> None:
    Path("3/shop.appup").write_text(SECOND.replace("add_module", "ad_module"))
    found = composed("2/shop.appup", "3/shop.appup")
    assert found.text is None
    assert [d.code.code for d in found.diagnostics] == ["A101"]


@pytest.mark.parametrize("code", ["A801", "A802", "A803", "A804"])
def test_what_is_refused(code: str) -> None:
    files = [CASES / code / "bad" / vsn / "shop.appup" for vsn in ("1.3.0", "1.4.0")]
    with pytest.raises(relupc.CompileError, match=code):
        relupc.compose(*files)


def test_nothing_to_compose() -> None:
    Path("2/shop.appup").write_text('{"2", [], []}.')
    found = composed("2/shop.appup", "3/shop.appup").diagnostics
    assert [(d.code.code, d.severity) for d in found] == [
        ("A801", "error"),
        ("A801", "warning"),
    ]


def test_no_more_than_anybody_reads() -> None:
    updates = ",".join(f"{{update, m{n}, {{advanced, []}}}}" for n in range(1100))
    Path("2/shop.appup").write_text(f'{{"2", [{{"1", [{updates}]}}], []}}.')
    Path("3/shop.appup").write_text(f'{{"3", [{{"2", [{updates}]}}], []}}.')
    found = composed("2/shop.appup", "3/shop.appup")
    assert found.text
    assert (len(found.diagnostics), found.diagnostics[-1].code.code) == (1001, "T015")


WORDS = st.sampled_from(["{", "}", "[", "]", ",", '"2"', "<<", "shop_cart", "suspend", "apply", "[]", "1", "."])
EDITS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 9), WORDS), min_size=1, max_size=4)
RELUPS = [(RELUP % ("2", "1", "2")).replace("Descr", "[]"), (RELUP % ("3", "2", "3")).replace("Descr", "[]")]


@given(st.sampled_from([(FIRST, SECOND), tuple(RELUPS)]), st.booleans(), EDITS)
def test_broken_texts(
    tmp_path_factory: pytest.TempPathFactory, pair: tuple[str, str], in_second: bool, edits: list[tuple[int, int, str]]
) -> None:
    """Whatever is in the files, there is a text or an error."""
    texts = list(pair)
    for at, length, word in edits:
        text = texts[in_second]
        start = at % len(text)
        texts[in_second] = text[:start] + word + text[start + length :]
    files = [tmp_path_factory.mktemp(name) / "shop.appup" for name in "ab"]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)
    found = composed(*map(str, files))
    assert (found.text is None) == any(d.severity == "error" for d in found.diagnostics)
