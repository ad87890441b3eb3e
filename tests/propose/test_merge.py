from __future__ import annotations

import pytest

from relupc.fix import Edit, edited
from relupc.model.appup import Appup
from relupc.model.diagnostic import Problems
from relupc.model.proposal import ProposedAppup, ProposedEntry, Suggestion
from relupc.model.source import Source
from relupc.model.term import Term, Tuple
from relupc.propose.merge import UnclearError, additions
from relupc.read.appup import appup_from
from relupc.read.script import Script, read_script
from relupc.read.text import read_text


def instruction(text: str) -> Term:
    term = read_text(text, "x")
    assert isinstance(term, Tuple)
    return term


def way(*texts: str) -> tuple[Suggestion, ...]:
    """Instructions; one below `%why` is a guess."""
    parts = [text.rpartition("\n") for text in texts]
    return tuple(Suggestion(instruction(text), why[1:], "guess" if why else "sure") for why, _, text in parts)


def appup_of(text: str) -> Appup:
    script = read_script(Source("shop.appup.src", text), 25, None)
    assert isinstance(script, Script)
    problems = Problems()
    appup = appup_from(script.term, "shop", "shop.appup.src", problems)
    assert appup is not None
    assert not problems.found
    return appup


def merged(text: str, up: tuple[Suggestion, ...], down: tuple[Suggestion, ...] = (), old: str = "1.3.0") -> str:
    proposed = ProposedAppup("shop", "1.4.0", (ProposedEntry(old, up, down),))
    edits = [Edit(span.start, span.end, new) for span, new in additions(appup_of(text), proposed)]
    after = edited(text, sorted(edits))
    assert not additions(appup_of(after), proposed), "what was added is there"
    return after


CART, TAX = "{load_module, shop_cart}", "{load_module, shop_tax}"


def test_a_forgotten_module_is_put_behind_the_one_that_it_follows() -> None:
    text = (
        '{"1.4.0",\n [{"1.3.0",\n   [{load_module, shop_cart}, % by hand\n'
        '    {load_module, shop_vat}]}],\n [{"1.3.0", []}]}.\n'
    )
    assert merged(text, way(CART, TAX)) == (
        '{"1.4.0",\n [{"1.3.0",\n   [{load_module, shop_cart}, % by hand\n    {load_module, shop_tax},\n'
        '    {load_module, shop_vat}]}],\n [{"1.3.0", []}]}.\n'
    )


@pytest.mark.parametrize(
    ("script", "after"),
    [
        ("[]", "[{load_module, shop_cart},\n    {load_module, shop_tax}]"),
        ("[{load_module, shop_tax}]", "[{load_module, shop_cart},\n    {load_module, shop_tax}]"),
        (
            "[ % ours\n     {load_module, shop_tax}]",
            "[ % ours\n     {load_module, shop_cart},\n     {load_module, shop_tax}]",
        ),
        (
            "[{load_module, shop_cart} % ours\n   ]",
            "[{load_module, shop_cart}, % ours\n    {load_module, shop_tax}\n   ]",
        ),
        ("[{load_module, shop_cart}]", "[{load_module, shop_cart},\n    {load_module, shop_tax}]"),
        (
            "[{update, shop_cart, {advanced, []}}]",
            "[{update, shop_cart, {advanced, []}},\n    {load_module, shop_tax}]",
        ),
        ("[{restart_application, shop}]", "[{restart_application, shop}]"),
        ("[restart_emulator]", "[restart_emulator]"),
        (
            "[{suspend, [shop_cart]}, {load, {shop_cart, brutal_purge, brutal_purge}}, {resume, [shop_cart]}]",
            "[{suspend, [shop_cart]}, {load, {shop_cart, brutal_purge, brutal_purge}}, {resume, [shop_cart]},\n"
            "    {load_module, shop_tax}]",
        ),
    ],
)
def test_what_stands_there_stays(script: str, after: str) -> None:
    text = '{{"1.4.0",\n [{{"1.3.0",\n   {}}}],\n [{{"1.3.0", []}}]}}.\n'
    assert merged(text.format(script), way(CART, TAX)) == text.format(after)


