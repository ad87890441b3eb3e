"""An .appup.src in, its term and what is said of it out: the cases of fixtures/scripts, and a real OTP."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.model.layout import flat
from relupc.model.source import Source
from relupc.model.term import List, Map, Str, Term, Tuple, Unknown, is_known
from relupc.read.file import Unreadable, read_source
from relupc.read.run import WRONG
from relupc.read.script import MAX_TOKENS, Script, read_script
from tests.cases import FIXTURES, Case, compare, read_cases, told
from tests.read import dump
from tests.read.programs import program
from tests.read.texts import NEARLY, broken

FILES = ("values", "unknown", "big", "syntax", "templates")
SCRIPTS = FIXTURES / "scripts"
REAL = sorted((FIXTURES / "real" / "appups").rglob("*.appup.src"))
ESCRIPT = Path(__file__).parent / "script.escript"
VSN = "1.4.0"


def read(text: str, vsn: str | None = VSN) -> Script:
    found = read_script(Source("given", text), 25, vsn)
    assert isinstance(found, Script), found.diagnostic.one_line
    return found


def answer(case: Case) -> str:
    found = read_script(Source("given", case.given), 25, VSN)
    if isinstance(found, Unreadable):
        return told(found.diagnostic)
    return "\n".join([flat(marked(found.term)) + ("" if found.plain else "  moved"), *map(told, found.notes)])


def marked(term: Term) -> Term:
    """The term with `?` around each part that is Unknown."""
    match term:
        case Unknown(text):
            return Unknown(f"?{text}?")
        case Tuple(items) | List(items):
            return replace(term, items=tuple(map(marked, items)))
        case Map(pairs):
            return Map(tuple((marked(key), marked(value)) for key, value in pairs))
    return term


@pytest.mark.parametrize("name", FILES)
def test_cases(name: str, refresh: bool) -> None:
    compare(SCRIPTS / f"{name}.txt", answer, refresh)


def otp_answers(erl: str, folder: Path, texts: list[str]) -> list[str]:
    """What file:script/2 makes of each text."""
    paths = [folder / str(number) for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    names = "".join(f"{path}\n" for path in paths)
    done = subprocess.run([erl, str(ESCRIPT)], input=names, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.splitlines()


def ours(text: str) -> str:
    """The same answer, as far as relupc has one: it may also be `unknown`."""
    found = read_script(Source("given", text), 25, VSN)
    if isinstance(found, Unreadable):
        return "syntax"
    if found.notes or not is_known(found.term):
        return "fails" if any(note.help == WRONG for note in found.notes) else "unknown"
    return dump.answer(found.term)


def test_cases_are_what_otp_says(erl: str, tmp_path: Path) -> None:
    for name in ("values", "syntax", "unknown"):
        cases = read_cases(SCRIPTS / f"{name}.txt")
        for case, theirs in zip(cases, otp_answers(erl, tmp_path, [case.given for case in cases]), strict=True):
            mine = ours(case.given)
            if case.title in ("a record", "a constant that cannot be"):  # Erlang finds out only when it runs them
                assert theirs == "fails"
            else:
                assert mine == theirs or (name, mine) == ("unknown", "unknown"), (case.title, mine, theirs)


def test_random_programs_are_what_otp_says(erl: str, tmp_path: Path) -> None:
    """Whatever relupc has an answer for, OTP has the same; and relupc has one for most."""
    chance = random.Random(14)
    texts = [program(chance) for _ in range(1500)]
    answered = 0
    for text, theirs in zip(texts, otp_answers(erl, tmp_path, texts), strict=True):
        mine = ours(text)
        assert mine in (theirs, "unknown"), (text, mine, theirs)
        answered += mine != "unknown"
    assert answered > len(texts) / 2


def test_real_files_are_what_otp_says(erl: str, tmp_path: Path) -> None:
    """But for one, which calls functions of its project, all are worked out; a build puts the version for `%VSN%`."""
    texts = [source.text for path in REAL if isinstance(source := read_source(str(path)), Source)]
    assert len(texts) == len(REAL) > 50
    for path, text, theirs in zip(REAL, texts, otp_answers(erl, tmp_path, texts), strict=True):
        filled = theirs.replace(dump.dump(Str("%VSN%")), dump.dump(Str(VSN)))
        assert ours(text) == filled or "cuttlefish_bytesize:parse" in text, path


def test_without_a_version() -> None:
    found = read('{VSN, [{"1.3.0", [{apply, {shop, say, [VSN]}}]}], []}.', None)
    assert (flat(found.term), found.notes, found.plain) == ('{VSN,[{"1.3.0",[{apply,{shop,say,[VSN]}}]}],[]}', (), True)
    assert isinstance(found.term, Tuple)
    version = found.term.items[0]
    assert isinstance(version, Unknown)
    assert version.span
    assert version.span.text == "VSN"


@pytest.mark.parametrize("text", ['{VSN, [{"1.3.0", []}], []}.', '{"{{vsn}}", [], []}.', "{a, [], []}. {VSN, [], []}."])
def test_what_needs_no_grammar(text: str) -> None:
    """Most files are regular but for the version: lark stays out."""
    code = (
        "import sys; from relupc.model.source import Source; from relupc.read.script import read_script;"
        f"print(read_script(Source('x', {text!r}), 25).notes, 'lark' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "() False\n"


def places(term: Term) -> list[tuple[int, int]]:
    """The places of a term and of all that is in it: everything has one."""
    inside: tuple[Term, ...] = ()
    match term:
        case Tuple(items) | List(items):
            inside = items
        case Map(pairs):
            inside = tuple(part for pair in pairs for part in pair)
    assert term.span is not None, term
    return [(term.span.start, term.span.end), *(place for part in inside for place in places(part))]


def test_a_value_is_where_it_was_written() -> None:
    text = 'Old = "1.3.0",\nLoad = [{load_module, a}],\n{VSN, [{Old, Load ++ [b]}], [{Old, lists:seq(1, 2)}]}.'
    found = read(text)
    written = [text[start:end] for start, end in places(found.term)]
    assert written[1] == "VSN"
    assert written[4:9] == ['"1.3.0"', "Load ++ [b]", "{load_module, a}", "load_module", "a"]
    assert written[-3:] == ["lists:seq(1, 2)"] * 3


HOSTILE = {
    "equal signs": "A = " * 3000 + "1.",
    "variables": "".join(f"A{n} = {n}, " for n in range(3000)) + "1.",
    "signs": "- " * 3000 + "1.",
    "nots": "not " * 3000 + "true.",
    "catches": "catch " * 3000 + "true.",
    "begins": "begin " * 3000 + "1 " + "end " * 3000 + ".",
    "funs": "fun() -> " * 3000 + "1 " + "end " * 3000 + ".",
    "cases without end": "case " * 3000,
    "ends": "end " * 3000 + ".",
    "updates": "X = #{}, X" + "#{a => 1}" * 3000 + ".",
    "sums": "1" + " + 1" * 3000 + ".",
    "joins": "[1]" + " ++ [1]" * 3000 + ".",
    "brackets": "[" * 3000 + "]" * 3000 + ".",
    "brackets with code": "[1 + " * 120 + "1" + "]" * 120 + ".",
    "calls in calls": "lists:reverse([" * 60 + "1" + "])" * 60 + ".",
    "blocks in brackets": "{[" * 60 + "case x of y -> [1] end" + "]}" * 60 + ".",
    "comprehensions": "[X || X <- " * 100 + "[]" + "]" * 100 + ".",
    "calls": ",".join(["foo()"] * 3000) + ".",
    "unbound variables": ",".join(f"X{n}" for n in range(3000)) + ".",
    "much to sort": "X = lists:seq(1, 9000)," + "lists:sort(X)," * 100 + "1.",
    "much to compare": "X = lists:seq(1, 9000)," + "X == X," * 100 + "1.",
    "forms": "1 + 1. " * 3000,
    "doubles": 'A0 = "abc",' + "".join(f"A{n} = A{n - 1} ++ A{n - 1}," for n in range(1, 60)) + "A59.",
    "powers": "A0 = 99999," + "".join(f"A{n} = A{n - 1} * A{n - 1}," for n in range(1, 60)) + "A59.",
    "segments": "X = 8, <<" + ",".join(["1:X"] * 3000) + ">>.",
    "templates": '{"' + "{{a}}" * 3000 + "{{" * 3000 + '", [], []}.',
    "deep variables": "A0 = []," + "".join(f"A{n} = [A{n - 1}]," for n in range(1, 300)) + "A299.",
    "deep forms": "A0 = [0]." + "".join(f" A{n} = [A{n - 1}]." for n in range(1, 300)) + " [[A299]].",
    "shared": "A0 = [0]." + "".join(f" A{n} = [A{n - 1}, A{n - 1}]." for n in range(1, 60)) + " {A59, A59}.",
    "regular and shared": "A = lists:seq(1, 9000). {" + ",".join(["A"] * 3000) + "}.",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_scripts(name: str) -> None:
    """A term or a diagnostic, with places, and nothing that is too big or too deep."""
    found = read_script(Source("x", HOSTILE[name]), 25, VSN)
    if isinstance(found, Script):
        assert len(places(found.term)) < 200_000
        assert len(found.notes) <= 100
    else:
        assert found.diagnostic.code.code in ("T001", "T007")


def test_more_code_than_relupc_reads() -> None:
    found = read_script(Source("x", "{$a" + ",1" * MAX_TOKENS + "}."), 25)
    assert isinstance(found, Unreadable)
    assert found.diagnostic.code.code == "T007"
    assert isinstance(read_script(Source("x", "{a" + ",1" * MAX_TOKENS + "}."), 25), Script)


@given(NEARLY | broken() | st.randoms(use_true_random=False).map(program), st.sampled_from([25, 27]))
def test_no_text_raises(text: str, otp: int) -> None:
    found = read_script(Source("x", text), otp)
    if isinstance(found, Script):
        assert places(found.term)
    else:
        assert found.diagnostic.span
