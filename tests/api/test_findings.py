from __future__ import annotations

from pathlib import Path

import pytest

from relupc.api.findings import once, ruled, surest
from relupc.api.lint import examine
from relupc.model.codes import A004, A102, A105, A301, A502, A503, A603
from relupc.model.config import Config
from relupc.model.diagnostic import Subject
from relupc.model.outcome import Options
from relupc.model.source import Source, Span
from tests.shop import APPUP, PATH, shop


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_same_of_the_same_place_counts_once() -> None:
    """Two readings of one file are two sources; directions stay apart, for those who read JSON."""
    one, again = (Span(Source("a", "abc"), 0, 1) for _ in range(2))
    up, down = Subject(direction="up"), Subject(direction="down")
    said = [
        A102.at(one, "x", subject=up),
        A102.at(again, "x", subject=up),
        A102.at(one, "x", subject=down),
        A102.at(one, "y", subject=up),
        A105.at(one, "x", subject=up),
        A102.at(None, "x", path="a", subject=up),
        A102.at(None, "x", path="a", subject=up),
    ]
    assert once(said) == [said[0], said[2], said[3], said[4], said[5]]


def test_a_pass_is_heard_before_a_rule() -> None:
    """The modules of an appup are looked up by the plan, and by a rule for those who have the .app file only."""
    shop(Path(), appup='{"2", [{"1", [{load_module, shop_tax}]}], [{"1", []}]}.')
    alone = examine([APPUP], [], Options(), Config())
    both = examine(["new.rel"], ["old.rel"], Options([PATH], isolated=True), Config())
    for found in (alone, both):
        (only,) = (d for d in found.diagnostics if d.code is A102)
        assert only.severity == "error"
    assert "release shop 2.0" in only.label


def test_a_missing_way_back_is_said_once() -> None:
    """The pass marks the list that lacks an entry, the rule the entry that leads up: the pass shows that too."""
    shop(Path(), appup='{"2", [{"1", [{load_module, shop_cart}]}], [{"0", []}]}.')
    alone = examine([APPUP], [], Options(), Config())
    both = examine(["new.rel"], ["old.rel"], Options([PATH], isolated=True), Config())
    labels = [[d.label for d in found.diagnostics if d.code is A004] for found in (alone, both)]
    assert labels == [["upgrade from 1, but no entry leads back to it"], ["no entry leads back to 1"]]


def test_a_note_gives_way_to_what_the_code_shows() -> None:
    """With the text alone it may be so; a build shows that it is. Elsewhere, and of other rules, the notes stay."""
    one, other = (Span(Source("a", "abc"), at, at + 1) for at in range(2))
    up, down = Subject(direction="up"), Subject(direction="down")
    worse = A502.at(one, "y", subject=up, severity="warning")
    stay = [
        A502.at(other, "x", subject=up),
        A502.at(one, "x", subject=down),
        A503.at(one, "x", subject=up),
        A502.at(None, "x", path="a", subject=up),
        worse,
    ]
    assert surest([A502.at(one, "x", subject=up), *stay]) == stay


def test_a_note_stays_beside_what_the_same_rule_says_of_another_module() -> None:
    at = Span(Source("a", "abc"), 0, 1)
    said = [A301.at(at, "x", severity="note"), A301.at(at, "y"), A603.at(at, "x", severity="note"), A603.at(at, "y")]
    assert surest(said) == said


def test_rules_that_are_not_asked_for_are_silent() -> None:
    assert ruled([object()], set(), {}, []) == []


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ('{VSN, [{"1", [{load_module, "cart"}]}], [{"1", [{load_module, cart}]}]}.', True),
        ('Load = [{load_module, "cart"}], {VSN, [{"1", Load}], [{"1", Load}]}.', False),
        ('{VSN, [{"1", [] ++ [{load_module, "cart"}]}], [{"1", [{load_module, cart}]}]}.', False),
    ],
)
def test_no_fix_where_code_has_moved_values(text: str, fixed: bool) -> None:
    """What is written once may be used twice."""
    Path("shop.appup.src").write_text(text)
    found = [d for d in examine(["shop.appup.src"], [], Options(), Config()).diagnostics if d.code.code == "A101"]
    assert found
    assert [bool(d.fix) for d in found] == [fixed] * len(found)
