"""What A003 to A009 say of small appups, and that OTP's own search agrees with what they claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from relupc import rules
from relupc.model.appup import Appup, Entries
from relupc.model.diagnostic import Problems
from relupc.model.source import Source
from relupc.model.term import Bin, List, Term, as_string
from relupc.read.appup import appup_from
from relupc.read.file import Unreadable
from relupc.read.script import read_script
from relupc.read.text import read_first
from tests.model.test_pattern import answers

CODES = frozenset({"A003", "A004", "A005", "A006", "A007", "A008", "A009"})
FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "codes"
NO_ENTRY = "this is no entry: an entry is a version and its instructions"


def appup(text: str) -> Appup:
    term = read_first(Source("shop.appup", text))
    assert not isinstance(term, Unreadable), text
    found = appup_from(term, "shop", "shop.appup", Problems())
    assert found
    return found


def said(whole: Appup) -> list[tuple[str, str, str]]:
    """What the rules say, from the front: severity and code, what is marked, the label."""
    found = sorted(rules.run([whole], CODES, {}), key=lambda d: (d.span.start if d.span else 0, d.code.code))
    return [(f"{d.severity} {d.code.code}", d.span.text if d.span else "", d.label) for d in found]


def both(entries: str) -> str:
    return f'{{"1.4.3", [{entries}], [{entries}]}}.'


SILENT = [
    '{"1.4.3", [], []}.',
    both('{"1.4.2", [a]}'),
    both('{"1.4.1", []}'),
    both(r'{<<"1\\.4\\.[0-2]">>, [a]}'),
    both('{<<".*">>, [restart_new_emulator]}'),
    both(r'{<<"1\\.4\\..*">>, []}'),
    both(r'{<<"^1\\.4\\.0(?:\\.[0-9]+)*$">>, [a]}, {<<"1\\.[23]\\..*">>, [b]}'),
    both(r'{<<"4\\.2[0-9].*">>, [a]}, {<<"4\\.1[0-9].*">>, [b]}'),
    both(r'{<<"2\\.0\\.[0-9]+.*">>, [a]}'),
    both('{"{{vsn}}", [a]}, {"%OLD%", [b]}'),
    both(r'{"1.4.2+b7", [a]}, {<<"1\\.4\\.1\\+b7">>, [b]}'),
    r'{"1.4.3", [{<<"1\\.4\\.[0-2]">>, [a]}], [{<<"1\\.4\\.0">>, [a]}, {<<"1\\.4\\.[12]">>, [a]}]}.',
]
SAID = {
    '{"1.4.3", [{"1.4.2", [a]}, {"1.4.1", [b]}], []}.': [
        ("warning A004", "[]", "no entry leads back to any version"),
    ],
    '{"1.4.3", [], [{"1.4.2", [a]}, {"1.4.1", [b]}]}.': [
        ("error A003", "[]", "no entry leads from any version"),
    ],
    '{"1.4.2", [{"1.4.1", [a]}, {<<".*">>, []}], [{"1.41", [a]}, {<<".*">>, []}]}.': [
        ("warning A004", '"1.4.1"', "upgrade from 1.4.1, but the way back does nothing"),
        ("warning A006", '<<".*">>', "any version without an entry of its own gets here, and nothing is done"),
        ("warning A003", '"1.41"', "downgrade to 1.41, but the upgrade from it does nothing"),
    ],
    '{"1.4.3", [{<<".*">>, [a]}], [{"1.0.0", [a]}]}.': [
        ("warning A004", '<<".*">>', "upgrade from 0.1.2, but no entry leads back to it"),
    ],
    '{"1.4.3", [{<<".+">>, []}], [{"1.4.2", [a]}]}.': [
        (
            "warning A006",
            '<<".+">>',
            "1.4.2 gets here, as does any version without an entry of its own, and nothing is done",
        ),
        ("warning A003", '"1.4.2"', "downgrade to 1.4.2, but the upgrade from it does nothing"),
    ],
    both('{<<".*">>, []}'): [
        ("note A006", '<<".*">>', "whatever the version, nothing is done"),
    ],
    both(r'{<<"1$\\.4">>, [a]}'): [
        ("error A005", r'<<"1$\\.4">>', "this matches no version"),
    ]
    * 2,
    both('{<<"">>, [a]}'): [
        ("warning A005", '<<"">>', "this matches only an empty version"),
    ]
    * 2,
    both(r'{<<"1\\.4\\..*?">>, [a]}'): [
        ("error A005", r'<<"1\\.4\\..*?">>', "finds only 1.4. in 1.4.0, so 1.4.0 does not match"),
    ]
    * 2,
    both('{"1.4.2", [a]}, {"1.4.2", [b]}'): [
        ("warning A007", '"1.4.2"', 'never used: `"1.4.2"` comes first'),
    ]
    * 2,
    both(r'{"1.4.1", [a]}, {"1.4.2", [a]}, {<<"1\\.4\\.[12]">>, [a]}'): [
        ("warning A007", r'<<"1\\.4\\.[12]">>', "never used: others come first and match all of it"),
    ]
    * 2,
    '{"1.4.3", [{"1.4.2", [a], []}, x], [[]]}.': [
        ("error A008", '{"1.4.2", [a], []}', NO_ENTRY),
        ("error A008", "x", NO_ENTRY),
        ("error A008", "[]", NO_ENTRY),
    ],
    '{"1.4.3", "ab", []}.': [
        ("error A008", '"ab"', NO_ENTRY),
    ],
    both(r'{<<"(?=1)1\\..*">>, [a]}, {"1.0", [b]}'): [
        ("note A009", r'<<"(?=1)1\\..*">>', "cannot tell what this matches: lookaround"),
    ]
    * 2,
}


@pytest.mark.parametrize("text", SILENT)
def test_nothing_to_say(text: str) -> None:
    assert said(appup(text)) == []


@pytest.mark.parametrize(("text", "expected"), SAID.items())
def test_what_is_said(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(appup(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        '{VSN, New, [{"1.0", [a]}]}.',
        'Rest = f(), {VSN, [{"1.0", [a]} | Rest], [{"0.9", [b]} | Rest]}.',
        "{VSN, [{OLD, [a]}], [{OLDER, [b]}]}.",
        '{VSN, [{OLD, [a]}, {"1.0", [b]}], [{OLD, [a]}]}.',
    ],
)
def test_what_only_the_build_knows_is_let_through(text: str) -> None:
    script = read_script(Source("shop.appup.src", text), 25)
    assert not isinstance(script, Unreadable)
    found = appup_from(script.term, "shop", "shop.appup.src", Problems())
    assert found
    assert said(found) == []


def appups(code: str, which: str) -> list[Appup]:
    """The appups in the fixture of a code."""
    return [appup(file.read_text("utf-8")) for file in sorted((FIXTURES / code / which).glob("*.appup"))]


def keys(entries: Entries) -> list[Term]:
    return [entry.key for entry in entries.items]


def found_by_otp(escript: str, searches: list[tuple[Entries, str]]) -> list[int | str | None]:
    """Which entry OTP takes for each version: its number; None if there is none, `badarg` if it crashes first."""
    asked = [(key.data, v) for entries, v in searches for key in keys(entries) if isinstance(key, Bin)]
    said = iter(answers(escript, asked)[1])
    found: list[int | str | None] = []
    for entries, version in searches:
        taken = [
            next(said) if isinstance(key, Bin) else str(as_string(key) == version).lower() for key in keys(entries)
        ]
        decided = (answer if answer == "badarg" else i for i, answer in enumerate(taken) if answer != "false")
        found.append(next(decided, None))
    return found


def claims(whole: Appup, code: str) -> Iterator[tuple[str, int, str]]:
    """Of each label of a code that names a version: the list and the number of the entry, and the version."""
    for d in rules.run([whole], [code], {}):
        here = {"A003": "down", "A004": "up"}.get(code, d.subject.direction or "up")
        place = [entry.key.span for entry in getattr(whole, here).items].index(d.span)
        for version in re.findall(r"(?<![\w\\.])[0-9]+(?:[x.][0-9]+)+(?:\+b7)?(?![\w.\\])", d.label)[-1:]:
            yield here, place, version


@pytest.mark.parametrize("code", ["A003", "A004", "A005", "A006"])
def test_otp_agrees_with_the_labels(erl: str, code: str) -> None:
    """What labels of the fixtures say of a version is what OTP's search does with it, and no longer after the fix."""
    checked = 0
    for bad, fixed in zip(appups(code, "bad"), appups(code, "fixed"), strict=True):
        for way, place, version in claims(bad, code):
            for whole in (bad, fixed):
                here, there = (whole.up, whole.down) if way == "up" else (whole.down, whole.up)
                ours, other = found_by_otp(erl, [(here, version), (there, version)])
                does_something = isinstance(other, int) and there.items[other].script != List(())
                checked += 1
                if code in ("A003", "A004"):
                    assert ours == place
                    assert does_something == (whole is fixed)
                else:
                    assert (ours == place) == ((code == "A005") == (whole is fixed))
    assert checked > 1


def test_otp_agrees_on_what_is_never_used(erl: str) -> None:
    bad = appups("A007", "bad")[0]
    fixed = appups("A007", "fixed")[0]
    searches = [(bad.up, "1.3.0"), (bad.down, "1.2.0"), (bad.down, "1.2.1"), (fixed.up, "1.3.0"), (fixed.up, "1.2.0")]
    assert found_by_otp(erl, searches) == [0, 1, 1, 0, 1]


def test_otp_agrees_on_what_is_no_key(erl: str) -> None:
    bad = appups("A008", "bad")[0]
    fixed = appups("A008", "fixed")[0]
    versions = ["1.3.1", "1.2.0", "1.1.8", "1.1.10"]
    for entries, expected in ((bad.up, ["badarg"] * 4), (fixed.up, [0, 1, 2, 2])):
        assert found_by_otp(erl, [(entries, version) for version in versions]) == expected
