"""Why the scanner stops: the words, and that OTP stops there too."""

from __future__ import annotations

from pathlib import Path

import pytest

from relupc.model.source import Source
from relupc.read.flaws import flaw
from tests.read import dump

FLAWS = [
    ('{"a}.', 1, 1, "a string that is not closed"),
    ("{'a}.", 1, 1, "a quoted atom that is not closed"),
    ('{"a\\', 1, 1, "a string that is not closed"),
    ('{"\\^"', 1, 1, "a string that is not closed"),
    ('{"a\ufffeb"}', 1, 3, "U+FFFE, which Erlang does not allow"),
    ("{'a\uffffb'}", 1, 3, "not UTF-8"),
    ('{"a\\\uffff"}', 1, 4, "not UTF-8"),
    ("%a\uffff\n", 0, 2, "not UTF-8"),
    ("$\uffff", 0, 1, "not UTF-8"),
    ("$\\\uffff", 0, 2, "not UTF-8"),
    ("$", 0, 0, "no character after `$`"),
    ("{$\\", 1, 1, "no character after `$`"),
    ("☺", 0, 0, "no term can begin with U+263A"),
    ("\ufeffa", 0, 0, "a byte order mark, which Erlang does not skip"),
]


@pytest.mark.parametrize(("written", "start", "marked", "words"), FLAWS)
def test_words(written: str, start: int, marked: int, words: str) -> None:
    found = flaw(Source("x", written), start)
    assert (found.start, found.end, found.label) == (marked, marked + 1, words)


def test_sigil() -> None:
    assert flaw(Source("x", "{~s(a}."), 1).label == "a sigil without a string, or with one that is not closed"
    assert flaw(Source("x", '\udc80"'), 0).label == "not UTF-8"


def test_otp_stops_too(erl: str, tmp_path: Path) -> None:
    paths = []
    for number, (written, *_) in enumerate(FLAWS):
        paths.append(tmp_path / str(number))
        paths[-1].write_text(written, encoding="utf-8")
    assert dump.otp_answers(erl, [str(p) for p in paths]) == [("read", "read")] * len(FLAWS)
