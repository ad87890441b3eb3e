from __future__ import annotations

import pytest

from relupc.fix import chosen, edited
from relupc.model.codes import A004, A105, A306, R002, T001, TABLE
from relupc.model.diagnostic import MAX_ALIKE, Code, Diagnostic, Subject
from relupc.model.source import Source, Span
from relupc.suppress.comments import Looked, by_comments

ALL = frozenset(TABLE)
TEXT = """{"2",
 [{"1",
   [{load_module, cart},
    {load_module, 'Elixir.Shop.Price'}]}],
 []}.
"""


def found(source: Source, marked: str, code: Code = A105, **subject: str) -> Diagnostic:
    """A diagnostic at the last place of a text."""
    start = source.text.rindex(marked)
    return code.at(Span(source, start, start + len(marked)), "here", subject=Subject(**subject))  # type: ignore[arg-type]


def commented(comment: str, before: str = "", after: str = "") -> Source:
    """The text with a comment after `before`, or on a line above `after`."""
    if before:
        return Source("x.appup", TEXT.replace(before, f"{before}  %% relupc: {comment}", 1))
    return Source("x.appup", TEXT.replace(after, f"%% relupc: {comment}\n{after}", 1))


def suppressed(source: Source, *diagnostics: Diagnostic) -> list[bool]:
    done = by_comments(diagnostics, ())
    assert len(done) == len(diagnostics), "nothing is said of comments where it is not known what was looked at"
    return [d.suppressed == "comment" for d in done]


def test_a_comment_covers_the_instruction_or_the_entry() -> None:
    source = commented("ignore[A105]", before="cart},")
    assert suppressed(source, found(source, "cart"), found(source, "Shop"), found(source, '"1"')) == [
        True,
        False,
        False,
    ]
    source = commented("ignore[A105]", before='{"1",')
    assert suppressed(source, found(source, "cart"), found(source, '"1"'), found(source, '"2"')) == [True, True, False]
    source = commented("ignore[A105]", after="    {load_module, 'E")
    assert suppressed(source, found(source, "cart"), found(source, "Shop")) == [False, True]


def test_only_the_codes_that_it_names() -> None:
    source = commented("ignore[A105, downgrade-not-mirrored]", before="cart},")
    hits = [found(source, "cart", code) for code in (A105, A306, A004)]
    assert suppressed(source, *hits) == [True, True, False]


def test_a_whole_file_also_what_has_no_place() -> None:
    source = commented("ignore-file[A105, R002]", before='{"2",')
    nowhere = R002.at(None, "there is none", path="x.appup")
    elsewhere = R002.at(None, "there is none", path="y.appup")
    assert suppressed(source, found(source, "cart"), nowhere, elsewhere) == [True, True, False]
    source = commented("ignore[A105, R002]", before='{"2",')
    assert suppressed(source, found(source, '"2"'), nowhere) == [True, False]


@pytest.mark.parametrize(
    ("subject", "hit"),
    [
        ("cart", True),
        ("'cart'", True),
        (" cart ", True),
        ("price", False),
        ("shop", True),
        ("Cart", False),
    ],
)
def test_a_subject_is_a_module_or_an_application(subject: str, hit: bool) -> None:
    source = commented(f"ignore[A105({subject})]", before="cart},")
    assert suppressed(source, found(source, "{load_module, cart}", module="cart", app="shop")) == [hit]


@pytest.mark.parametrize("subject", ["Shop.Price", "Elixir.Shop.Price", "'Elixir.Shop.Price'"])
def test_a_subject_of_elixir(subject: str) -> None:
    source = commented(f"ignore[A105({subject})]", after="    {load_module, 'E")
    assert suppressed(source, found(source, "{load_module, 'E", module="Elixir.Shop.Price")) == [True]
    assert suppressed(source, found(source, "'Elixir.Shop.Price'")) == [True], "the marked text tells it too"
    assert suppressed(source, found(source, "{load_module, 'E", module="Shop.Prices")) == [False]


def test_what_keeps_relupc_from_looking_is_never_silenced() -> None:
    source = commented("ignore-file[T001]", before='{"2",')
    assert suppressed(source, found(source, "cart", T001)) == [False]


def unused(comment: str, *codes: str, hit: str = "", parts: bool = True) -> list[tuple[str, str]]:
    """What is said of a comment on the first instruction of an entry in which these codes were looked for."""
    source = commented(comment, before="cart},")
    entry = Span(source, source.text.index('{"1"'), source.text.index("}],"))
    looked = Looked(source, frozenset(), ((entry, frozenset(codes)),) if parts else ())
    said = by_comments([found(source, "cart", TABLE[hit])] if hit else [], [looked])
    return [(d.label, d.span.text if d.span else "") for d in said if not d.suppressed]


