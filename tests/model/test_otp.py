from __future__ import annotations

import pytest

from relupc.model.otp import fault_tags, otp_note, otp_says
from relupc.model.source import Source
from relupc.model.term import Atom, Term
from relupc.read.file import Unreadable
from relupc.read.text import read_first

# That these classes and notes are OTP's own is checked where they are used, in tests/*/test_otp.py.


def term(text: str) -> Term:
    found = read_first(Source("t", text + "."))
    assert not isinstance(found, Unreadable)
    return found


@pytest.mark.parametrize(
    ("reason", "tags"),
    [
        ("badly_formatted_release", "badly_formatted_release"),
        ("{undef_module, a}", "undef_module"),
        ('{file_problem, {"a.appup", {error, {open, "a.appup", enoent}}}}', "file_problem/open"),
        ('{file_problem, {"a.appup", {error, {read, "a.appup"}}}}', "file_problem/read"),
        ('{file_problem, {"a.appup", {error, {parse, "a.appup", {1, erl_parse, "x"}}}}}', "file_problem/parse"),
        ('{file_problem, {"a.appup", {ok, x}}}', "file_problem/bad_shape"),
        ('{file_problem, {"relup", {open, eacces}}}', "file_problem/open"),
        ('[{error_reading, {a, {not_found, "a.app"}}}, {error_reading, {b, x}}]', "error_reading/not_found"),
        ("[{error_reading, {a, {{bad_param, vsn}, {application, a, []}}}}]", "error_reading/bad_param"),
        ('[{bad_application_name, {a, {b, "1"}}}]', "bad_application_name"),
        ("{apps, [{circular_dependencies, []}, {undefined_applications, []}]}", "apps/circular_dependencies"),
        ("{'EXIT', {badarg, []}}", "EXIT"),
        ("1", "other"),
        ("[]", "other"),
        ("{}", "other"),
    ],
)
def test_tags(reason: str, tags: str) -> None:
    assert "/".join(fault_tags(term(reason))) == tags
    assert otp_says("systools_x", term(reason)).error_class == f"systools_x/{tags}"


def test_exceptions() -> None:
    assert otp_says("crash", Atom("badarg")).error_class == "crash/badarg"
    assert otp_says("crash", Atom("badarg")).term == "{error,badarg}"
    assert otp_says("crash", Atom("timeout")).term == "{exit,timeout}"


def test_notes() -> None:
    assert otp_note(term("{undef_module, 'A b'}")) == ("OTP says `Undefined module: 'A b'`",)
    assert otp_note(term("{bad_code_change, {a}}")) == ("OTP says `Bad code_change: {a}(should be {Mod, Extra})`",)
    assert otp_note(term('{conflicting_versions, a, "1", [x]}')) == (
        "OTP says `Conflicting versions for a, 1 and [x]`",
    )
    assert otp_note(term("{bad_mode, x}")) == (), "OTP prints the term"
    assert otp_note(term("too_many_point_of_no_return")) == ("OTP says `Too many point_of_no_return`",)
