"""The external term format."""

from __future__ import annotations

import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.beam import BadTerm, etf, read_etf
from relupc.model.term import Atom, Bin, Float, Fun, Int, List, Map, Str, Term, Tuple, Unknown
from tests.read.dump import dump

ESCRIPT = Path(__file__).parent / "etf.escript"
V = b"\x83"
NODE = b"d\0\x0dnonode@nohost"
ATOMS = (b"d\0\x02\xe9t", b"s\x02\xe9t", b"v\0\x03\xc3\xa9t", b"w\x03\xc3\xa9t")


@pytest.mark.parametrize(
    ("data", "term"),
    [
        (b"a\xff", Int(255)),
        (b"b\xff\xff\xff\xfe", Int(-2)),
        (b"n\4\0\0\0\0\x80", Int(1 << 31)),
        (b"n\1\1\5", Int(-5)),
        (b"o\0\0\0\1\0\5", Int(5)),
        (b"F\x3f\xf8\0\0\0\0\0\0", Float(1.5)),
        (b"c1.50000000000000000000e+00\0\0\0\0\0", Float(1.5)),
        (b"k\0\2hi", Str("hi")),
        (b"k\0\2h\1", List((Int(104), Int(1)))),
        (b"k\0\0", List(())),
        (b"j", List(())),
        (b"l\0\0\0\2a\1a\2j", List((Int(1), Int(2)))),
        (b"l\0\0\0\1a\1a\2", List((Int(1),), Int(2))),
        (b"l\0\0\0\1a\1l\0\0\0\1a\2a\3", List((Int(1), Int(2)), Int(3))),
        (b"l\0\0\0\1a\1k\0\1a", List((Int(1), Int(97)))),
        (b"l\0\0\0\0a\1", Int(1)),
        (b"m\0\0\0\3abc", Bin(b"abc")),
        (b"M\0\0\0\2\3a\xff", Bin(b"a\xe0", 5)),
        (b"M\0\0\0\0\0", Bin(b"")),
        (b"h\0", Tuple(())),
        (b"i\0\0\0\2a\1h\1a\2", Tuple((Int(1), Tuple((Int(2),))))),
        (b"t\0\0\0\0", Map(())),
        (b"t\0\0\0\2a\1w\1aF\x3f\xf0\0\0\0\0\0\0w\1b", Map(((Int(1), Atom("a")), (Float(1.0), Atom("b"))))),
        (b"t\0\0\0\2w\4truea\1a\1a\2", Map(((Atom("true"), Int(1)), (Int(1), Int(2))))),
        (b"qw\5listsw\3mapa\2", Fun("lists", "map", 2)),
        (b"X" + NODE + bytes(12), Unknown("#Pid<00000000>")),
        (b"Y" + NODE + bytes(8), Unknown("#Port<00000000>")),
        (b"x" + NODE + bytes(12), Unknown("#Port<0000000000000000>")),
        (b"Z\0\1" + NODE + bytes(8), Unknown("#Reference<00000000>")),
        (b"r\0\1" + NODE + bytes(5), Unknown("#Reference<00000000>")),
        (b"p\0\0\0\x2d\1" + bytes(16) + b"\0\0\0\7\0\0\0\0w\4shopa\7a\7gw\1n" + bytes(9), Unknown("#Fun<shop.7>")),
        (b"n\xff\0" + b"\1" * 255, Int(int.from_bytes(b"\1" * 255, "little"))),
        (b"o\0\0\x10\0\0" + b"\1" * 4096, Unknown("an integer of 4096 bytes")),
    ],
)
def test_terms(data: bytes, term: Term) -> None:
    assert read_etf(V + data) == term
    assert read_etf(V + data + b"after") == term
    assert read_etf(V + b"P" + struct.pack(">I", len(data)) + zlib.compress(data)) == term


@pytest.mark.parametrize("data", ATOMS)
def test_an_atom_is_the_same_however_it_is_written(data: bytes) -> None:
    assert read_etf(V + data) == Atom("ét")
    for name in ("true", "false", "undefined", "null", "nil", ""):
        assert read_etf(V + b"w" + bytes((len(name),)) + name.encode()) == Atom(name)


