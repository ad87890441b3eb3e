"""Text in, terms or a diagnostic out: the cases of fixtures/terms, properties, and a real OTP."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relupc.model.diagnostic import Diagnostic
from relupc.model.layout import flat
from relupc.model.source import Source, Span
from relupc.model.spelling import RESERVED, RESERVED_27
from relupc.model.term import Atom, Int, List, Map, Str, Term, Tuple
from relupc.read import text as text_module
from relupc.read.fast import read_regular
from relupc.read.file import MAX_DEPTH, Unreadable, read_source
from relupc.read.text import grammar_path, read_all, read_alone, read_first, read_text
from tests.read import dump
from tests.read.texts import NEARLY, REGULAR, TERM, broken

FIXTURES = Path(__file__).parents[2] / "fixtures" / "terms"
CASES = sorted(p.name for p in FIXTURES.iterdir() if (p / "input.term").exists())


def _otp(case: str) -> int:
    release = re.search(r"-otp(\d+)$", case)
    return int(release[1]) if release else 25


def _read(case: str) -> Source:
    source = read_source(str(FIXTURES / case / "input.term"), "input.term")
    assert isinstance(source, Source)
    return source


def _shown(diagnostic: Diagnostic) -> list[str]:
    lines = [diagnostic.one_line]
    if diagnostic.span:
        lines.append(f"  marked: {diagnostic.span.text[:60]!r}")
    for label in diagnostic.labels:
        line, column = label.span.source.line_col(label.span.start)
        lines.append(f"  {line}:{column}: {label.text}: {label.span.text[:60]!r}")
    return [*lines, f"  help: {diagnostic.help}"] if diagnostic.help else lines


def _expected(case: str) -> str:
    """What a case reads as: its terms, one a line, or the diagnostic with the answer of OTP."""
    found = read_all(_read(case), _otp(case))
    if isinstance(found, tuple):
        return "".join(flat(term, otp=_otp(case)) + "\n" for term in found)
    said = dump.refusal(found).split()
    otp = f"  otp: {' '.join(said[:2])}" + (f" {bytes.fromhex(said[2]).decode()}" if len(said) > 2 else "")
    return "\n".join([*_shown(found.diagnostic), otp]) + "\n"


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, refresh: bool) -> None:
    path = FIXTURES / case / "expected.txt"
    if refresh:
        path.write_text(_expected(case), encoding="utf-8", newline="\n")
    assert _expected(case) == path.read_text(encoding="utf-8")


def test_cases_are_what_otp_says(erl: str) -> None:
    """Kind, line, text and terms of every case for OTP 25 are those of a real OTP."""
    cases = [c for c in CASES if _otp(c) == 25 and c not in ("integer-huge", "binary-huge", "too-deep")]
    for case, (first, every) in zip(cases, _ask(erl, [FIXTURES / c / "input.term" for c in cases]), strict=True):
        assert (case, dump.answer(read_first(_read(case)))) == (case, first)
        assert (case, dump.answer(read_all(_read(case)))) == (case, every)


def _ask(erl: str, paths: list[Path]) -> list[tuple[str, str]]:
    return dump.otp_answers(erl, [str(p) for p in paths])


def _spans(term: Term) -> list[tuple[int, int]]:
    """The places of a term and of all that is in it."""
    inside: list[Term] = []
    if isinstance(term, Tuple | List):
        inside = [*term.items]
    elif isinstance(term, Map):
        inside = [part for pair in term.pairs for part in pair]
    assert term.span is not None
    return [(term.span.start, term.span.end), *(span for part in inside for span in _spans(part))]


def _by_grammar(source: Source, otp: int = 25) -> Term | Unreadable:
    """What the grammar alone makes of a text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_module, "read_regular", lambda source, start, otp: start)
        return read_first(source, otp)


