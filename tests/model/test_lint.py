from __future__ import annotations

import pytest

from relupc.model.diagnostic import Problems
from relupc.model.lint import Mirror, spelled_version
from relupc.model.source import Source
from relupc.model.term import Atom, Bin, Str, Unknown
from relupc.plan.entry import plan_entry
from relupc.read.appup import appup_from
from relupc.read.text import read_first


def test_versions_in_a_sentence() -> None:
    assert spelled_version(Str("1.0")) == "1.0"
    assert spelled_version(Bin(b"1\\..*")) == '<<"1\\\\..*">>'
    assert spelled_version(Unknown("VSN")) == "VSN"
    assert spelled_version(Atom("a")) == "a"


LOADS = "[{load_module, a, [b]}, {update, b, {advanced, 1}}]"


@pytest.mark.parametrize(
    ("up", "down", "plain"),
    [
        (LOADS, LOADS, True),
        ("[]", "[]", True),
        (LOADS, LOADS.replace(" ", ""), False),
        (LOADS, "[]", False),
        ("[{add_module, a}]", "[{add_module, a}]", False),
        ("[{apply, {m, f, []}}]", "[{apply, {m, f, []}}]", False),
        ("[restart_new_emulator]", "[restart_new_emulator]", False),
    ],
)
def test_plain_mirrors(up: str, down: str, plain: bool) -> None:
    term = read_first(Source("shop.appup", f'{{"2", [{{"1", {up}}}], [{{"1", {down}}}]}}.'), 25)
    appup = appup_from(term, "shop", "shop.appup", Problems())  # type: ignore[arg-type]
    assert appup
    first = plan_entry(appup, appup.up.items[0], "up", None, 25, Problems())
    second = plan_entry(appup, appup.down.items[0], "down", None, 25, Problems())
    assert first
    assert second
    assert Mirror(first, second).plain == plain
