"""What people ask for is found: codes, names, and all that a real OTP says."""

from __future__ import annotations

import base64
import re
import subprocess
from pathlib import Path

import pytest

from relupc.look_up import MAX_ASKED, OtpError, codes_of, codes_titled, documents, otp_errors, page, rows, suggestions
from relupc.model.codes import A103, A104, R105, R106, TABLE
from tests.otp.refusals import refusals

SCRIPT = Path(__file__).parent / "otp" / "release_handler.escript"
#: Rows by what they begin with, and why no run of OTP 25 on a fixture is needed, or possible, for them.
NOT_RUN = {
    "...: Key parameter contains duplicates of": "only from OTP 26 on",
    "bad argument in function re:run/3": "how the shell prints a crash, see test_what_a_shell_prints",
}


def codes(errors: tuple[OtpError, ...]) -> set[str]:
    return {code.code for error in errors for code in error.codes}


def test_codes() -> None:
    for code in TABLE.values():
        for word in (code.code, code.code.lower(), code.name, code.name.upper()):
            assert codes_of(word) == (code,)
    assert A104 in codes_of("A1")
    assert all(code.code.startswith("A1") for code in codes_of("A1"))
    assert codes_of("all") == tuple(TABLE.values())
    assert codes_of("shop.appup:3:4: error: a fact [A104 depmod-without-instruction]") == (A104,)
    assert codes_of("error[A104]: unknown module\n\nerror[A103]: two instructions") == (A104, A103)
    for word in ("", "A999", "[A999]", "undef_module", "shop"):
        assert codes_of(word) == ()


def test_titles() -> None:
    assert codes_titled("Unknown module in a dependency\n list") == (A104,)
    assert codes_titled("unknown") == (), "one word stands in many titles"
    assert codes_titled("no title of any code") == ()


def test_suggestions() -> None:
    assert "A104" in suggestions("A1044")
    assert suggestions("depmod-without-instructions")[0] == "depmod-without-instruction"
    assert "undef_module" in suggestions("undef_modul")
    assert suggestions("nothing like it") == []
    assert suggestions("x" * 10**6) == []


def test_pages() -> None:
    assert (page(A104) or "").startswith("# A104 depmod-without-instruction\n")
    assert (documents() / "otp-errors.md").is_file()


ASKED = (
    ("Undefined module: shop_vat", {"A104"}),
    ("undefined   module:\n   shop_vat", {"A104"}),
    ("Undefined module", {"A104"}),
    ("undef_module", {"A104"}),
    ("{undef_module,shop_vat}", {"A104"}),
    ("{error,systools_rc,{undef_module,shop_vat}}", {"A104"}),
    ("systools_rc/undef_module", {"A104"}),
    ("Bad instruction {load,{a,b}}\nbefore point_of_no_return", {"A107"}),
    ("Bad instruction: {load_modul,a}", {"A101"}),
    ("Bad instruction", {"A101", "A107"}),
    ("No release upgrade script entry for shop-1.4.0", {"A003", "A004"}),
    ("Duplicated modules: \n\tcart specified in shop and store\n", {"R018"}),
    ("{error,{old_processes,shop_cart}}", {"A502"}),
    ("{:error, {:old_processes, Shop.Cart}}", {"A502"}),
    ("{error,{enoent,\"/srv/shop/releases/1.4.0/relup\"}}", {"R010"}),
    ("it says no_matching_relup, what now", {"R010"}),
    ("{error,{file_problem,{\"shop.appup\",{error,{open,\"shop.appup\",enoent}}}}}", {"R002", "T003"}),
)  # fmt: skip


@pytest.mark.parametrize(("asked", "expected"), ASKED)
def test_what_otp_says(asked: str, expected: set[str]) -> None:
    assert codes(otp_errors(asked)) == expected


@pytest.mark.parametrize(
    "asked", ["", " ", "shop", "please open it", "a module", "no such function foo", "{", "...", "`"]
)
def test_what_otp_does_not_say(asked: str) -> None:
    assert otp_errors(asked) == ()


def test_several_errors_in_their_order() -> None:
    text = 'shop: Missing parameter in .app file: vsn\n\nstore: Mismatched application id: {bar,"1"}\n'
    assert [error.codes for error in otp_errors(text)] == [(R105,), (R106,)]
    lines = text.splitlines(keepends=True)
    assert [error.codes for error in otp_errors("".join(reversed(lines)))] == [(R106,), (R105,)]