def test_what_silences_nothing_is_said() -> None:
    assert unused("ignore[A105] why", "A105") == [("A105 does not occur here", "relupc: ignore[A105]")]
    assert unused("ignore[circular-depmods]", "A105") == [
        ("circular-depmods does not occur here", "relupc: ignore[circular-depmods]")
    ]
    assert unused("ignore[A105]", "A105", hit="A105") == []
    assert unused("ignore[A105, A306(price)]", "A105", "A306", hit="A105") == [
        ("A306(price) does not occur here", "A306(price)")
    ]
    assert unused("ignore[A105, A306]", "A105", "A306") == [
        ("A105 does not occur here", "A105"),
        ("A306 does not occur here", "A306"),
    ]
    assert (
        unused("ignore[A105(price)]", "A105", hit="A105")
        == [("A105(price) does not occur here", "ignore[A105(price)]")]
        or "cart is another module"
    )


def test_a_comment_that_covers_nothing_is_said() -> None:
    source = Source("x.appup", TEXT + "%% relupc: ignore[A105]\n")
    assert [d.code.code for d in by_comments([found(source, "cart")], [Looked(source)])] == ["A105", "T010"]


def test_not_what_nobody_looked_for() -> None:
    assert unused("ignore[A105, A306]", "A306", hit="A306") == []
    assert unused("ignore[A105]", "A105", parts=False) == []
    source = commented("ignore-file[A105]", before="cart},")
    half = Span(source, 0, 20), frozenset({"A105"})
    rest = Span(source, 20, 60), frozenset[str]()
    assert by_comments([], [Looked(source, frozenset(), (half,))])
    assert not by_comments([], [Looked(source, frozenset(), (half, rest))])
    assert by_comments([], [Looked(source, frozenset({"A105"}), (half, rest))])


def test_what_no_comment_can_silence_is_said() -> None:
    assert unused("ignore[T001]") == [("no comment can silence T001", "relupc: ignore[T001]")]
    assert unused("ignore[T010]") == [("no comment can silence T010", "relupc: ignore[T010]")]


FIXES = {
    "[{a}, %% new  %% relupc: ignore[A105] why\n {b}].": "[{a}, %% new\n {b}].",
    "[{a}, %% relupc: ignore[A105] why\n {b}].\n": "[{a},\n {b}].\n",
    "[{a}, %% relupc: ignore[A105] why\r\n {b}].\r\n": "[{a},\r\n {b}].\r\n",
    "[{a},\n  %% relupc: ignore[A105] why\n {b}].\n": "[{a},\n {b}].\n",
    "[{a},\r\n  %% relupc: ignore[A105] why\r\n {b}].": "[{a},\r\n {b}].",
    "[{a}]. %% relupc: ignore[A105]": "[{a}].",
    "[{a}].\n%% relupc: ignore[A105]": "[{a}].\n",
    "[{a}, %% relupc: ignore[A105, A004] why\n {b}].": "[{a},\n {b}].",
    "[{a}, %% relupc: ignore[A306, A105] why\n {b}].": "[{a}, %% relupc: ignore[A306] why\n {b}].",
    "[{a}, %% relupc: ignore[A105 , A306] why\n {b}].": "[{a}, %% relupc: ignore[A306] why\n {b}].",
    "[{a}, %% relupc: ignore[A004, A306, A105] why\n {b}].": "[{a}, %% relupc: ignore[A306] why\n {b}].",
    "[{a}, %% relupc: ignore[A105, A3O6] why\n {b}].": "[{a}, %% relupc: ignore[A3O6] why\n {b}].",
}


@pytest.mark.parametrize("text", FIXES)
def test_the_fix_deletes_what_is_not_used(text: str) -> None:
    source = Source("x.appup", text)
    said = by_comments([found(source, "{a}", A306)], [Looked(source, frozenset({"A105", "A004", "A306"}))])
    fixable = [d for d in said if d.fix]
    assert fixable
    assert all(d.fix and d.fix.safe and d.help == d.fix.title for d in fixable)
    edits, _ = chosen(fixable)
    assert edited(text, edits["x.appup"]) == FIXES[text]


def test_what_is_wrong_with_a_comment_is_said_of_texts_that_were_looked_at() -> None:
    source = commented("ignore[A3O6]", before="cart},")
    assert [d.code.code for d in by_comments([], [Looked(source)])] == ["T011"]
    assert [d.code.code for d in by_comments([found(source, "cart")], ())] == ["A105"]


def test_thousands_of_comments_and_findings() -> None:
    lines = [f"{{load_module, m{n}}}, %% relupc: ignore[A105, A306(m{n}), A004]\n" for n in range(5000)]
    source = Source("x.appup", "[" + "".join(lines) + "{a}].")
    places = [source.text.index(f"m{n}}}") for n in range(0, 5000, 100)]
    many = [A105.at(Span(source, place, place + 2), "here") for place in places] * 40
    parts = tuple((Span(source, n * 10, n * 10 + 10), ALL) for n in range(len(source.text) // 10))
    said = by_comments(many, [Looked(source, frozenset(), parts)])
    assert sum(d.suppressed == "comment" for d in said) == len(many)
    assert sum(d.code.code == "T010" for d in said) == MAX_ALIKE
    assert sum(d.code.code == "T015" for d in said) == 1
