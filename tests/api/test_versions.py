"""Versions of the applications of real repositories: what keeps a version, and what gives a new one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import relupc
from relupc.api.versions import versions_of, why_none
from relupc.model.checkout import Versions
from tests.repository import SHOP, commit, git, repository, write

LATER = 1526466000


def by_app(found: Versions) -> dict[str, str]:
    assert not [d for d in found.diagnostics if d.severity == "error"]
    return {app.declared.app: app.version for app in found.apps}


def codes(found: Versions) -> list[tuple[str, str]]:
    return [(d.code.code, d.label) for d in found.diagnostics]


def test_only_what_was_touched_gets_a_new_version(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a")
    first = git(folder, "rev-parse", "HEAD")
    second = commit(folder, {"apps/shop/src/shop_cart.erl": "-module(shop_cart).\n-export([]).\n"}, LATER)
    commit(folder, {"README.md": "x", "rebar.config": "[]."}, LATER + 1)
    versions = {"shop": f"{LATER}-{second[:5]}", "store": f"1523874000-{first[:5]}"}
    assert by_app(versions_of(str(folder), None, [])) == versions
    assert [app.version for app in relupc.versions(folder)] == list(versions.values())


def test_a_clone_says_the_same(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a")
    commit(folder, {"apps/store/src/x.erl": ""}, LATER)
    git(tmp_path, "clone", "-q", str(folder), "b")
    git(tmp_path, "clone", "-q", "--bare", str(folder), "c")
    git(tmp_path / "c", "gc", "-q")
    git(tmp_path, "clone", "-q", "--no-local", "c", "d")
    said = [by_app(versions_of(str(tmp_path / name), None, [])) for name in "abd"]
    assert said[0] == said[1] == said[2]


def test_the_committers_time_counts(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a")
    git(folder, "commit", "-q", "--amend", "--no-edit", "--date=2001-01-01T00:00:00Z", time=LATER)
    assert {version.partition("-")[0] for version in by_app(versions_of(str(folder), None, [])).values()} == {
        str(LATER)
    }


def test_a_renamed_folder_is_a_new_one(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a")
    git(folder, "mv", "apps/store", "apps/shelf")
    moved = commit(folder, {}, LATER)
    [_, store] = relupc.versions(folder)[::-1]
    assert (store.declared.folder, store.version) == ("apps/shelf", f"{LATER}-{moved[:5]}")


def test_a_merge_counts_only_if_it_changed_something_itself(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a")
    git(folder, "checkout", "-q", "-b", "side")
    side = commit(folder, {"apps/shop/src/a.erl": "1"}, LATER)
    git(folder, "checkout", "-q", "main")
    commit(folder, {"apps/store/src/b.erl": "1"}, LATER + 1)
    git(folder, "merge", "-q", "--no-ff", "-m", "x", "side", time=LATER + 2)
    assert by_app(versions_of(str(folder), None, []))["shop"] == f"{LATER}-{side[:5]}"
    git(folder, "checkout", "-q", "-b", "again")
    commit(folder, {"apps/shop/src/c.erl": "1"}, LATER + 3)
    git(folder, "checkout", "-q", "main")
    commit(folder, {"apps/shop/src/d.erl": "1"}, LATER + 4)
    git(folder, "merge", "-q", "--no-ff", "-m", "x", "again", time=LATER + 5)
    both = git(folder, "rev-parse", "HEAD")
    assert by_app(versions_of(str(folder), None, []))["shop"] == f"{LATER + 5}-{both[:5]}"


def test_what_lies_outside_counts_if_told(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a", SHOP | {"include/shop.hrl": "1"})
    header = commit(folder, {"include/shop.hrl": "2"}, LATER)
    assert all("1523874000-" in version for version in by_app(versions_of(str(folder), None, [])).values())
    found = by_app(versions_of(str(folder), None, [str(folder / "include")]))
    assert found == dict.fromkeys(("shop", "store"), f"{LATER}-{header[:5]}")


def test_changes_that_are_not_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = repository(tmp_path / "a", SHOP | {".gitignore": "_build/\n"})
    write(folder, {"_build/x": "", "apps/shop/src/new.erl": "", "apps/store/src/store.app.src": ""})
    monkeypatch.chdir(folder)
    refused = versions_of(".", None, [])
    assert codes(refused) == [("R202", "apps/shop/src/new.erl, apps/store/src/store.app.src")]
    assert not refused.apps
    assert why_none(refused.diagnostics) is None
    with pytest.raises(relupc.InputError):
        relupc.versions()
    (folder / "apps/store/src/store.app.src").write_text(SHOP["apps/store/src/store.app.src"])
    allowed = versions_of(".", None, [], allow_dirty=True)
    assert [(d.code.code, d.severity) for d in allowed.diagnostics] == [("R202", "note")]
    assert [app.dirty for app in allowed.apps] == [("apps/shop/src/new.erl",), ()]


def test_what_is_staged_is_not_committed(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a")
    write(folder, {"apps/shop/src/new.erl": ""})
    git(folder, "add", "--all")
    assert [code for code, _ in codes(versions_of(str(folder), None, []))] == ["R202"]


def test_an_application_that_no_commit_has(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a")
    write(folder, {"apps/new/src/new.app.src": ""})
    git(folder, "add", "--all")
    assert codes(versions_of(str(folder), None, [], allow_dirty=True)) == [
        ("R201", "no commit has touched the folder of `new`")
    ]


def test_a_submodule_has_the_version_of_where_it_is_put(tmp_path: Path) -> None:
    inner = repository(tmp_path / "inner", {"src/cart.app.src": '{application, cart, [{vsn, "1"}]}.'}, LATER + 7)
    folder = repository(tmp_path / "a")
    git(folder, "submodule", "add", "-q", str(inner), "apps/cart")
    outer = commit(folder, {}, LATER)
    assert by_app(versions_of(str(folder), None, []))["cart"] == f"{LATER}-{outer[:5]}"
    write(folder, {"apps/cart/src/x.erl": ""})
    assert codes(versions_of(str(folder), None, [])) == [("R202", str(folder / "apps/cart"))]


def test_beside_a_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = repository(tmp_path / "a", SHOP | {"apps/tax/src/tax.app.src": '{application, tax, [{vsn, "1"}]}.'})
    git(folder, "tag", "v1")
    more = {
        "apps/shop/src/shop_cart.erl": "x",
        "apps/store/src/store.erl": "x",
        "apps/tax/README.md": "x",
        "apps/log/src/log.app.src": '{application, log, [{vsn, "1"}]}.',
    }
    commit(folder, more, LATER)
    monkeypatch.chdir(folder)
    found = versions_of(".", "v1", [])
    since = {app.declared.app: (app.since, app.changed) for app in found.apps}
    assert since == {
        "log": ("new", ()),
        "shop": ("not raised", ("apps/shop/src/shop_cart.erl",)),
        "store": ("changed", ("apps/store/src/store.erl",)),
        "tax": ("changed", ()),
    }
    [said] = found.diagnostics
    assert (said.code.code, said.place) == ("R203", "apps/shop/src/shop.app.src:1:28")
    commit(folder, {"apps/shop/src/shop.app.src": '{application, shop, [{vsn, "1.4.0"}]}.'}, LATER + 1)
    assert not versions_of(".", "v1", []).diagnostics
    assert {app.since for app in versions_of(".", "HEAD", []).apps} == {"same"}


def test_a_folder_below_the_root_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = repository(tmp_path / "a", {f"project/{name}": text for name, text in SHOP.items()})
    git(folder, "tag", "v1")
    commit(folder, {"project/apps/shop/src/shop_cart.erl": "x"}, LATER)
    found = versions_of(str(folder / "project"), "v1", [])
    assert [(app.declared.folder, app.since) for app in found.apps] == [
        ("apps/shop", "not raised"),
        ("apps/store", "same"),
    ]
    assert found.apps[0].changed == ("apps/shop/src/shop_cart.erl",)
    monkeypatch.chdir(folder)
    said = versions_of("project", "v1", []).diagnostics[0]
    assert said.place.startswith("project/apps/shop/src/shop.app.src:"), "as its note has it"
    assert said.notes[0] == "changed: project/apps/shop/src/shop_cart.erl"


def test_beside_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build with versions from git names the commit that each application was built of."""
    folder = repository(tmp_path / "a", SHOP)
    first, second = (f"{1523874000}-{git(folder, 'rev-parse', 'HEAD')[:5]}", "1.2.0")
    commit(folder, {"apps/shop/src/shop_cart.erl": "x"}, LATER)
    for name, vsn in (("shop", first), ("store", second)):
        keys = f'{{description, ""}}, {{vsn, "{vsn}"}}, {{modules, []}}, {{registered, []}}, {{applications, []}}'
        write(tmp_path, {f"lib/{name}-{vsn}/ebin/{name}.app": f"{{application, {name}, [{keys}]}}."})
    core = "".join(f'{{{app}, "1"}}, ' for app in ("kernel", "stdlib", "sasl"))
    for app in ("kernel", "stdlib", "sasl"):
        keys = '{description, ""}, {vsn, "1"}, {modules, []}, {registered, []}, {applications, []}'
        write(tmp_path, {f"lib/{app}-1/ebin/{app}.app": f"{{application, {app}, [{keys}]}}."})
    rel = f'{{release, {{"shop", "1"}}, {{erts, "13.1.5"}}, [{core}{{shop, "{first}"}}, {{store, "{second}"}}]}}.'
    write(tmp_path, {"releases/1/shop.rel": rel, "releases/start_erl.data": "13.1.5 1\n"})
    monkeypatch.chdir(tmp_path)
    found = versions_of("a", "releases/1/shop.rel", [])
    assert {app.declared.app: (app.since, app.old) for app in found.apps} == {
        "shop": ("changed", first),
        "store": ("unknown", second),
    }
    assert (found.apps[0].declared.vsn, found.apps[0].changed) == ("1.3.0", ("apps/shop/src/shop_cart.erl",))
    assert not found.diagnostics, "a version from git has risen, whatever the sources say"


def test_bad_arguments(tmp_path: Path) -> None:
    folder = repository(tmp_path / "a", {"x": ""})
    assert why_none(versions_of(str(folder), None, []).diagnostics) == "arguments"
    shop = repository(tmp_path / "b")
    assert [code for code, _ in codes(versions_of(str(shop), "v9", []))] == ["T008"]
    assert [code for code, _ in codes(versions_of(str(shop), "--output=x", []))] == ["T008"]
    assert [code for code, _ in codes(versions_of(str(shop), None, ["nothing"]))] == ["T008"]
    outside = versions_of(str(shop), None, [str(folder)])
    assert codes(outside) == [("T008", "this is outside of the repository")]
    assert why_none(outside.diagnostics) == "arguments"
    with pytest.raises(relupc.ConfigError):
        relupc.versions(shop, old="v9")
    assert not os.path.exists(shop / "x")


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    shutil.copytree(repository(tmp_path / "a"), tmp_path / "b", ignore=shutil.ignore_patterns(".git"))
    found = versions_of(str(tmp_path / "b"), None, [])
    assert codes(found) == [("R201", "this is in no git repository")]
    assert why_none(found.diagnostics) == "files"
