"""Proposed entries: the mirror image of an entry, its text, and where it is put."""

from __future__ import annotations

import pytest

from relupc.model.appup import Appup, Entry
from relupc.model.diagnostic import Direction, Problems
from relupc.model.mirror import entry_text, mirrored, proposed
from relupc.model.source import Source
from relupc.model.term import List, Str, Term, Unknown, as_list
from relupc.model.typed import typed
from relupc.read.appup import appup_from
from relupc.read.file import Unreadable
from relupc.read.text import read_first

MIRRORS = {
    "[]": "[]",
    "[{load_module, a}]": "[{load_module, a}]",
    "[{add_module, a}, {load_module, b, [a]}]": "[{load_module, b, [a]}, {delete_module, a}]",
    "[{delete_module, a, [b]}, {load_module, b}]": "[{load_module, b}, {add_module, a, [b]}]",
    "[{update, a, {advanced, []}, [b]}, {update, s, supervisor}]": (
        "[{update, s, supervisor}, {update, a, {advanced, []}, [b]}]"
    ),
    "[{restart_application, shop}]": "[{restart_application, shop}]",
    "[restart_new_emulator]": "[restart_new_emulator]",
    "[{load_module, a}, {apply, {m, f, []}}]": "[{restart_application, shop}]",
    "[{suspend, [a]}]": "[{restart_application, shop}]",
    "[add_module]": "[{restart_application, shop}]",
    "nothing": "[{restart_application, shop}]",
    '"ab"': "[{restart_application, shop}]",
}


def read(text: str) -> Term:
    term = read_first(Source("shop.appup", text + "."))
    assert not isinstance(term, Unreadable), text
    return term


def appup(text: str, app: str = "shop") -> Appup:
    found = appup_from(read(text), app, "shop.appup", Problems())
    assert found
    return found


def fixed(text: str, direction: Direction, before: Entry | None = None) -> tuple[str | None, str | None]:
    """The help, and the text after the fix, when the first entry of the other list is missing."""
    whole = appup(text)
    entry = (whole.down if direction == "up" else whole.up).items[0]
    proposal = proposed(whole, direction, [(entry.key, entry)], before)
    if proposal.fix is None:
        return proposal.help, None
    ((span, new),) = proposal.fix.edits
    return proposal.help, text[: span.start] + new + text[span.end :]


@pytest.mark.parametrize(("script", "expected"), MIRRORS.items())
def test_the_mirror_image(script: str, expected: str) -> None:
    assert mirrored(Entry(Str("1"), read(script)), "shop") == as_list(read(expected))


def test_without_a_name_there_is_nothing_to_restart() -> None:
    assert mirrored(Entry(Str("1"), read("[{apply, {m, f, []}}]")), "") is None
    whole = appup('{"2", [{"1", [{apply, {m, f, []}}]}], []}', "")
    assert proposed(whole, "down", [(Str("1"), whole.up.items[0])]) == (None, None)


def test_what_is_not_known_stays() -> None:
    script = List((Unknown("Loads"),))
    assert mirrored(Entry(Str("1"), script), "shop") == mirrored(Entry(Str("1"), read("[x]")), "shop")


def test_the_text_of_an_entry() -> None:
    short = as_list(read("[{load_module, a}]")) or ()
    assert entry_text(Str("1"), short) == entry_text(Str("1"), short, 3) == '{"1", [{load_module, a}]}'
    long = as_list(read(f"[{{load_module, {'a' * 60}}}, {{load_module, {'b' * 60}}}]")) or ()
    assert "\n" not in entry_text(Str("1"), long)
    assert entry_text(Str("1"), long, 3) == (
        f'{{"1",\n   [{{load_module, {"a" * 60}}},\n    {{load_module, {"b" * 60}}}]}}'
    )
    assert typed(read(entry_text(Str("1"), long, 3))) == entry_text(Str("1"), long)


def test_at_the_end_of_a_list() -> None:
    assert fixed('{"2",\n [{"1", [{add_module, a}]}],\n [{"0", []}]}', "down") == (
        'add `{"1", [{delete_module, a}]}` to the second list',
        '{"2",\n [{"1", [{add_module, a}]}],\n [{"0", []},\n  {"1", [{delete_module, a}]}]}',
    )
    assert fixed('{"2", [], [{"1", []}]}', "up") == (
        'add `{"1", []}` to the first list',
        '{"2", [{"1", []}], [{"1", []}]}',
    )


def test_before_another_entry() -> None:
    text = '{"2",\n [{"1", []}],\n [{<<".*">>, []}]}'
    assert fixed(text, "down", appup(text).down.items[0]) == (
        'add `{"1", []}` before `<<".*">>`',
        '{"2",\n [{"1", []}],\n [{"1", []},\n  {<<".*">>, []}]}',
    )


def test_several_in_an_empty_list() -> None:
    whole = appup('{"2", [{"1", []}, {"0", []}], []}')
    proposal = proposed(whole, "down", [(entry.key, entry) for entry in whole.up.items])
    assert proposal.help == 'add `{"1", []}` to the second list, and so on'
    assert proposal.fix
    ((_, new),) = proposal.fix.edits
    assert read(new) == read('[{"1", []}, {"0", []}]')


def test_a_long_entry_is_not_shown() -> None:
    text = f'{{"2",\n [{{"1", [{", ".join(f"{{load_module, shop_{i}}}" for i in range(9))}]}}],\n []}}'
    advice, after = fixed(text, "down")
    assert advice == 'add `{"1", [...]}` to the second list, with the mirror image of what the first one has'
    assert after
    assert after.count("\n") == 11
    assert read(after)
