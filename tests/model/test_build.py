from __future__ import annotations

from dataclasses import replace

from relupc.model.layout import flat
from relupc.model.source import Source, Span
from relupc.model.term import List
from tests.builds import app, release


def test_an_application_as_otp_shows_it() -> None:
    """The whole term is compared with OTP's in tests/plan/test_otp.py, where a way is missing."""
    found = flat(replace(app("foo", "1"), description="d", id="i").term())
    assert found == (
        '{application,foo,permanent,"1","i","d",[],[],[],[],[],[],infinity,infinity,[],undefined,"lib/foo-1/ebin"}'
    )


def test_the_first_application_of_a_name() -> None:
    built = replace(release("1", "13", List(())), apps=(app("a", "1"), app("b", "1"), app("a", "2")))
    found = built.app("a")
    assert found
    assert found.vsn == "1"
    assert built.app("c") is None


def test_where_it_was_written_takes_no_part() -> None:
    span = Span(Source("a", "b"), 0, 1)
    assert replace(app("a", "1"), span=span) == app("a", "1")
    assert replace(release("1", "13", List(())), span=span, erts_span=span) == release("1", "13", List(()))
