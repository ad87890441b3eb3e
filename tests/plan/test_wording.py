from __future__ import annotations

import pytest

from relupc.model.instruction import BARE, SHAPES, faults
from relupc.model.source import Source
from relupc.model.term import Term
from relupc.plan.expand import full_form
from relupc.plan.wording import FORMS, bad_instruction_help
from relupc.read.file import Unreadable
from relupc.read.text import read_first


def term(text: str) -> Term:
    found = read_first(Source("t", text + "."))
    assert not isinstance(found, Unreadable)
    return found


def advice(text: str) -> str:
    """The help for the first fault of an instruction."""
    instruction = full_form(term(text))
    fault, _ = faults(instruction)[0]
    return bad_instruction_help(instruction, fault)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("update", "write `{update, Module}` or `{update, Module, supervisor}` or `{update, Module, Change}`"),
        ("{completely, different}", "write an instruction of OTP's appup or relup manual"),
        ("{}", "write an instruction of OTP's appup or relup manual"),
        ("1", "write an instruction of OTP's appup or relup manual"),
        ("{load_module, a, [98]}", "write `{load_module, Module, PrePurge, PostPurge, DepMods}`"),
        ("{remove_application, 1}", "write `{remove_application, Application}`"),
        ("mnesia_backup", "delete it"),
        ("{suspend, 1}", "write `{suspend, [Module | {Module, Timeout}]}`"),
        ("{sync_nodes, a, 1}", "write `{sync_nodes, Id, [Node]}` or `{sync_nodes, Id, {M, F, A}}`"),
    ],
)
def test_help(written: str, expected: str) -> None:
    assert advice(written) == expected


def test_every_instruction_has_forms() -> None:
    assert set(FORMS) == {name for name, _ in SHAPES}


@pytest.mark.parametrize("name", sorted({name for name, _ in SHAPES}))
def test_every_form_that_is_shown_is_a_form(name: str) -> None:
    """What people are told to write has a shape, or is short for one."""
    for form in FORMS[name]:
        places = {"Module": "m", "Change": "soft", "Application": "a", "Type": "load", "Node": "n", "Mode": "up"}
        lists = {
            "DepMods": "[]",
            "Timeout": "5",
            "ModType": "static",
            "PrePurge": "soft_purge",
            "PostPurge": "soft_purge",
        }
        others = {"Vsn": '"1"', "Extra": "[]", "Id": "1", "M": "m", "F": "f", "A": "[]"}
        text = form.replace("[m | {m, 5}]", "[m]").replace(
            "[Module | {Module, Timeout}]", "[Module, {Module, Timeout}]"
        )
        for word, value in sorted({**places, **lists, **others}.items(), key=lambda item: -len(item[0])):
            text = text.replace(word, value)
        assert list(faults(full_form(term(text)))) == [], text


def test_bare_words_are_no_tuples() -> None:
    assert BARE.isdisjoint(FORMS)
