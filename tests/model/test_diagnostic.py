from __future__ import annotations

import pytest

from relupc.model.codes import A101, A104, R103, R118
from relupc.model.diagnostic import (
    CompileError,
    ConfigError,
    InputError,
    Label,
    Otp,
    Problems,
    RelupcError,
    Subject,
    ordered,
)
from relupc.model.source import Source, Span
from relupc.model.term import Str, tup

PLACE = Span(Source("a.appup", "x\ny"), 2, 3)


def test_at() -> None:
    found = A101.at(PLACE, "the fact", labels=(Label(PLACE, "here"),), help="do", notes=("n",), path="p")
    assert (found.code, found.severity, found.span, found.path) == (A101, "error", PLACE, "p")
    assert (found.help, found.notes, found.subject, found.otp) == ("do", ("n",), Subject(), None)
    assert A101.at(PLACE, "", severity="note").severity == "note"
    assert R118.at(PLACE, "").severity == "note"


def test_in_one_line() -> None:
    found = A104.at(PLACE, "no such module", path="not shown")
    assert found.one_line == "a.appup:2:1: error: no such module [A104 depmod-without-instruction]"
    assert found.message == "unknown module in a dependency list: no such module"
    assert R103.at(None, "gone", path="a.rel").one_line == "a.rel: error: gone [R103 application-not-found]"
    assert R103.at(None, "gone").place == "relupc"


def test_the_order_of_reading() -> None:
    source = PLACE.source
    first, second = A104.at(Span(source, 0, 1), "b"), A101.at(PLACE, "b")
    third, fourth = A101.at(PLACE, "c"), A104.at(PLACE, "a")
    last = R103.at(None, "a", path="b.rel", subject=Subject("x"))
    after = R103.at(None, "a", path="b.rel", subject=Subject("y"))
    found = [first, second, third, fourth, last, after]
    assert ordered(reversed(found)) == found
    assert (first.file, last.file, R103.at(None, "").file) == ("a.appup", "b.rel", None)


def test_what_otp_says_is_added() -> None:
    otp, subject = Otp("a/b", tup("why", Str("x"))), Subject("app", direction="up")
    found = A101.at(PLACE, "fact").with_otp(otp, subject)
    assert (found.otp, found.subject, found.label) == (otp, subject, "fact")
    assert otp.term == '{why,"x"}'


def test_problems() -> None:
    problems = Problems()
    assert not problems.fatal
    problems.add(R118.at(None, "note"))
    assert not problems.fatal
    problems.add(R118.at(None, "worse", severity="error"))
    assert problems.fatal
    assert [found.label for found in problems.found] == ["note", "worse"]
    assert Problems().found == [], "every stage has its own"


@pytest.mark.parametrize("error", [CompileError, InputError, ConfigError])
def test_errors(error: type[RelupcError]) -> None:
    said = [A101.at(PLACE, "one"), R103.at(None, "two", path="b")]
    with pytest.raises(RelupcError) as caught:
        raise error(said)
    assert caught.value.diagnostics == said
    assert str(caught.value).splitlines() == [said[0].one_line, said[1].one_line]
