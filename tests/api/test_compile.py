from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import relupc
from relupc.api.compile import attempt, compile  # noqa: A004 - the command's name
from relupc.model.diagnostic import CompileError, ConfigError, InputError, RelupcError
from relupc.model.layout import flat
from relupc.model.outcome import Compiled, Options, Outcome
from relupc.model.source import Source
from relupc.model.term import Atom, List, string
from relupc.read.file import MAX_DEPTH
from relupc.read.text import read_first
from relupc.write import relup_term
from tests.shop import APPUP, PATH, rel, shop

POINT = "point_of_no_return"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def made(new: Any = "new", **options: Any) -> Compiled:
    return compile(new, **{"path": [PATH], "isolated": True, **options})


def asked(
    *, up_from: Sequence[str], down_to: Sequence[str] = (), path: Sequence[str] = (PATH,), lint: bool = True
) -> Outcome:
    return attempt("new", up_from, down_to, Options(path, isolated=True, lint=lint))


def fails(error: type[RelupcError], new: Any = "new", **options: Any) -> list[str]:
    """The codes of what is said where `compile` raises."""
    with pytest.raises(error) as caught:
        made(new, **options)
    assert type(caught.value) is error
    said = caught.value.diagnostics
    assert any(d.severity == "error" for d in said)
    assert str(caught.value) == "\n".join(d.one_line for d in said)
    return [d.code.code for d in said]


def test_a_relup() -> None:
    shop(Path())
    out = made(old="old")
    assert out.text == (
        "%% coding: utf-8\n"
        '{"2.0",\n'
        ' [{"1.0",[],\n'
        '   [{load_object_code,{shop,"2",[cart]}},\n'
        "    point_of_no_return,\n"
        "    {load,{cart,brutal_purge,brutal_purge}}]}],\n"
        ' [{"1.0",[],\n'
        '   [{load_object_code,{shop,"1",[cart]}},\n'
        "    point_of_no_return,\n"
        "    {load,{cart,brutal_purge,brutal_purge}}]}]}.\n"
    )
    assert out.diagnostics == ()
    assert out.otp == 25
    assert [(plan.direction, plan.base.vsn, plan.top.vsn) for plan in out.plans] == [
        ("up", "1.0", "2.0"),
        ("down", "1.0", "2.0"),
    ]
    assert read_first(Source("relup", out.text)) == relup_term(out.relup)
    assert not os.path.exists("relup"), "compile writes no file"


def test_entries_stand_in_the_reverse_order() -> None:
    shop(Path())
    out = made(old=["old", "older"], up_from="new")
    assert [plan.base.vsn for plan in out.relup.up] == ["2.0", "0.9", "1.0"]
    assert [plan.base.vsn for plan in out.relup.down] == ["0.9", "1.0"]
    assert flat(List(tuple(step.instruction for step in out.relup.up[0].steps))) == f"[{POINT}]"


def test_without_any_base() -> None:
    shop(Path())
    assert made().text == '%% coding: utf-8\n{"2.0",[],[]}.\n'


@pytest.mark.parametrize("base", ["old", "old.rel", "./old.rel", Path("old.rel"), Path("old")])
def test_a_base_is_a_path(base: str | Path) -> None:
    shop(Path())
    for old in (base, [base], (base,), iter([base])):
        assert [plan.base.vsn for plan in made(up_from=old).plans] == ["1.0"]
    assert made(Path("new"), up_from=base).relup.vsn == "2.0"


@pytest.mark.parametrize(
    ("base", "term"),
    [
        ('old="summer, and =more"', string("summer, and =more")),
        ("old.rel={why, [1, 2]}.", None),
        ("old=why", Atom("why")),
        (("old", Atom("why")), Atom("why")),
        ([("old", Atom("why"))], Atom("why")),
        ("old=[]", List(())),
    ],
)
def test_descriptions(base: Any, term: Any) -> None:
    shop(Path())
    (plan,) = made(up_from=base).plans
    assert plan.base.vsn == "1.0"
    assert plan.description == term or (term is None and flat(plan.description) == "{why,[1,2]}")
    assert flat(plan.description) in made(up_from=base).text


def test_two_bases_are_no_pair() -> None:
    shop(Path())
    assert [plan.base.vsn for plan in made(up_from=("old", "older")).relup.up] == ["0.9", "1.0"]
    bases = (("old", Atom("a")), ("older", Atom("b")))
    assert [flat(plan.description) for plan in made(up_from=bases).relup.up] == ["b", "a"]


