"""Segments of binaries, against a real OTP."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from relupc.model.source import Source
from relupc.model.term import Bin
from relupc.read.bits import MAX_BITS
from relupc.read.file import Unreadable
from relupc.read.text import read_first
from tests.read import dump

_VALUES = "0 1 -1 300 70000 1114112 55296 1.5 -1.0e300 65504.0 'ab' '' '\\x{263a}' a [] <<>> <<1,2,3>> <<1:4>>"
_IN_BRACKETS = "(1) ($a) ('a') -1.5 {} #{} -$a +1"
VALUE = st.sampled_from([*f"{_VALUES} {_IN_BRACKETS}".replace("'", '"').split(), "1" + "0" * 320, "- -1"])
_SIZES = ":0 :1 :4 :8 :12 :16 :32 :64 :(3) :(-1) :a :$\\b :1.0"
SIZE = st.sampled_from(["", "", *_SIZES.split()])
_TYPES = "integer float binary bytes bitstring bits utf8 utf16 utf32 signed unsigned big little native foo"
TYPE = st.sampled_from(f"{_TYPES} unit:1 unit:4 unit:8 unit:256 unit:257 unit:0 unit big:1".split())


@st.composite
def _segment(draw: st.DrawFn) -> str:
    types = draw(st.lists(TYPE, max_size=3))
    return draw(VALUE) + draw(SIZE) + ("/" + "-".join(types) if types else "")


def test_segments_are_what_otp_says(erl: str, tmp_path: Path) -> None:
    texts: list[str] = []

    @settings(max_examples=600, deadline=None, database=None)
    @given(st.lists(_segment(), min_size=1, max_size=3))
    def collect(segments: list[str]) -> None:
        texts.append(f"<< {','.join(segments)} >>.")

    collect()
    paths = [tmp_path / str(number) for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    answers = dump.otp_answers(erl, [str(p) for p in paths])
    for text, (first, _) in zip(texts, answers, strict=True):
        assert (text, dump.answer(read_first(Source("x", text)))) == (text, first)


def test_size_is_bounded() -> None:
    for text in (
        f"<<0:{MAX_BITS + 1}>>.",
        "<<0:(999999999999)>>.",
        f"<<1, 0:{MAX_BITS}>>.",
        "<<0:9999999999/unit:256>>.",
    ):
        found = read_first(Source("x", text))
        assert isinstance(found, Unreadable)
        assert found.diagnostic.code.code == "T007"
    found = read_first(Source("x", f"<<0:{MAX_BITS}>>."))
    assert isinstance(found, Bin)
    assert len(found.data) == MAX_BITS // 8
