from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relupc.model.source import Source
from relupc.model.term import List, Term, Tuple
from relupc.read.file import Unreadable
from relupc.read.text import read_first
from relupc.suppress.lexing import layout_of
from tests.read.texts import TERM

APPUP = """%% c1
{"1.4.0", % c2 "
 [{"1.3.0",  %% c3
   [{load_module, a}, %% c4
    %% c5
    {update, b, {advanced, [x,
       y]}, [c]},
    restart_new_emulator  %c6
    ]},
  {<<"1\\\\..*">>, []}],
 []}. % c7
 %c8"""


def comments(text: str) -> list[str]:
    return [text[comment.start : comment.end] for comment in layout_of(text).comments]


def test_comments_and_what_follows_those_with_a_line_of_their_own() -> None:
    found = layout_of(APPUP).comments
    assert [APPUP[c.start : c.end] for c in found] == [
        "%% c1",
        '% c2 "',
        "%% c3",
        "%% c4",
        "%% c5",
        "%c6",
        "% c7",
        "%c8",
    ]
    assert [c.alone for c in found] == [True, False, False, False, True, False, False, True]
    assert [APPUP[c.next : c.next + 9] for c in found if c.alone] == ['{"1.4.0",', "{update, ", ""]


def test_parts_are_entries_and_instructions() -> None:
    parts = [APPUP[part.start : part.end].split("\n", 1)[0] for part in layout_of(APPUP).parts]
    assert parts == [
        '{"1.3.0",  %% c3',
        "{load_module, a}",
        "{update, b, {advanced, [x,",
        "restart_new_emulator",
        '{<<"1\\\\..*">>, []}',
    ]


NONE = [
    '"% no"',
    "'% no'",
    "[$%, no]",
    "[$\\%, no]",
    '[$", "% no"]',
    "[$', '% no']",
    '"\\"% no"',
    "'\\'% no'",
    '"\\\\" "% no"',
    "[$\\^%, no]",
    '"\n% no\n"',
    '"""\n  % no " "" \n  """',
    '~s"""\n% no\n"""',
    '""""\n% no\n"""\n% no\n""""',
    '~"% no"',
    "~S(% no \\)",
    "~b[\\]% no]",
    "~s|% \\| no|",
    "~S'% no'",
    "[a@b, '' , \"\", no]",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_comment(text: str) -> None:
    assert comments(f"{text} % yes") == ["% yes"]
    assert comments(f"%{text.replace(chr(10), ' ')}\n") == [f"%{text.replace(chr(10), ' ')}"]


@pytest.mark.parametrize("text", ['"% no', "'% no", '"""\n% no\n""', "~S(% no", '"\\" % no', '"""\n'])
def test_nothing_is_known_behind_a_quote_that_is_not_closed(text: str) -> None:
    assert comments(f"% yes\n{text}\n% no") == ["% yes"]


def test_a_dollar_before_a_line() -> None:
    assert comments("[$\n, $\\\n] % yes") == ["% yes"]
    assert comments("$") == []


HOSTILE = [
    '"' * 200_000,
    '"\\' * 100_000,
    "'\\'" * 100_000,
    '"""\n' * 50_000,
    "".join('"' * k + "\n" for k in range(3, 600)),
    ("\n" + " " * 300) * 600 + '"""\n' + ("\n" + " " * 300) * 600,
    "~S(" * 100_000,
    "~" * 200_000,
    "$" * 200_001,
    "[" * 200_000,
    "]" * 200_000,
    "[{a,%\n" * 50_000,
    "%\n" * 100_000,
    "[a," * 50_000 + "%x",
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_no_text_takes_for_ever(number: int) -> None:
    """All of these would take minutes if the time went with the square of the length."""
    layout = layout_of(HOSTILE[number])
    assert len(layout.comments) <= len(HOSTILE[number])


def spans(term: Term, lists: int = 0) -> list[tuple[int, int]]:
    """The elements of lists, and of lists in them, as the reader sees them."""
    found: list[tuple[int, int]] = []
    if isinstance(term, Tuple | List):
        inner = lists + isinstance(term, List)
        for item in term.items:
            if isinstance(term, List) and item.span and inner <= 2:
                found.append((item.span.start, item.span.end))
            found += spans(item, inner)
    return found


@given(TERM)
def test_parts_are_those_that_the_reader_sees(text: str) -> None:
    read = read_first(Source("x", f"{text}."), 25)
    if isinstance(read, Unreadable) or any(sign in text for sign in "(|#"):
        return
    assert sorted(spans(read)) == [tuple(part) for part in layout_of(f"{text}.").parts]


@given(TERM, st.data())
def test_comments_behind_parts_are_found_and_change_nothing(text: str, data: st.DataObject) -> None:
    plain = f"{text}."
    before = read_first(Source("x", plain), 25)
    if isinstance(before, Unreadable):
        return
    ends = sorted({part.end for part in layout_of(plain).parts})
    chosen = data.draw(st.lists(st.sampled_from(ends), unique=True)) if ends else []
    more = plain
    for end in sorted(chosen, reverse=True):
        more = f"{more[:end]} %% relupc: ignore[A105] \" ' x\n{more[end:]}"
    assert read_first(Source("x", more), 25) == before
    assert len(comments(more)) == len(comments(plain)) + len(chosen)


@given(TERM)
def test_comments_are_found_wherever_the_reader_takes_one(text: str) -> None:
    lines = f"{text}.".replace("\n", " ").replace(",", ", %% relupc: ignore[A1] x\n")
    source = Source("x", lines)
    before, after = read_first(Source("x", f"{text}."), 25), read_first(source, 25)
    if isinstance(before, Unreadable) or isinstance(after, Unreadable) or before != after:
        return  # a comma stood in a string
    assert len(comments(lines)) == lines.count("%% relupc")
