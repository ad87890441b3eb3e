"""The hooks for pre-commit: the manifest, and that their commands do in a repository what they promise.

pre-commit itself is not needed here: it runs `entry` with the files that `files` matches, and fails if the exit code is
not 0 or a file has changed.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
from pathlib import Path

import pytest

from relupc import cli

ROOT = Path(__file__).parent.parent
MANIFEST = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
GOOD = """{"1.4.0",
 [{"1.3.0", [{load_module, shop_price}, {update, shop_sup, supervisor}]}],
 [{"1.3.0", [{update, shop_sup, supervisor}, {load_module, shop_price}]}]}.
"""
BAD = GOOD.replace("supervisor}]}],", "supervisor, []}]}],")  # OTP refuses it, and there is a safe fix
BUILDS = ROOT / "fixtures" / "codes" / "A302"
SOURCE = ROOT / "fixtures" / "codes" / "C101"


def hooks() -> dict[str, dict[str, str]]:
    """The manifest: the keys of each hook, as it is written here, a line each."""
    found = {}
    for part in re.split("^- ", MANIFEST, flags=re.MULTILINE)[1:]:
        pairs = (line.strip().partition(": ") for line in part.strip().splitlines())
        keys = {key: value for key, _, value in pairs}
        found[keys["id"]] = keys
    return found


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "ERL_LIBS", "RELUPC_CONFIG", "RELUPC_FORMAT"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".git").mkdir()
    (tmp_path / "apps" / "shop" / "src").mkdir(parents=True)


def run(name: str, *files: str) -> tuple[int, str]:
    """What pre-commit does of a hook: its command with the files that it is for; the exit code, and what is said."""
    hook = hooks()[name]
    command, *arguments = shlex.split(hook["entry"])
    assert command == "relupc"
    chosen = [file for file in files if re.search(hook["files"], file)]
    assert chosen, f"{name} is not for {files}"
    passed = [] if hook.get("pass_filenames") == "false" else chosen
    said = io.StringIO()
    code = cli.main([*arguments, *passed], said, said)
    return code, said.getvalue()


def lay(text: str, name: str = "apps/shop/src/shop.appup") -> str:
    Path(name).write_text(text)
    return name


def test_the_manifest() -> None:
    assert list(hooks()) == ["relupc-lint", "relupc-fix", "relupc-lint-builds", "relupc-lint-source"]
    for hook in hooks().values():
        assert {"id", "name", "description", "entry", "language", "files"} <= set(hook)
        assert hook["language"] == "python"
        assert "--no-progress" in hook["entry"]
        assert "\t" not in MANIFEST


@pytest.mark.parametrize("name", ["relupc-lint", "relupc-fix"])
def test_which_files_the_hooks_for_texts_are_for(name: str) -> None:
    pattern = hooks()[name]["files"]
    for file in ("src/shop.appup", "shop.appup.src"):
        assert re.search(pattern, file)
    for file in ("shop.app", "shop.appup.bak", "appup", "shop.erl", "shop.appup.src.orig"):
        assert not re.search(pattern, file)


def test_a_good_appup_passes() -> None:
    assert run("relupc-lint", lay(GOOD), "README.md")[0] == 0
    assert run("relupc-lint", lay(GOOD.replace('"1.4.0"', '"%VSN%"'), "apps/shop/src/shop.appup.src"))[0] == 0


def test_a_bad_appup_fails() -> None:
    code, said = run("relupc-lint", lay(BAD), lay(GOOD, "apps/other.appup"))
    assert code == 1
    assert "error[A101]: bad instruction\n --> apps/shop/src/shop.appup:2:" in said
    assert Path("apps/shop/src/shop.appup").read_text() == BAD


def test_the_fix_changes_the_file_and_passes_the_next_time() -> None:
    file = lay(BAD)
    code, said = run("relupc-fix", file)
    assert code == 0
    assert "fixed 1 problem in 1 file" in said
    assert Path(file).read_text() == GOOD
    assert run("relupc-fix", file)[0] == 0
    assert Path(file).read_text() == GOOD


def test_what_has_no_safe_fix_fails() -> None:
    text = GOOD.replace("shop_price}, {update", "shop_price, [shop_tax]}, {update, shop_tax}, {update")
    text = text.replace("{update, shop_tax}", "{load_module, shop_tax, [shop_price]}")
    assert run("relupc-fix", lay(text))[0] == 1
    assert Path("apps/shop/src/shop.appup").read_text() == text


def test_excluded_files_pass_though_they_are_named() -> None:
    Path("relupc.toml").write_text('[lint]\nexclude = ["apps/**"]\n')
    code, said = run("relupc-lint", lay(BAD))
    assert code == 0
    assert "checked 0 files: 1 is excluded" in said


def test_erlang_source() -> None:
    text = (SOURCE / "bad" / "shop" / "src" / "shop_stock.erl").read_text()
    code, said = run("relupc-lint-source", lay(text, "apps/shop/src/shop_stock.erl"), "include/shop.hrl", "README.md")
    assert code == 1
    assert "warning[C101]" in said
    assert " --> apps/shop/src/shop_stock.erl:8:5" in said
    text = (SOURCE / "good" / "shop" / "src" / "shop_stock.erl").read_text()
    assert run("relupc-lint-source", lay(text, "apps/shop/src/shop_stock.erl"))[0] == 0


def test_elixir_source() -> None:
    text = """defmodule Shop.Stock do
  def start, do: spawn(fn -> loop(%{}) end)

  def loop(stock) do
    receive do
      {:put, item, count} -> loop(Map.put(stock, item, count))
    end
  end