def test_long_texts() -> None:
    assert codes(otp_errors("Undefined module: " + "x" * 10**6)) == {"A104"}
    assert otp_errors("x" * MAX_ASKED + " Undefined module: a") == ()
    assert codes(otp_errors("Undefined module: a " * 10**5)) == {"A104"}


SHELL = (
    (
        """** exception error: bad argument
     in function  re:run/3
        called as re:run("1",<<"(">>,[unicode,{capture,first,list}])
     in call from systools_relup:appup_search_for_version/2 (systools_relup.erl, line 505)""",
        {"A008"},
    ),
    (
        """** exception error: no function clause matching
                    systools_rc:expand_script({load_module,till}) (systools_rc.erl, line 87)
     in function  systools_rc:expand_scripts/1 (systools_rc.erl, line 83)""",
        {"A001", "A101"},
    ),
    (
        """** exception error: no function clause matching
                    systools_relup:get_reason({ok,{"2",[{"1",[]}]}}) (systools_relup.erl, line 632)
     in function  systools_relup:format_error/1 (systools_relup.erl, line 595)""",
        {"A001"},
    ),
)


@pytest.mark.parametrize(("text", "expected"), SHELL)
def test_what_a_shell_prints(text: str, expected: set[str]) -> None:
    """The Erlang shell of OTP 25, where systools crashes."""
    assert codes(otp_errors(text)) == expected


def test_rows_are_whole() -> None:
    for row in rows():
        assert row.texts
        assert row.meaning.endswith(".")
    for row in rows():
        said = row.texts[0].replace("...", "/srv/")
        assert row in otp_errors(said), said


def test_all_that_systools_says_is_found(erl: str, tmp_path: Path) -> None:
    """From real runs on fixtures; the code is the one that relupc itself reports for the same fault."""
    found: set[OtpError] = set()
    count = 0
    for refusal in refusals(erl, tmp_path):
        count += 1
        for form in refusal.forms:
            errors = otp_errors(form)
            assert refusal.codes <= codes(errors), f"{refusal.title}: {form}"
            found.update(errors)
        if refusal.codes != {"R116"}:  # its class is that of an appup which is not there
            assert refusal.codes & codes(otp_errors(refusal.error_class)), refusal.error_class
    assert count > 300
    assert not [row.texts[0] for row in rows_of("systools_") if row not in found and not_run(row)]


def rows_of(*headings: str) -> list[OtpError]:
    """The rows below the headings that begin so."""
    sections = re.split("^## ", (documents() / "otp-errors.md").read_text("utf-8"), flags=re.MULTILINE)
    lines = "".join(section for section in sections if section.startswith(headings)).replace("\\|", "|")
    return [row for row in rows() if f"| {row.meaning} |" in lines]


def not_run(row: OtpError) -> bool:
    return not any(row.texts[0].startswith(text) for text in NOT_RUN)


def test_all_that_release_handler_says_is_found(erl: str) -> None:
    found: set[OtpError] = set()
    for name, text in [*says(erl), *says(erl, "heart")]:
        errors = otp_errors(text)
        assert errors, text
        assert any(name in keys_of(error) for error in errors), f"{name}: {text}"
        found.update(errors)
    missing = [row.texts[0] for row in rows_of("release_handler", "upgrade_app", "make_script") if row not in found]
    assert not missing


def keys_of(error: OtpError) -> set[str]:
    """The names that release_handler.escript may have for it."""
    sentences = {
        "{error,{permanent,...": "permanent",
        "cannot find top supervisor": "top_supervisor",
        "Cannot add file relup": "tar_relup",
        "Cannot add file sys.config": "tar_config",
        "{error,{enoent,...relup}}": "relup_enoent",
    }
    known = {key for start, key in sentences.items() if error.texts[0].startswith(start)}
    return known | {name for names in error.reasons for name in names}


def says(erl: str, *arguments: str) -> list[tuple[str, str]]:
    done = subprocess.run([erl, str(SCRIPT), *arguments], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    lines = [line.split(" ") for line in done.stdout.splitlines() if line.startswith("said ")]
    assert len(lines) > 10
    return [(name, base64.b64decode(text).decode()) for _, name, text in lines]