@settings(max_examples=300, deadline=None)
@given(REGULAR | TERM, st.sampled_from([25, 27]))
def test_both_ways_give_the_same_terms_and_spans(written: str, otp: int) -> None:
    source = Source("x", written + ".")
    regular = read_regular(source, 0, otp)
    if isinstance(regular, tuple):
        expected = _by_grammar(source, otp)
        assert not isinstance(expected, Unreadable)
        assert (regular[0], _spans(regular[0])) == (expected, _spans(expected))
        assert regular[1] == len(source.text)


def test_both_ways_give_the_same_on_files_of_the_fixtures() -> None:
    endings = (".app", ".appup", ".rel", "relup", ".config", ".term")
    read = 0
    paths = sorted(path for path in FIXTURES.parent.rglob("*") if path.name.endswith(endings) and path.is_file())
    for path in paths[::5]:
        source = read_source(str(path))
        if not isinstance(source, Source) or len(source.text) > 1000:  # the grammar is slow
            continue
        regular = read_regular(source, 0, 25)
        if isinstance(regular, tuple):
            expected = _by_grammar(source)
            assert (path, regular[0]) == (path, expected)
            assert not isinstance(expected, Unreadable)
            assert (path, _spans(regular[0])) == (path, _spans(expected))
            read += 1
    assert read > 200, "most files are regular"


@settings(max_examples=300, deadline=None)
@given(NEARLY | broken(), st.sampled_from([25, 26, 27, 28]))
def test_no_text_raises(written: str, otp: int) -> None:
    """Every text gives terms or a diagnostic that has a place in it; both readers agree on the first term."""
    source = Source("x", written)
    first, every = read_first(source, otp), read_all(source, otp)
    if isinstance(first, Unreadable):
        span = first.diagnostic.span
        assert span is not None
        assert 0 <= span.start <= span.end <= len(written)
        assert isinstance(every, Unreadable) or every == ()
    else:
        assert isinstance(every, Unreadable) or every[0] == first
    assert isinstance(read_text(written, "x", otp), Unreadable | Term)


def test_random_texts_are_what_otp_says(erl: str, tmp_path: Path) -> None:
    """Terms are equal, and the kind of what is refused is that of a real OTP."""
    texts: list[str] = []

    @settings(max_examples=400, deadline=None, database=None)
    @given(TERM.map(lambda t: t + ".") | broken() | NEARLY)
    def collect(written: str) -> None:
        texts.append(written)

    collect()
    paths = [tmp_path / f"{number}.term" for number in range(len(texts))]
    for path, written in zip(paths, texts, strict=True):
        path.write_bytes(written.encode("utf-8", "surrogatepass"))
    for path, written, (first, every) in zip(paths, texts, _ask(erl, paths), strict=True):
        source = read_source(str(path))
        assert isinstance(source, Source)
        assert (written, _kind(dump.answer(read_first(source)))) == (written, _kind(first))
        assert (written, _kind(dump.answer(read_all(source)))) == (written, _kind(every))


def _kind(answer: str) -> str:
    """An answer without line and text of a syntax error, which are only nearly always those of OTP."""
    return answer if answer.startswith("=") else answer.split(maxsplit=1)[0]


def test_read_text_needs_no_full_stop() -> None:
    for written in ("{a, 1.5}", "{a, 1.5}. ", "{a, 1.5}. % comment", "{a, 1.5} %"):
        assert dump.answer(read_text(written, "--up-from")) == "= {a61,f3ff8000000000000}"
    assert dump.answer(read_text("ok", "x")) == "= a6f6b"


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("", "no term in this file"),
        ("a. b", "text after the term"),
        ("a b", "expected `.` before this"),
        ("{a", "expected `,` or `}` before the end of the text"),
        ("1 +", "expected a term after this"),
    ],
)
def test_read_text_wants_one_term(written: str, label: str) -> None:
    found = read_text(written, "x")
    assert isinstance(found, Unreadable)
    assert found.diagnostic.label == label