def test_a_file_with_an_equals_sign_in_its_name() -> None:
    shop(Path(), **{"a=b": rel("1.0", "1")})
    for base in ("a=b.rel", "a=b"):
        (plan,) = made(up_from=base).plans
        assert plan.description == List(())
    (plan,) = made(up_from=("a=b", Atom("c"))).plans
    assert plan.description == Atom("c")


def test_releases_that_are_read_already() -> None:
    shop(Path())
    one = made(old="old")
    top, base = one.plans[0].top, one.plans[0].base
    again = made(top, up_from=base, down_to=[base])
    assert again.text == one.text
    assert made(top, up_from=(base, Atom("why"))).plans[0].description == Atom("why")
    os.unlink("old.rel")
    assert made("new", old=base).text == one.text


def test_a_rel_file_in_the_search_path() -> None:
    shop(Path())
    os.mkdir("rels")
    os.rename("old.rel", "rels/old.rel")
    assert fails(InputError, old="old") == ["T003"]
    assert made(old="old", path=[PATH, "rels"]).relup.up[0].base.path == "rels/old.rel"


def test_not_isolated() -> None:
    """Without `path`, `lib` beside the .rel file is found."""
    shop(Path())
    text = compile("new", old="old", otp_root="lib").text
    assert text == made(old="old").text
    assert fails(CompileError, old="old", path=[]) == ["R103"] * 8


def test_restart() -> None:
    shop(Path())
    for plan in made(old="old", restart=True).plans:
        assert plan.steps[-1].instruction == Atom("restart_emulator")


def test_appups() -> None:
    shop(Path())
    os.makedirs("ups/deep")
    os.rename(APPUP, "ups/deep/shop-2.appup")
    assert fails(CompileError, old="old") == ["R002"]
    assert made(old="old", appups="ups").text == made(old="old", appups=Path("ups")).text


@pytest.mark.parametrize(("otp", "rules"), [(None, 25), (25, 25), ("25.3.2", 25), ("27", 27), (28, 28)])
def test_otp(otp: int | str | None, rules: int) -> None:
    shop(Path(), appup='{"2", [{"1", [{apply, {m, f, [\'maybe\']}}]}], []}.')
    out = made(up_from="old", otp=otp)
    assert out.otp == rules
    assert ("'maybe'" in out.text) == (rules >= 27)


@pytest.mark.parametrize(("erts", "rules"), [("12.0", 25), ("15.2", 27), ("99", 28)])
def test_otp_of_the_release(erts: str, rules: int) -> None:
    shop(Path(), new=rel("2.0", "2", erts))
    assert made().otp == rules


@pytest.mark.parametrize("otp", ["24", 29, "", "x", "25x", "٢٥", "9" * 5000, -25, "٢5"])
def test_an_otp_that_is_not_known(otp: int | str) -> None:
    shop(Path())
    assert fails(ConfigError, otp=otp) == ["T008"]


def test_a_level_that_is_none() -> None:
    shop(Path())
    assert fails(ConfigError, fail_on="warnings") == ["T008"]
    assert fails(ConfigError, fail_on="") == ["T008"]


def test_a_description_that_is_no_term() -> None:
    shop(Path())
    with pytest.raises(ConfigError) as caught:
        made(up_from="old={a, [b}")
    (said,) = caught.value.diagnostics
    assert said.place == "the description of old:1:7"
    assert fails(ConfigError, up_from="old=") == ["T001"]
    assert fails(ConfigError, up_from='old="a" "b"}') == ["T001"]
    assert fails(ConfigError, up_from="old=" + "[" * 300 + "]" * 300) == ["T007"]


def test_no_such_release() -> None:
    shop(Path())
    assert fails(InputError, "gone") == ["T003"]
    assert fails(InputError, "gone", old=["gone too", "old"]) == ["T003", "T003"]
    assert fails(InputError, "nul\0") == ["T003"]
    assert fails(InputError, "") == ["T003"]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    """A base that cannot be read does not hide what is wrong with the way from another one."""
    shop(Path(), old="{release, 1}.", appup='{"2", [{<<".">>, [{load_modul, cart}]}], []}.')
    assert fails(CompileError, old=["old", "older"]) == ["R101", "A101", "A004"]


