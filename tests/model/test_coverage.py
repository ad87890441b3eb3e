"""Which versions the entries of an appup are for: what leads one way only, what is never used, what falls through."""

from __future__ import annotations

import pytest

from relupc.model.appup import Appup, Entries
from relupc.model.coverage import (
    MAX_PATTERNS,
    gap,
    is_empty,
    keyed,
    languages,
    last_resort,
    one_ways,
    shadowed,
    version_of,
)
from relupc.model.diagnostic import Problems
from relupc.model.layout import flat
from relupc.model.source import Source
from relupc.model.term import List, Str, Tuple, Unknown
from relupc.read.appup import appup_from
from relupc.read.file import Unreadable
from relupc.read.text import read_first


def entries(*keys: str, empty: tuple[int, ...] = ()) -> Entries:
    """Entries with these keys; a key without quotes is a pattern. All have instructions but those in `empty`."""
    written = [key if key.startswith(('"', "'", "{")) else f'<<"{key}">>'.replace("\\", "\\\\") for key in keys]
    scripts = ["[]" if i in empty else f"[{{load_module, m{i}}}]" for i in range(len(keys))]
    pairs = (f"{{{key}, {script}}}" for key, script in zip(written, scripts, strict=True))
    term = read_first(Source("x", f'{{"2", [{", ".join(pairs)}], []}}.'))
    assert not isinstance(term, Unreadable)
    found = appup_from(term, "shop", "x", Problems())
    assert found
    return found.up


def one_way(here: Entries, there: Entries) -> list[tuple[str, str]]:
    return [(way.version, flat(way.key)) for way in one_ways(here, there)]


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (['"1.0"', '"1.1"'], ['"1.1"'], [("1.0", '"1.0"')]),
        (['"1.0"'], [r"1\..*"], []),
        (['"1.0"'], [r"1\.[1-9]"], [("1.0", '"1.0"')]),
        ([r"0\.1\.[0-7]"], [r"0\.1\.0", r"0\.1\.[1-7]"], []),
        ([r"0\.1\.[0-7]"], [r"0\.1\.[1-7]"], [("0.1.0", '"0.1.0"')]),
        ([r"0\.1\.[0-7]"], ['"0.1.5"'], [("0.1.0", '"0.1.0"')]),
        ([r"0\.1\.[0-7]"], ['"0.2.0"'], [("0.1.0", r'<<"0\\.1\\.[0-7]">>')]),
        ([r"1\..*"], [r"1\..*"], []),
        ([r"1\..*"], [r"1\.[0-9]+"], [("1.0.1", '"1.0.1"')]),
        ([r"1\.(2|3)"], ['"1.2"', '"1.3"'], []),
        ([r"1\.0\.[0-9]+"], ["1.0.[0-9]+"], []),
        (["1.0.[0-9]+"], [r"1\.0\.[0-9]+"], []),
        (["1.*"], [r"1\..*"], []),
        ([r"1\.2\..*"], [r"1\.2\.[0-9]+"], []),
        (["1|1\\.0"], ['"1.0"'], [("1", r'<<"1|1\\.0">>')]),
        (["'1.0'", '"1.[0-1]"', "(?=1)1", '"{{vsn}}"'], ['"1"'], []),
        (['"1.0"'], ["(?=1)1\\.0"], []),
        (['"1.0"'], ['"{{vsn}}"'], []),
        (['"1.0"', '"1.0"'], ['"2"'], [("1.0", '"1.0"')]),
        ([".*", '"1.0"'], [r"1\.0"], [("1.0.0", '<<".*">>')]),
    ],
)
def test_what_leads_one_way(here: list[str], there: list[str], expected: list[tuple[str, str]]) -> None:
    assert one_way(entries(*here), entries(*there)) == expected


def test_an_entry_that_does_nothing_is_no_way_back() -> None:
    there = entries('"1.1"', ".*", empty=(1,))
    (way,) = one_ways(entries('"1.0"', '"1.1"'), there)
    assert (way.version, way.instead) == ("1.0", there.items[1])
    assert one_way(entries('"1.0"', empty=(0,)), there) == []
    assert one_way(entries('"1.0"'), entries(".*")) == []


def test_where_something_is_not_known_nothing_leads_one_way() -> None:
    here, there = entries('"1.0"'), entries('"2.0"')
    assert len(one_way(here, there)) == 1
    assert one_way(here, Entries(there.items, Unknown("Rest"), None)) == []
    assert one_way(here, Entries(there.items, None, None, (Unknown("Entries"),))) == []
    assert len(one_way(here, Entries(there.items, None, None, (Tuple(()),)))) == 1