@pytest.mark.parametrize(
    ("written", "rest"),
    [("a. %% b\n", None), ("a.\n\n {b, c}. d\n e.", "{b, c}. d"), ("$a. x", "x"), ("a. \ufffe", "\ufffe")],
)
def test_what_follows_the_only_term(written: str, rest: str | None) -> None:
    found = read_alone(Source("x", written))
    assert not isinstance(found, Unreadable)
    assert (found[1] and found[1].text) == rest
    assert found[0] == read_first(Source("x", written))


def test_an_empty_file_is_no_term_but_can_be_consulted() -> None:
    source = Source("x", "%% nothing\n")
    found = read_first(source)
    assert isinstance(found, Unreadable)
    assert (found.kind, found.detail) == ("read", Atom("read"))
    assert read_all(source) == ()


DEEP = ["[", "{", "#{", "<<", "(", "-", "- ", "[a|", "#{a=>", "not ", "fun ", "catch ", "f(", "a:", "1+", '"" ']


@pytest.mark.parametrize("part", DEEP)
def test_depth_is_bounded(part: str) -> None:
    found = read_first(Source("x", part * 20_000))
    assert isinstance(found, Unreadable)
    deep = part.strip() in ("[", "{", "#{", "<<", "(", "[a|", "#{a=>", "f(")
    assert (found.kind, found.diagnostic.code.code) == (("read", "T007") if deep else ("parse", "T001"))


@pytest.mark.parametrize("inside", ["", "1_0"])
def test_the_deepest_terms_can_be_compared_hashed_and_printed(inside: str) -> None:
    for opening, closing in (("[", "]"), ("{", "}"), ("#{a=>" if inside else "{", "}")):
        source = Source("x", opening * MAX_DEPTH + inside + closing * MAX_DEPTH + ".")
        found = read_first(source)
        assert not isinstance(found, Unreadable)
        assert found.span == Span(source, 0, len(source.text) - 1)
        assert found == _by_grammar(Source("x", source.text))
        assert {found: flat(found)} == {found: flat(found)}


def test_deep_keys_that_are_equal() -> None:
    key = "{" * (MAX_DEPTH - 1) + "}" * (MAX_DEPTH - 1)
    found = read_first(Source("x", f"#{{{key} => 1, {key} => 2}}."))
    assert isinstance(found, Map)
    assert [value for _, value in found.pairs] == [Int(2)]


def test_a_long_irregular_form_is_refused_where_it_stops_being_regular(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relupc.read.tokens.MAX_IRREGULAR", 1000)
    found = read_first(Source("x", "{a, 1_5," + "b, " * 1000 + "c}."))
    assert isinstance(found, Unreadable)
    assert (found.kind, found.diagnostic.code.code, found.diagnostic.place) == ("read", "T007", "x:1:4")
    assert isinstance(read_first(Source("x", "{a, " + "b, " * 1000 + "c}.")), Tuple)


def test_reserved_words_are_those_of_the_model() -> None:
    for otp, words in ((25, RESERVED), (27, RESERVED_27)):
        for word in RESERVED_27 | {"query", "ok", "andalsoo", "notx"}:
            found = _by_grammar(Source("x", f"{word}."), otp)
            assert isinstance(found, Unreadable) == (word in words)


def test_strings_and_lists_keep_their_kind() -> None:
    found = read_first(Source("x", '{"a", [97], ""}.'))
    assert isinstance(found, Tuple)
    assert [type(item) for item in found.items] == [Str, List, List]
    assert found.items[0] == found.items[1] == List((Int(97),))


def test_the_grammar_is_found_in_a_checkout_and_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert grammar_path().read_text(encoding="utf-8").startswith("// Erlang terms")
    installed = tmp_path / "relupc" / "grammar" / "term.lark"
    installed.parent.mkdir(parents=True)
    installed.write_text("")
    monkeypatch.setattr(text_module, "__file__", str(tmp_path / "relupc" / "read" / "text.py"))
    assert grammar_path() == installed