def test_a_new_release_that_cannot_be_read() -> None:
    shop(Path(), new="{release, 1}.", old="nonsense.")
    assert fails(CompileError, old=["old", "older"]) == ["R101", "R101"]
    outcome = asked(up_from=["older"])
    assert outcome.releases == ()
    assert outcome.headline == "", "an old release is not the one that this is about"


def test_headline() -> None:
    shop(Path())
    outcome = asked(up_from=["old", "older"], down_to=["old"])
    assert outcome.headline == "shop 1.0, 0.9 -> 2.0   (old.rel, older.rel -> new.rel, OTP 25)"
    assert outcome.failure is None
    assert outcome.files[:3] == ("new.rel", "old.rel", "older.rel")
    assert outcome.files[-1] == APPUP
    assert len(set(outcome.files)) == len(outcome.files)


WARNS = '{"3", [{"1", [{load_module, cart}]}], [{"1", [{load_module, cart}]}]}.'


def second_place() -> None:
    """One more folder with the same application: a note that OTP does not give."""
    os.makedirs("other/shop-2/ebin")
    text = Path("lib/shop-2/ebin/shop.app").read_text()
    Path("other/shop-2/ebin/shop.app").write_text(text)


def test_warnings_are_no_errors() -> None:
    shop(Path(), appup=WARNS)
    out = made(old="old")
    assert [(d.code.code, d.severity) for d in out.diagnostics] == [("A002", "warning"), ("A002", "warning")]


def test_warnings_as_errors() -> None:
    shop(Path(), appup=WARNS)
    assert fails(CompileError, old="old", fail_on="warning") == ["A002", "A002", "R115"]
    assert fails(CompileError, old="old", fail_on="note") == ["A002", "A002", "R115"]
    assert made(old="old", fail_on="never").text == made(old="old").text
    with pytest.raises(CompileError) as caught:
        made(old="old", fail_on="warning")
    said = caught.value.diagnostics[-1].otp
    assert said
    assert said.error_class == "systools_relup/warnings_treated_as_errors"
    assert said.term == '{warnings_treated_as_errors,[{bad_vsn,{"3","2"}},{bad_vsn,{"3","2"}}]}'


def test_rules_warn_and_may_count() -> None:
    """What rules call an error is a warning here, where OTP takes it; it counts if warnings do."""
    shop(Path(), appup='{"2", [{"1", [{delete_module, cart}]}], [{"1", [{add_module, cart}]}]}.')
    out = made(old="old")
    assert [(d.code.code, d.severity) for d in out.diagnostics] == [("A304", "warning")]
    assert fails(CompileError, old="old", fail_on="warning") == ["A304", "R115"]
    plain = made(old="old", lint=False)
    assert (plain.diagnostics, plain.text) == ((), out.text)


def test_an_error_stays_an_error_whatever_counts() -> None:
    shop(Path(), appup="nonsense.")
    for level in ("error", "warning", "note", "never"):
        assert fails(CompileError, old="old", fail_on=level) == ["A001"]


def test_notes() -> None:
    shop(Path())
    second_place()
    path = [PATH, "other/*/ebin"]
    assert [d.code.code for d in made(old="old", path=path).diagnostics] == ["R118"]
    assert made(old="old", path=path, fail_on="warning").relup.vsn == "2.0"
    with pytest.raises(CompileError) as caught:
        made(old="old", path=path, fail_on="note")
    assert [d.code.code for d in caught.value.diagnostics] == ["R118", "R115"]
    assert caught.value.diagnostics[-1].otp is None, "OTP has no such note"


def test_without_lint_only_what_otp_says() -> None:
    shop(Path(), appup=WARNS)
    second_place()
    path = [PATH, "other/*/ebin"]
    assert [d.code.code for d in made(old="old", path=path, lint=False).diagnostics] == ["A002", "A002"]
    outcome = asked(up_from=["old"], path=path, lint=False)
    assert [d.code.code for d in outcome.diagnostics] == ["A002"]
    shop(Path())
    assert made(old="old", path=path, lint=False, fail_on="note").diagnostics == (), "what is not said does not count"