def test_many_patterns_are_not_judged() -> None:
    there = entries(*(rf"9\.{i}" for i in range(MAX_PATTERNS + 1)))
    assert len(languages(there)) == MAX_PATTERNS
    assert one_way(entries('"1.0"'), there) == []


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (['"1.0"', '"1.1"'], []),
        (['"1.0"', '"1.1"', '"1.0"'], [(2, [0])]),
        (['"1.0"', '"1.0"', '"1.0"'], [(1, [0]), (2, [0])]),
        ([r"1\..*", '"1.0"', '"2.0"'], [(1, [0])]),
        (['"1.0"', r"1\..*"], []),
        ([".*", '"1.0"', r"2\..*", "(a|b)+"], [(1, [0]), (2, [0]), (3, [0])]),
        ([r"1\..*", r"1\.[0-9]+"], []),
        ([r"1\..*", r"1\.[0-4]"], [(1, [0])]),
        ([r"1\.[0-4]", r"1\.[3-5]"], []),
        ([r"1\.[0-2]", '"1.3"', r"1\.[0-3]"], [(2, [0, 1])]),
        ([r"1\.[0-2]", r"1\.[0-2]"], [(1, [0])]),
        ([r"1\.4|1\.4\.[0-9]+", '"1.4.2"'], []),
        (["(?=1)1", "(?=1)1", '"1"'], []),
        (["'a'", "'a'"], []),
        ([r"1$\.0", r"1\.0^"], []),
        (["[0-9.]+", '"1.0"', '"1.0-rc1"', r"[0-9]+\.0"], [(1, [0])]),
    ],
)
def test_what_is_never_used(keys: list[str], expected: list[tuple[int, list[int]]]) -> None:
    whole = entries(*keys)
    index = {id(entry): i for i, entry in enumerate(whole.items)}
    assert [(index[id(f.entry)], [index[id(e)] for e in f.earlier]) for f in shadowed(whole)] == expected


def test_which_of_two_keys_is_the_wider() -> None:
    def wider(*keys: str) -> list[bool]:
        return [found.wider for found in shadowed(entries(*keys))]

    assert wider(".*", '"1.0"', r"1\..*") == [True, True]
    assert wider(r"1\.[01]", '"1.0"') == [True]
    assert wider(r"1\.[01]", r"1\.(0|1)") == [False]
    assert wider('"1.0"', r"1\.0") == [False]
    assert wider('"1.0"', '"1.0"') == [False]


def test_the_last_resort() -> None:
    whole = entries('"1.0"', ".*", empty=(1,))
    assert last_resort(whole) == whole.items[1]
    assert last_resort(entries('"1.0"', "[0-9.]+", empty=(0, 1)))
    assert last_resort(entries('"1.0"', ".*")) is None
    assert last_resort(entries('"1.0"', r"1\..*", empty=(0, 1))) is None


@pytest.mark.parametrize(
    ("own", "keys", "expected"),
    [
        ('"1.4.3"', [r"1\.4\.[01]"], "1.4.2"),
        ('"1.4.3"', [r"1\.4\.[0-2]"], None),
        ('"1.4.3"', ['"1.4.0"', '"1.4.2"'], "1.4.1"),
        ('"1.4.3"', ['"1.4.1"', '"1.4.2"'], None),
        ('"1.4.3"', ['"1.3.0"'], "1.4.2"),
        ('"1.4.0"', [], None),
        ('"1.4.51"', [], None),
        ('"1.4.3-rc"', [], None),
        ('"3"', [], None),
        ("vsn", [], None),
    ],
)
def test_versions_without_an_entry_of_their_own(own: str, keys: list[str], expected: str | None) -> None:
    whole = entries(*keys, ".*", empty=(len(keys),))
    vsn = read_first(Source("x", f"{own}."))
    assert not isinstance(vsn, Unreadable)
    appup = Appup("shop", "x", vsn, whole, Entries((), None, None), None)
    assert gap(appup, whole, whole.items[-1]) == expected


def test_small_things() -> None:
    nothing = Entries((), None, None)
    assert is_empty(nothing)
    assert not is_empty(Entries((), Unknown("Up"), None))
    assert not is_empty(Entries((), None, None, (Unknown("Up"),)))
    assert [version_of(Str(text)) for text in ("1.0", "{{vsn}}", "1.*")] == ["1.0", None, None]
    assert version_of(List(())) is None
    appup = Appup("shop", "x", Str("2"), entries('"1"'), entries('"0"'), None)
    assert [(flat(e.key), s.direction, s.old, s.new) for e, s in keyed(appup)] == [
        ('"1"', "up", "1", "2"),
        ('"0"', "down", "2", "0"),
    ]