end
"""
    code, said = run("relupc-lint-source", lay(text, "apps/shop/src/stock.ex"), "mix.exs")
    assert code == 1
    assert "warning[C101]" in said
    assert " --> apps/shop/src/stock.ex:5:5" in said
    good = text.replace("-> loop", "-> __MODULE__.loop").replace(
        "    end\n  end", "    after\n      1000 -> __MODULE__.loop(stock)\n    end\n  end"
    )
    assert run("relupc-lint-source", lay(good, "apps/shop/src/stock.ex"))[0] == 0
    assert run("relupc-lint-source", lay(text[:-30], "apps/shop/src/stock.ex"))[0] == 0


def test_which_files_the_hook_for_source_is_for() -> None:
    pattern = hooks()["relupc-lint-source"]["files"]
    assert re.search(pattern, "apps/shop/src/shop.erl")
    assert re.search(pattern, "lib/shop.ex")
    for file in ("shop.hrl", "shop.exs", "shop.erl.orig", "shop.appup"):
        assert not re.search(pattern, file)


def test_two_builds() -> None:
    shutil.copytree(BUILDS / "bad", ".", dirs_exist_ok=True)
    command = shlex.split((BUILDS / "command").read_text())
    assert command[::2] == ["lint", "--from"]
    new, old = command[1], command[3]
    Path("relupc.toml").write_text(f'[builds]\nnew = "{new}"\nfrom = ["{old}"]\n')
    code, said = run("relupc-lint-builds", "src/shop.erl")
    assert code == 1
    assert "error[A302]" in said
    shutil.copytree(BUILDS / "good", ".", dirs_exist_ok=True)
    assert run("relupc-lint-builds", "mix.lock")[0] == 0


def test_a_build_that_is_not_there() -> None:
    Path("relupc.toml").write_text('[builds]\nnew = "_build/prod/rel/shop"\nfrom = ["releases/old.rel"]\n')
    code, said = run("relupc-lint-builds", "rebar.config")
    assert code == 2
    assert "make it first" in said
    Path("relupc.toml").unlink()
    code, said = run("relupc-lint-builds", "rebar.config")
    assert code == 2
    assert "[builds]" in said
