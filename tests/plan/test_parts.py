"""fixtures/plan/repair.txt has the cases; here is what they do not reach."""

from __future__ import annotations

import pytest

from relupc.model.instruction import faults
from relupc.model.source import Source
from relupc.model.term import Term
from relupc.plan.expand import full_form
from relupc.plan.parts import WORDS, part_repair
from relupc.plan.wording import FAULT_LABELS
from relupc.plan.written import Repair
from relupc.read.file import Unreadable
from relupc.read.text import read_first


def repaired(text: str) -> Repair:
    """What is said of the first fault of an instruction."""
    term = read_first(Source("t", text + "."))
    assert not isinstance(term, Unreadable)
    instruction: Term = full_form(term)
    return part_repair(instruction, *faults(instruction)[0])


def written(text: str) -> list[str]:
    fix = repaired(text).fix
    return [new for _, new in fix.edits] if fix else []


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ('{load_module, "a"}', ["a"]),
        ('{load_module, "A"}', ["'Elixir.A'"]),
        ('{load_module, "Elixir.A.B"}', ["'Elixir.A.B'"]),
        ('{load_module, "a-b"}', ["'a-b'"]),
        ('{load_module, <<"">>}', []),
        ("{load_module, <<1, 2>>}", []),
        ("{load_module, 1}", []),
        ('{load_module, "' + "a" * 256 + '"}', []),
        ('{load_module, a, "A b"}', []),
        ("{update, a, soft, soft, brutal_purge, []}", ["soft_purge"]),
        ("{update, a, soft, s, brutal_purge, []}", []),
        ("{update, a, {advanced, 1, 2}, brutal_purge, brutal_purge, []}", []),
        ("{update, a, statik, default, soft, brutal_purge, brutal_purge, []}", ["static"]),
        ("{update, a, static, 0, soft, brutal_purge, brutal_purge, []}", []),
        ("{start, a}", ["[", "]"]),
        ('{load_object_code, {foo, "1", a}}', []),
        ("{load_object_code, {foo, 1.0, [a]}}", []),
        ("{load_object_code, {foo, 'a b', [a]}}", []),
    ],
)
def test_what_is_written(text: str, new: list[str]) -> None:
    assert written(text) == new


def test_what_is_safe() -> None:
    for text, safe in (("{purge, a}", True), ("{stop, a}", False), ('{load_module, "A"}', False)):
        fix = repaired(text).fix
        assert fix
        assert fix.safe == safe


def test_words_are_of_faults() -> None:
    assert set(WORDS) <= set(FAULT_LABELS)
    assert all(f"`{word}`" in FAULT_LABELS[fault] for fault, words in WORDS.items() for word in words)
