from __future__ import annotations

import pytest

from relupc.model.source import Source
from relupc.suppress.ignores import Ignore, ignores_in

ENTRY = """{"2",
 [{"1", %s
   [{load_module, cart}, {load_module, price},
    {update, tax, {advanced, []}, [cart,
       price]}]}],
 []}.
"""


def ignores(text: str) -> list[Ignore]:
    return ignores_in(Source("x.appup", text))[0]


def covered(text: str) -> list[str]:
    """The first word or two of what the one comment of a text covers."""
    [ignore] = ignores(text)
    return [text[max(place.start, 0) : place.end].strip()[:22] for place in ignore.covers]


def test_codes_names_and_subjects() -> None:
    text = ENTRY % "%% relupc: ignore[A105, downgrade-not-mirrored(cart) ,a004( 'Elixir.Shop.Cart' )] why [x]"
    [ignore] = ignores(text)
    assert [(item.code.code, item.subject) for item in ignore.items] == [
        ("A105", None),
        ("A306", "cart"),
        ("A004", " 'Elixir.Shop.Cart' "),
    ]
    assert [piece.text for piece in ignore.pieces] == [
        "A105",
        "downgrade-not-mirrored(cart)",
        "a004( 'Elixir.Shop.Cart' )",
    ]
    assert ignore.span.text == "relupc: ignore[A105, downgrade-not-mirrored(cart) ,a004( 'Elixir.Shop.Cart' )]"
    assert ignore.whole.text.endswith(" why [x]")


@pytest.mark.parametrize("sign", ["%", "%%", "%%%", "%%  "])
def test_any_number_of_signs(sign: str) -> None:
    assert len(ignores(f"{sign}relupc:ignore[A105]\n{{}}.")) == 1


def test_behind_another_comment() -> None:
    [ignore] = ignores(ENTRY % "%% new %% relupc: ignore[A105] why")
    assert ignore.whole.text == "%% relupc: ignore[A105] why"
    assert ignores("%" * 100_000 + " relupc:ignore[A105]\n{}.")
    assert not ignores("% " * 100_000 + "relupc: ignore[A105,\n{}.")[0].items


@pytest.mark.parametrize(
    "text",
    [
        "%% relupc is good",
        "%% see relupc: ignore[A105]",
        "%% relupc: generated",
        "%% relupc: see the docs [1]",
        '{"%% relupc: ignore[A105]"}.',
        "{'%% relupc: ignore[A105]'}.",
        '[$", %" relupc: ignore[A105]\n].',
        "%% Relupc: ignore[A105]",
        "nothing",
    ],
)
def test_what_is_none(text: str) -> None:
    assert ignores_in(Source("x", text)) == ([], [])


def test_after_code_it_covers_what_begins_on_the_line() -> None:
    entry = ENTRY % "%% relupc: ignore[A105]"
    assert covered(entry) == ['[{"1",', '{"1", %% relupc: ignor']
    two = (ENTRY % "").replace("price},\n", "price}, % relupc: ignore[A105]\n")
    assert covered(two) == ["[{load_module, cart}, ", "{load_module, cart}", "{load_module, price}"]
    inside = (ENTRY % "").replace("price]}]}]", "price %% relupc: ignore[A105]\n]}]}]")
    assert covered(inside) == ["price"], "what is marked on the line, though nothing begins there"
    last = (ENTRY % "").replace(" []}.", " []}. %% relupc: ignore[A105]")
    assert covered(last) == ["[]}."]


def test_on_a_line_of_its_own_it_covers_the_next_one() -> None:
    entry = (ENTRY % "").replace(' [{"1"', ' %% relupc: ignore[A105]\n %% more\n [{"1"')
    assert covered(entry) == ['{"1", \n   [{load_module, c'[:22]]
    one = (ENTRY % "").replace("   [{load", "   %% relupc: ignore[A105]\n   [{load")
    assert covered(one) == ["{load_module, cart}"], "the next one is one"
    top = "%% relupc: ignore[A105]\n" + ENTRY % ""
    assert covered(top) == ['{"2",', '{"1", \n   [{load_module, c'[:22]], "the line too, where nothing begins on it"
    bottom = ENTRY % "" + "%% relupc: ignore[A105]"
    assert covered(bottom) == []


def test_a_file() -> None:
    [ignore] = ignores(ENTRY % "%% relupc: ignore-file[A105]")
    assert ignore.covers[0].start == -1
    assert ignore.span.text == "relupc: ignore-file[A105]"


def said(comment: str) -> list[tuple[str, str, str | None]]:
    found = ignores_in(Source("x", f"{comment}\n{{}}."))[1]
    assert {d.code.code for d in found} <= {"T011"}
    return [(d.span.text if d.span else "", d.label, d.help) for d in found]


@pytest.mark.parametrize("comment", ["%% relupc: ignore", "%% relupc: ignore[]", "%% relupc: ignore[ , ]"])
def test_nobody_silences_everything_by_accident(comment: str) -> None:
    [(text, label, advice)] = said(comment)
    assert text == comment.removeprefix("%% ")
    assert (label, advice) == ("it names no code", "name what it is for: `ignore[CODE]`")


@pytest.mark.parametrize(
    ("item", "advice"),
    [
        ("A3O6", "did you mean `A306`?"),
        ("circular-depmod", "did you mean `circular-depmods`?"),
        ("A3", "write a code or its name"),
        ("all", "write a code or its name"),
        ("default", "write a code or its name"),
        ("A306 cart", "write a code or its name"),
        ("A306(cart", "write a code or its name"),
        ("x" * 500, "write a code or its name"),
        ("1", "write a code or its name"),
    ],
)
def test_unknown_codes(item: str, advice: str) -> None:
    assert said(f"%% relupc: ignore[A105, {item}]") == [(item, f"`{item[:60]}` is no code and no name", advice)]
    assert [len(i.items) for i in ignores(f"%% relupc: ignore[A105, {item}]\n")] == [1]


@pytest.mark.parametrize("word", ["ignroe", "Ignore", "ignore-fil", "ignores"])
def test_a_misspelled_word(word: str) -> None:
    [(text, label, advice)] = said(f"%% relupc: {word}[A105]")
    assert (text, label) == (word, f"`{word}` means nothing")
    assert advice in ("did you mean `ignore`?", "did you mean `ignore-file`?")


def test_many_comments() -> None:
    text = "[" + "{a}, %% relupc: ignore[A105, A306, A004]\n" * 20_000 + "{a}]."
    found, problems = ignores_in(Source("x", text))
    assert (len(found), problems) == (20_000, [])
    assert {len(ignore.covers) for ignore in found} == {2}
