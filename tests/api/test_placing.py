"""relupc.api.placing: what becomes of files; `tests/cli/test_generate.py` has the layouts."""

from __future__ import annotations

from pathlib import Path

import pytest

from relupc.api.placing import Home, Placed, Placing, in_the_way, make_folder, patch_of, placed
from relupc.model.diagnostic import Problems
from relupc.model.proposal import ProposedAppup, ProposedEntry, Suggestion
from relupc.model.term import tup

LOAD = Suggestion(tup("load_module", "shop_cart"), "")
SHOP = ProposedAppup("shop", "1.4.0", (ProposedEntry("1.3.0", (LOAD,), (LOAD,)),))
HOMES = {"shop": Home("lib/shop/ebin", None)}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def files(placing: Placing, appup: ProposedAppup = SHOP) -> tuple[list[Placed], list[str]]:
    problems = Problems()
    found = placed([appup], {}, HOMES, placing, problems)
    return list(found), [f"{d.path}: {d.label}" for d in problems.found]


def test_what_has_no_place_is_shown_beside_what_is_built() -> None:
    [one], said = files(Placing())
    assert (one.path, one.old, said) == (None, None, [])
    assert patch_of([one], HOMES).startswith(b"--- a/lib/shop/ebin/shop.appup\n")


def test_sources() -> None:
    Path("lib/shop/src").mkdir(parents=True)
    Path("lib/shop/src/shop.app.src").write_text("")
    [one], _ = files(Placing())
    assert one.path == "lib/shop/src/shop.appup.src"
    assert one.new.startswith(b"{VSN,")
    assert one.built.startswith('{"1.4.0",')


def test_code_that_nobody_can_add_to() -> None:
    Path("shop.appup").write_text('{"1.4.0", [{"1.3.0", lists:sort([])}], []}.')
    assert files(Placing(out=".", merge=True))[1]
    Path("src").mkdir()
    Path("src/shop.appup.src").write_text('Up = f(), {VSN, [{"1.3.0", Up}], []}.')
    found, said = files(Placing("src", ".", merge=True))
    assert found == []
    assert said == ["./src/shop.appup.src: this holds a part that is not known before it is run"]
    Path("shop.appup").write_text('{"1.4.0", shop, []}.')
    assert "./shop.appup: this has no list of entries to add to" in files(Placing(out=".", merge=True))[1]


def test_a_name_that_is_no_file() -> None:
    odd = SHOP._replace(vsn="../1")
    problems = Problems()
    assert placed([odd], {}, HOMES, Placing("ebin", "."), problems) == ()
    assert [d.label for d in problems.found] == ["`../1` cannot be part of a path"]


def test_what_would_be_lost() -> None:
    same = Placed("shop", "shop.appup", b"1", b"1", "1")
    assert in_the_way([same, same._replace(old=None), same._replace(path=None, new=b"2")]) == ()
    assert [d.path for d in in_the_way([same._replace(new=b"2")])] == ["shop.appup"]


def test_folders() -> None:
    assert make_folder("a/b/shop.appup") is None
    assert Path("a/b").is_dir()
    Path("file").write_text("")
    assert make_folder("file/b/shop.appup") is not None
    refused = make_folder("file/shop.appup")
    assert refused
    assert refused.label == "a file stands where its folder is to be"