BAD: dict[str, bytes] = {
    "empty": b"",
    "truncated": b'{"2", [{"1", [',
    "binary": bytes(range(256)) * 10,
    "not UTF-8": b'{"2", [{"1", [{load_module, \xe4}]}], []}.',
    "UTF-16": '{"2", [], []}.'.encode("utf-16"),
    "deep": b"[" * 100_000,
    "exponential pattern": b'{"2", [{<<"(a+)+(b|a)*$">>, []}, {<<"((1*)*)*x">>, []}], []}.',
    "a list without an end": b'{"2", [{"1", []} | x], [] | y}.',
    "huge number": b'{"2", [{"1", [{apply, {m, f, [1' + b"0" * 200_000 + b"]}}]}], []}.",
    "hostile name": b'{"2", [{"1", [{load_module, \'../../etc/passwd\'}]}], []}.',
}


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("file", ["new", "old", "app", "appup"])
def test_bad_files(file: str, bad: str) -> None:
    """Whatever stands in a file: a relup, or diagnostics with a code and a place. Nothing else."""
    shop(Path(), **{file: BAD[bad]})
    try:
        made(up_from="old")
    except CompileError as error:
        for said in error.diagnostics:
            assert said.code.code[0] in "TAR"
            assert said.place
            assert said.label
    else:
        assert (file, bad) in {("appup", "huge number")}


@pytest.mark.parametrize("file", ["new.rel", "lib/shop-2/ebin/shop.app", APPUP])
@pytest.mark.parametrize("what", ["missing", "folder", "circle", "pipe", "too big"])
def test_files_that_are_none(file: str, what: str) -> None:
    shop(Path())
    os.unlink(file)
    if what == "folder":
        os.mkdir(file)
    elif what == "circle":
        os.symlink(os.path.basename(file), file)
    elif what == "pipe":
        os.mkfifo(file)
    elif what == "too big":
        with open(file, "wb") as sparse:
            sparse.truncate(1 << 30)
    with pytest.raises((CompileError, InputError)) as caught:
        made(up_from="old")
    assert all(d.place for d in caught.value.diagnostics)
    assert {d.code.code for d in caught.value.diagnostics} <= {"T003", "T007", "R104", "R002"}


def test_what_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, who may read everything: the system is made to refuse."""
    shop(Path())
    real = os.open

    def refuse(path: Any, flags: int, *rest: Any) -> int:
        if path == APPUP:
            raise PermissionError(13, "Permission denied", path)
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(CompileError) as caught:
        made(up_from="old")
    (said,) = caught.value.diagnostics
    assert said.place == APPUP
    assert said.otp
    assert flat(said.otp.reason) == f'{{file_problem,{{"{APPUP}",{{error,{{open,"{APPUP}",eacces}}}}}}}}'


def test_a_relup_that_would_not_read_back() -> None:
    """OTP prints the name of such a fun without its quotes: said, and not written."""
    shop(Path())
    assert fails(CompileError, up_from="old=fun 'end':f/1") == ["R120"]
    assert made(up_from="old=fun m:f/1").relup.vsn == "2.0"


def test_a_description_that_is_too_deep_inside_of_the_relup() -> None:
    """It may be read on its own, but not where it stands in the file."""
    shop(Path())
    deep = MAX_DEPTH * "[" + MAX_DEPTH * "]"
    assert fails(CompileError, up_from="old=" + deep) == ["R120"]
    assert made(up_from="old=" + deep[10:-10]).relup.vsn == "2.0"


def test_folders_that_are_not_there() -> None:
    """OTP passes over a path that leads nowhere; relupc says so, since it hides typing errors."""
    shop(Path())
    out = made(old="old", path=[PATH, "lib/*/ebbin", "nowhere"])
    assert [(d.code.code, d.severity, d.place) for d in out.diagnostics] == [
        ("T008", "warning", "lib/*/ebbin"),
        ("T008", "warning", "nowhere"),
    ]
    assert made(old="old", path=[PATH, "nowhere"], lint=False).diagnostics == ()
    assert fails(ConfigError, old="old", appups="nowhere", otp_root="new.rel") == ["T008", "T008"]


def test_one_path() -> None:
    shop(Path())
    assert made(old="old", path=PATH).text == made(old="old", path=Path(PATH)).text == made(old="old").text


def test_a_base_that_is_missing_is_not_the_same_as_no_base() -> None:
    shop(Path())
    assert [d.code.code for d in made().diagnostics] == ["R121"]
    assert fails(InputError, old="gone") == ["T003"]


def test_two_runs_give_the_same() -> None:
    shop(Path())
    assert made(old=["old", "older"]).text == made(old=["old", "older"]).text


def test_public_names() -> None:
    for name in relupc.__all__:
        assert getattr(relupc, name).__name__ == name
    assert relupc.compile is compile
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        relupc.nothing  # noqa: B018
