from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from relupc.model.codes import A104, A105, A306, T001, T012
from relupc.model.diagnostic import Diagnostic, Subject, ordered
from relupc.model.source import Source, Span
from relupc.read.baseline import read_baseline
from relupc.suppress.baseline import by_baseline, recorded, stale, text_of

TEXT = "[{load_module, cart, [price]},\n {load_module, price, [cart]}]."


def at(text: str, marked: str, module: str, path: str = "a.appup") -> Diagnostic:
    source = Source(path, text)
    start = text.index(marked)
    return A105.at(Span(source, start, start + len(marked)), "here", subject=Subject("shop", module))


def known(diagnostics: Sequence[Diagnostic], *now: Diagnostic) -> list[bool]:
    """Which of the second ones a baseline of the first ones hides."""
    baseline = recorded(ordered(diagnostics), (), lambda path: path)
    return [d.suppressed == "baseline" for d in by_baseline(ordered(now), (), baseline)]


def test_what_is_known_is_hidden() -> None:
    one, other = at(TEXT, "[price]", "cart"), at(TEXT, "[cart]", "price")
    assert known([one], one, other) == [True, False]
    assert known([], one, other) == [False, False]


@given(
    st.lists(st.sampled_from(["\n", "%% c\n", " ", "\t"]), max_size=20).map("".join), st.sampled_from(["\n", " ", ""])
)
def test_moved_lines_keep_it(above: str, between: str) -> None:
    moved = above + TEXT.replace(", ", f",{between}").replace("[price", f"[{between}price")
    marked = f"[{between}price]"
    assert known([at(TEXT, "[price]", "cart")], at(moved, marked, "cart", "moved.appup")) == [True]


def test_twins_are_counted() -> None:
    twin = at(TEXT, "[price]", "cart"), at(TEXT, "[price]", "cart", "b.appup")
    assert known(twin, *twin) == [True, True]
    assert known(twin[:1], *twin) == [True, False]
    assert known(twin, twin[1]) == [True]
    assert len({one.fingerprint for one in recorded(ordered(twin), (), lambda path: path)}) == 2


def test_what_is_silenced_otherwise_is_not_recorded() -> None:
    one = at(TEXT, "[price]", "cart")
    assert recorded([replace(one, suppressed="comment"), replace(one, suppressed="config")], (), str) == []
    assert len(recorded([replace(one, suppressed="baseline")], (), str)) == 1


def test_some_are_never_hidden() -> None:
    firm, free, unread = A104.at(None, "x"), A306.at(None, "x"), T001.at(None, "x")
    whole = [firm, free, unread, T012.at(None, "x")]
    baseline = recorded(whole, {0}, lambda path: path)
    assert [one.code for one in baseline] == ["A306"]
    every = recorded(whole, (), lambda path: path)
    assert [d.suppressed for d in by_baseline(whole[:3], {0}, every)] == [None, "baseline", None]


def test_the_file_is_read_again(tmp_path: Path) -> None:
    entries = recorded(
        [at(TEXT, "[price]", "cart"), at(TEXT, "[cart]", "price", "ü\ud800.appup")], (), lambda path: path
    )
    file = tmp_path / "known.json"
    file.write_text(text_of(entries), "ascii")
    assert read_baseline(str(file)) == tuple(entries)
    document = json.loads(file.read_text())
    assert document["version"] == 1
    assert [one["path"] for one in document["findings"]] == ["a.appup", "ü\ud800.appup"]
    assert file.read_text().count("\n") == 7, "a line for each finding, so that two versions can be merged"
    file.write_text(text_of([]))
    assert read_baseline(str(file)) == ()


def test_what_is_gone_is_said_in_one_note() -> None:
    found = [at(TEXT, "[price]", f"m{n}", f"{n}.appup") for n in range(6)]
    baseline = recorded(found, (), lambda path: path)
    assert stale(baseline, "known.json", found) == []
    [note] = stale(baseline, "known.json", [])
    assert (note.code.code, note.severity, note.place) == ("T012", "note", "known.json")
    names = ", ".join(f"A105 in {n}.appup" for n in range(4))
    assert note.label == f"6 findings do not occur any more: {names} and 2 more"
    [note] = stale(baseline, "known.json", found[:5])
    assert note.label == "1 finding does not occur any more: A105 in 5.appup"
