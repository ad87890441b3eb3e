from __future__ import annotations

from pathlib import Path

import pytest

from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.outcome import Options

RELUP = """\
{"1.4.0",
 [{"1.3.0", [],
   [{load_object_code, {shop, "1.4.0", [shop_cart]}},
    point_of_no_return,
    {load, {shop_cart, brutal_purge, brutal_purge}}]}],
 [{"1.3.0", [], [point_of_no_return]}]}.
"""
EMQX = """\
#{from_version => "1.3.0", target_version => "1.4.0", post_upgrade_callbacks => [],
  code_changes => [{load_module, shop_cart}, {load_module, shop_prize}, {load_module, 'Shop.Tax'}, {load_module, x}]}.
"""
APP = """\
{application, shop, [{description, ""}, {vsn, "1.4.0"}, {registered, []}, {applications, []},
  {modules, [shop_cart, shop_price, 'Elixir.Shop.Tax']}]}.
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def linted(text: str, *path: str, name: str = "relup") -> list[str]:
    Path(name).write_text(text)
    found = examine([name], [], Options(path), Config())
    assert found.files == (name,)
    return [f"{d.code.code}: {d.label}; {d.help}" for d in found.diagnostics if d.severity != "note"]


def test_a_relup_that_a_node_can_run() -> None:
    assert linted(RELUP) == []
    assert linted(RELUP, name="old.relup") == []


def test_rules_and_passes_see_its_entries() -> None:
    text = RELUP.replace("brutal_purge}}]", "brutal_purge}}, restart, {load, {shop_till, soft_purge, soft_purge}}]")
    assert [line[:4] for line in linted(text)] == ["A117", "A107"]


def test_what_is_no_relup() -> None:
    assert [line[:4] for line in linted("")] == ["R122"]
    assert [line[:4] for line in linted("{")] == ["T001"]


def test_a_folder_of_that_name_is_a_folder() -> None:
    Path("relup").mkdir()
    Path("relup/shop.appup").write_text("[].")
    assert [d.code.code for d in examine(["relup"], [], Options(), Config()).diagnostics] == ["A001"]


def test_modules_of_another_upgrader() -> None:
    assert linted(EMQX, name="hop.relup") == []
    Path("lib/shop/ebin").mkdir(parents=True)
    assert linted(EMQX, "lib/*/ebin", name="hop.relup") == []
    Path("lib/shop/ebin/shop.app").write_text(APP)
    nowhere = "A102: no application in the folders of --path lists"
    assert linted(EMQX, "lib/*/ebin", name="hop.relup") == [
        f"{nowhere} `shop_prize`; did you mean `shop_price`?",
        f"{nowhere} `'Shop.Tax'`; did you mean `'Elixir.Shop.Tax'`?",
        f"{nowhere} `x`; correct its name, or delete the instruction",
    ]