def test_a_guess_has_its_reason_above_it() -> None:
    text = '{"1.4.0", [{"1.3.0", [{load_module, shop_cart}]}], [{"1.3.0", []}]}.\n'
    found = merged(text, way(CART, "%its state is not known\n{update, shop_stock}"))
    assert found == (
        '{"1.4.0", [{"1.3.0", [{load_module, shop_cart},\n'
        "                      %% guess: its state is not known\n"
        '                      {update, shop_stock}]}], [{"1.3.0", []}]}.\n'
    )


def test_a_version_without_an_entry_gets_one_in_front() -> None:
    text = '{"1.4.0",\n [{"1.2.0", []}],\n []}.\n'
    assert merged(text, way(CART, TAX), way(CART)) == (
        '{"1.4.0",\n [{"1.3.0",\n   [{load_module, shop_cart},\n    {load_module, shop_tax}]},\n'
        '  {"1.2.0", []}],\n [{"1.3.0",\n   [{load_module, shop_cart}]}]}.\n'
    )


def test_comments_stay_where_they_are() -> None:
    text = '{"1.4.0",\n [\n  %% the first one\n  {"1.2.0", []}\n ],\n [ %% no way back\n ]}.\n'
    assert merged(text, (), ()) == (
        '{"1.4.0",\n [\n  {"1.3.0", []},\n  %% the first one\n  {"1.2.0", []}\n ],\n'
        ' [{"1.3.0", []} %% no way back\n ]}.\n'
    )


def test_the_first_entry_may_stand_behind_a_blank() -> None:
    text = '{"1.4.0", [ {"1.2.0", []}], [ ]}.\n'
    after = '{"1.4.0", [ {"1.3.0", []},\n            {"1.2.0", []}], [{"1.3.0", []} ]}.\n'
    assert merged(text, (), ()) == after


def test_what_is_repeated_is_as_it_was() -> None:
    """A string may have more than one line, and blanks at their beginnings count."""
    call = '{apply, {shop, say, ["one\ntwo", % both\n   three]}}'
    text = f'{{"1.4.0",\n [{{<<".*">>, [{call}]}}],\n [{{"1.3.0", []}}]}}.\n'
    assert merged(text, way(CART)) == text.replace(
        " [{<<", f' [{{"1.3.0",\n   [{{load_module, shop_cart}},\n    {call}]}},\n  {{<<'
    )


def test_what_a_pattern_says_is_repeated_for_the_version_alone() -> None:
    text = '{"1.4.0",\n [{<<"1\\\\..*">>, [{load_module, shop_cart}]}],\n [{<<".*">>, []}]}.\n'
    assert merged(text, way(CART, TAX)) == (
        '{"1.4.0",\n [{"1.3.0",\n   [{load_module, shop_cart},\n    {load_module, shop_tax}]},\n'
        '  {<<"1\\\\..*">>, [{load_module, shop_cart}]}],\n [{<<".*">>, []}]}.\n'
    )


def test_a_restart_is_proposed_only_where_nobody_wrote_anything() -> None:
    restart = "{restart_application, shop}"
    text = '{"1.4.0",\n [{"1.3.0",\n   [{load_module, shop_cart}]}],\n [{"1.3.0",\n   []}]}.\n'
    assert merged(text, way(restart), way(restart)) == text.replace("   []", "   [{restart_application, shop}]")


def test_the_version_is_raised_where_it_is_written_out() -> None:
    assert merged('{"1.3.5", [{"1.3.0", []}], [{"1.3.0", []}]}.\n', ()).startswith('{"1.4.0", ')
    for stays in ("VSN", '"%VSN%"', '"{{vsn}}"', '"${VSN}"'):
        text = f'{{{stays}, [{{"1.3.0", []}}], [{{"1.3.0", []}}]}}.\n'
        assert merged(text, ()) == text


@pytest.mark.parametrize(
    "text",
    [
        '{"1.4.0", [{"1.3.0", [{load_module, M}]}], []}.\n',
        '{"1.4.0", [{FROM, []}], []}.\n',
        '{"1.4.0", [{"1.3.0", nothing}], []}.\n',
        '{"1.4.0", [{"1.3.0", []} | x], []}.\n',
        '{"1.4.0", none, []}.\n',
    ],
)
def test_nothing_is_added_beside_what_is_not_known(text: str) -> None:
    with pytest.raises(UnclearError):
        additions(appup_of(text), ProposedAppup("shop", "1.4.0", (ProposedEntry("1.3.0", way(CART), ()),)))
