"""Rules that look at the files and the code of builds, where a fixture of fixtures/codes shows too little."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from relupc import rules
from relupc.api.lint import examine
from relupc.model.code import Module
from relupc.model.codes import TABLE
from relupc.model.config import Config
from relupc.model.diagnostic import Diagnostic, Problems
from relupc.model.lint import ReleaseFolder, Upgrade
from relupc.model.outcome import Options
from relupc.model.plan import Draft, named_in
from relupc.model.product import Products
from relupc.model.program import EntryCode, ModuleCode, Program, UpgradeCode
from relupc.model.term import List, Term, string, tup
from relupc.plan import scripts
from relupc.read.appup import appup_from
from tests.builds import app, release
from tests.modules import module

CODES = Path(__file__).parent.parent.parent / "fixtures" / "codes"
BOTH = ("rel/shop-1.4.0.rel", "rel/shop-1.3.0.rel")
FOLDERS = ("releases/1.4.0/shop.rel", "releases/1.3.0/shop.rel")
APPS = ("new/shop", "old/shop")
APPUP = "lib/shop-1.4.0/ebin/shop.appup"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def copied(code: str, which: str = "bad") -> None:
    shutil.copytree(CODES / code / which, ".", dirs_exist_ok=True)


def edit(path: str, old: str, new: str) -> None:
    text = Path(path).read_text()
    assert old in text
    Path(path).write_text(text.replace(old, new))


def said(code: str, new: str, *old: str) -> list[str]:
    """What is said under a code of what lies here."""
    path = ["lib/*/ebin"] if Path("lib").is_dir() else []
    linted = examine([new], old, Options(path, isolated=True), Config(exclude=()))
    found = [d for d in linted.diagnostics if d.code.code == code]
    return [f"{d.severity} {d.subject.direction}: {d.label}" for d in found]


def test_a_restart_consolidates_anew() -> None:
    copied("D501")
    edit(APPUP, "{add_module, 'Elixir.Shop.Gift'}", "restart_emulator, {add_module, 'Elixir.Shop.Gift'}")
    assert said("D501", *FOLDERS) == []


@pytest.mark.parametrize(("call", "count"), [("{shop_release, protocols, []}", 0), ("{logger, set_level, [info]}", 1)])
def test_a_call_that_may_load_protocols(call: str, count: int) -> None:
    copied("D501")
    edit(APPUP, "{add_module, 'Elixir.Shop.Gift'}", f"{{apply, {call}}}, {{add_module, 'Elixir.Shop.Gift'}}")
    assert len(said("D501", *FOLDERS)) == count


def test_a_build_without_consolidated_protocols() -> None:
    copied("D501")
    shutil.rmtree("releases/1.3.0/consolidated")
    assert said("D501", *FOLDERS) == []


def test_modules_for_another_otp() -> None:
    copied("D601")
    text = "error None: `shop_label` needs an OTP up to 27, but the release runs OTP 28: "
    assert said("D601", "rel/shop-1.4.0.rel") == [text + "it has the instruction bs_add, which OTP 28 dropped"]
    shutil.copy("lib/shop-1.4.0/ebin/shop_label.beam", "lib/stdlib-4.2/ebin/lists.beam")
    assert len(said("D601", "rel/shop-1.4.0.rel")) == 2
    edit("rel/shop-1.4.0.rel", '"16.1"', '"15.2"')
    assert said("D601", "rel/shop-1.4.0.rel") == []
    assert said("D601", "lib/shop-1.4.0") == []


def test_a_library_that_nothing_loads_again() -> None:
    copied("D602")
    label = "priv/shop_tax.so of shop differs, but nothing here loads `shop_tax`"
    assert said("D602", *BOTH) == [f"warning up: {label}", f"warning down: {label}"]
    edit(APPUP, "{load_module, shop_cart}", "{restart_application, shop}")
    assert said("D602", *BOTH) == []


def test_the_same_library() -> None:
    copied("D602")
    shutil.copy("lib/shop-1.3.0/priv/shop_tax.so", "lib/shop-1.4.0/priv/shop_tax.so")
    assert said("D602", *BOTH) == []


def test_attributes_of_the_old_build() -> None:
    copied("D604", "good")
    assert said("D604", *APPS) == []
    shutil.copy(CODES / "D604/bad/new/shop/ebin/shop_cart.beam", "old/shop/ebin")
    assert said("D604", *APPS) == ["error None: `shop_cart` has no chunk Attr, and the upgrade loads it"]
    edit("new/shop/ebin/shop.appup", "{load_module, shop_cart}", "")
    assert said("D604", *APPS) == []
    edit("new/shop/ebin/shop.appup", "[]}]", "[{restart_application, shop}]}]")
    assert len(said("D604", *APPS)) == 1


def test_modules_without_a_file_beside_another_build() -> None:
    copied("D604", "good")
    edit("new/shop/ebin/shop.app", "[shop_cart]", "[shop_cart, shop_price]")
    label = "`shop_price` is listed here, but has no file shop_price.beam"
    assert said("D605", *APPS) == said("D605", "new/shop") == [f"error None: {label}"]
    Path("new/shop/ebin/shop_cart.beam").unlink()
    assert said("D605", "new/shop") == []  # nothing was built at all


def test_native_code_without_its_source() -> None:
    copied("C501")
    shutil.rmtree("new/shop/c_src")
    shutil.rmtree("old/shop/c_src")
    label = "`shop_tax` is loaded again, and it loads a native library"
    assert said("C501", *APPS) == [f"warning up: {label}", f"warning down: {label}"]
    edit("new/shop/ebin/shop.appup", "{load_module, shop_tax}", "{restart_application, shop}")
    assert said("C501", *APPS) == []


def test_native_code_in_one_build() -> None:
    copied("C501")
    assert [text.split(":")[0] for text in said("C501", "new/shop")] == ["error up", "error down"]


def test_configuration_that_is_read_again() -> None:
    copied("R013")
    label = "`port` of shop differs, but it is read here only, when this starts"
    assert said("R013", *BOTH) == [f"warning up: {label}"]
    edit("lib/shop-1.4.0/ebin/shop.app", "{port, 9090}", "{port, 8080}")
    assert said("R013", *BOTH) == []
    edit("lib/shop-1.4.0/ebin/shop.app", "{port, 8080}", "{port, 8080}, {rate, 1}")  # nobody reads that
    assert said("R013", *BOTH) == []


def test_configuration_by_sys_config() -> None:
    copied("R013")
    edit("lib/shop-1.4.0/ebin/shop.app", "{port, 9090}", "{port, 8080}")
    for vsn, port in (("1.3.0", 1), ("1.4.0", 2)):
        Path(f"releases/{vsn}").mkdir(parents=True)
        shutil.move(f"rel/shop-{vsn}.rel", f"releases/{vsn}/shop.rel")
        Path(f"releases/{vsn}/sys.config").write_text(f"[{{shop, [{{port, {port}}}]}}].\n")
    assert len(said("R013", *FOLDERS)) == 1
    edit(APPUP, "{update, shop_server, {advanced, []}}", "{restart_application, shop}")
    assert said("R013", *FOLDERS) == []


@pytest.mark.parametrize("code", ["R024", "R025"])
def test_a_restart_reads_all(code: str) -> None:
    copied(code)
    assert len(said(code, *FOLDERS)) == 1
    edit(APPUP, "[{load_module, shop_cart}]}]}", "[restart_emulator]}]}")
    edit(APPUP, "[{load_module, shop_cart}]", "[restart_new_emulator, {load_module, shop_cart}]")
    assert len(said(code, *FOLDERS)) == 0


def test_parameters_that_are_gone() -> None:
    copied("R025")
    edit("releases/1.4.0/sys.config", "{logger_level, warning},", "")
    edit("releases/1.4.0/sys.config", '"EUR"', '"USD"')
    label = "`logger_level` of kernel is gone, but kernel reads it at the start only"
    assert said("R025", *FOLDERS) == [f"note None: {label}"]
    Path("releases/1.3.0/sys.config").unlink()
    assert said("R025", *FOLDERS) == [
        "note None: `net_ticktime` of kernel differs, but kernel reads it at the start only"
    ]


# Rules about code alone: modules are made of their text.

START = "start(_, _) -> {}shop_sup:start_link().\n"
CALL = tup("apply", tup("shop", "setup", List(())))


def upgrade_code(old: Module, new: Module, *instructions: Term) -> UpgradeCode:
    """An upgrade of shop from 1 to 2, whose entry has these instructions."""
    apps = [replace(app("shop", vsn), mod=tup("shop", List(()))) for vsn in "12"]
    releases = [replace(release(each.vsn, "13.1", List(())), apps=(each,), sorted=(each,)) for each in apps]
    entries = List((tup(string("1"), List(instructions)),))
    appup = appup_from(tup(string("2"), entries, entries), "shop", "shop.appup", Problems())
    assert appup
    draft = Draft("up", releases[1], releases[0], {("shop", "2"): appup})
    made = scripts(draft, Problems())
    upgrade = Upgrade(
        "up", releases[1], releases[0], draft.appups, made, named_in(made), None, ReleaseFolder(releases[1])
    )
    programs = [Program({each.name: each}, {"shop": vsn}, 25) for each, vsn in ((old, "1"), (new, "2"))]
    return UpgradeCode(upgrade, programs[0], programs[1], {}, dict[str, EntryCode]())


def of_rules(code: str, value: object) -> list[Diagnostic]:
    assert code in TABLE
    return list(rules.run([value], {code}, {}))


def test_a_start_that_does_more() -> None:
    old, new = (module(START.format(more)) for more in ("", "ets:new(shop_prices, [named_table]), "))
    [found] = of_rules("R008", upgrade_code(old, new))
    assert found.label == "`start/2` of shop calls ets:new/2 now, but nothing here does"
    assert found.place == "src/shop.erl:2:1"
    assert of_rules("R008", upgrade_code(new, old)) == []
    assert of_rules("R008", upgrade_code(old, new, CALL)) == []
    assert of_rules("R008", upgrade_code(old, new, tup("restart_application", "shop"))) == []


def test_configuration_that_code_sets() -> None:
    text = "start(_, _) -> application:set_env({}, port, 1), shop_sup:start_link().\n"
    for named, count in (("shop", 1), ("till", 0)):
        made = module(text.format(named))
        found = of_rules("R012", ModuleCode(made, Program({"shop": made}, {"shop": "1"}, 25)))
        assert [(d.severity, d.subject.function) for d in found] == [("note", "start/2")] * count


def test_configuration_that_is_set_when_asked_for() -> None:
    made = module("handle_call(P, _, S) -> application:set_env(shop, port, P), {reply, ok, S}.\n")
    assert of_rules("R012", ModuleCode(made, Program({"shop": made}, {"shop": "1"}, 25))) == []


def test_calls_of_what_the_release_does_not_have() -> None:
    made = module("trace() -> dbg:tracer().\nsum(X) -> crypto:hash(md5, X).\n")
    whole = release("1", "13.1", List(()))
    products = Products(whole, {}, elsewhere={"dbg": "runtime_tools", "crypto": "crypto"})
    program = Program({"shop": made}, {"shop": "1"}, 25, products=products)
    found = of_rules("R023", ModuleCode(made, program))
    assert [(d.severity, d.subject.function) for d in found] == [("warning", "sum/1"), ("note", "trace/0")]
    assert of_rules("R023", ModuleCode(made, replace(program, products=None))) == []