BROKEN = [
    *(b"", b"a", b"\x00", b"N\1", b"u", b"h\2a\1", b"wa", b"t\0\0\0\1a\1", b"w\2\xc3(", b"m\0\0\0\4abc", b"k\0\3ab"),
    *(b"l\0\0\0\1a\1", b"b\0\0", b"n\3\0\1", b"F\x7f\xf0\0\0\0\0\0\0", b"F\x7f\xf8\0\0\0\0\0\0", b"F\0"),
    *(b"c" + b"x" * 31, b"c1.5", b"M\0\0\0\1\0a", b"M\0\0\0\1\x09a", b"qw\1aw\1b", b"qa\1a\1a\1", b"qw\1aw\1bb\0\0"),
    *(b"t\0\0\0\2a\1a\2a\1a\3", b"X" + NODE, b"p\0\0\0\4", b"p\0\0\xff\xff", b"Z\xff\xff" + NODE),
    *(b"l\xff\xff\xff\xffj", b"i\xff\xff\xff\xff", b"t\xff\xff\xff\xff", b"m\xff\xff\xff\xff", b"h\1" * 129),
    *(b"P", b"P\0\0\0\2no zlib", b"P\0\0\0\1" + zlib.compress(b"a\1"), b"P\0\0\0\3" + zlib.compress(b"a\1")),
    b"P\x7f\xff\xff\xff" + zlib.compress(bytes(99)),
]


@pytest.mark.parametrize("data", BROKEN)
def test_no_term(data: bytes) -> None:
    with pytest.raises(BadTerm):
        read_etf(V + data)


@pytest.mark.parametrize("data", [b"", b"a\1", b"\x82a\1"])
def test_no_version(data: bytes) -> None:
    with pytest.raises(BadTerm):
        read_etf(data)


def test_depth() -> None:
    assert read_etf(V + b"h\1" * etf.MAX_DEPTH + b"a\1") != Int(1)
    for data in (b"h\1" * (etf.MAX_DEPTH + 1) + b"a\1", b"l\0\0\0\1" * 5000, b"h\1" * 100_000 + b"a\1"):
        with pytest.raises(BadTerm, match="nested more than 128 deep"):
            read_etf(V + data)


def test_parts() -> None:
    flat = b"i" + struct.pack(">I", etf.MAX_PARTS // 2) + b"j" * (etf.MAX_PARTS // 2)
    assert isinstance(read_etf(V + flat), Tuple)
    with pytest.raises(BadTerm, match="more parts"):
        read_etf(V + b"h\3" + flat + flat + b"a\1")


@given(st.binary(max_size=40))
def test_any_bytes(data: bytes) -> None:
    try:
        found = read_etf(V + data)
    except BadTerm:
        return
    assert isinstance(found, Term)
    assert hash(found) == hash(read_etf(V + data))


WRITTEN = [
    *("0", "255", "256", "-1", "2147483647", "2147483648", "-2147483649", "1 bsl 90", "-(1 bsl 64)", "1 bsl 2100"),
    *("1.5", "-0.0", "1.0e308", "5.0e-324", "''", "été", "'☺'", "true", "undefined", "nil"),
    *("list_to_atom(lists:duplicate(255, $x))", '""', '"abc"', '"été"', '"☺"', "[1,2,3]", "[0]", "[a|b]", "[1,2|3]"),
    *("lists:seq(1, 300)", "lists:duplicate(70000, $a)", "<<>>", "<<1,2>>", "<<5:3>>", "<<1:1>>", "<<255,1:7>>"),
    *("{}", "{a,{b}}", "list_to_tuple(lists:seq(1, 300))", "#{}", "#{1 => a, 1.0 => b}", "#{true => 1, 1 => 2}"),
    *("maps:from_list([{I, [I]} || I <- lists:seq(1, 40)])", "fun lists:map/2", "[fun erlang:self/0, x]"),
    '{state, [], #{limit => 1000}, <<"eur">>, "ab", 1.0, [{a, 1}]}',
]
RUNNING = ["self()", "make_ref()", "hd(erlang:ports())", "fun(X) -> X end", "{self(), [make_ref()]}"]


def test_as_otp(erl: str) -> None:
    """Terms in all the forms of `term_to_binary/2`."""
    said = subprocess.run(
        [erl, str(ESCRIPT)],
        input="".join(f"{text}.\n" for text in WRITTEN),
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.splitlines()
    assert len(said) == 5 * len(WRITTEN)
    for line in said:
        spelling, data = line.split(" ")
        assert dump(read_etf(bytes.fromhex(data))) == spelling


def test_what_belongs_to_a_node(erl: str) -> None:
    said = subprocess.run(
        [erl, str(ESCRIPT), "bytes"],
        input="".join(f"{text}.\n" for text in RUNNING),
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.splitlines()
    found = [read_etf(bytes.fromhex(line)) for line in said[::5]]
    kinds = ["#Pid<", "#Reference<", "#Port<", "#Fun<erl_eval."]
    for term, kind in zip(found, kinds, strict=False):
        assert isinstance(term, Unknown)
        assert term.text.startswith(kind)
    assert isinstance(found[4], Tuple)
