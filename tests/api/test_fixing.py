from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from relupc.api import fixing
from relupc.api.fixing import Mended, mend, patch_of
from relupc.api.lint import examine
from relupc.model.codes import A101, T001
from relupc.model.config import Config
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.outcome import Linted, Options
from relupc.model.source import Source, Span
from relupc.read.file import decode

CONFIG = Config(select=("A101", "A103", "A104"))
WRONG = b"""{"1.4.0",
 [{"1.3.0",
   [{update, shop_sup, supervisor, []},   %% children
    {load_modul, shop_price},
    {load_module, shop_cart}]}],
 [{"1.3.0", []}]}.
"""
RIGHT = WRONG.replace(b"supervisor, []", b"supervisor").replace(b"load_modul,", b"load_module,")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def mended(*paths: str, unsafe: bool = False, **options: Any) -> Mended:
    return mend(paths, [], Options(**options), CONFIG, unsafe=unsafe)


def test_what_changes_and_what_is_left() -> None:
    Path("shop.appup").write_bytes(WRONG)
    found = mended("shop.appup")
    assert [tuple(change) for change in found.changes] == [("shop.appup", WRONG, RIGHT)]
    assert found.solved == 2
    assert found.broken is None
    assert found.linted.diagnostics == ()
    assert Path("shop.appup").read_bytes() == WRONG


def test_nothing_to_do() -> None:
    Path("shop.appup").write_bytes(RIGHT)
    found = mended("shop.appup")
    assert found.changes == ()
    assert found.solved == 0
    assert patch_of(found) == b""


def test_unsafe_fixes_are_asked_for() -> None:
    Path("shop.appup").write_bytes(RIGHT.replace(b"{load_module, shop_cart}", b"{load_module, shop_cart, soft_purge}"))
    assert not mended("shop.appup").changes
    (change,) = mended("shop.appup", unsafe=True).changes
    assert b"{load_module, shop_cart, soft_purge, soft_purge, []}" in change.new


def test_one_after_the_other() -> None:
    """A misspelled name hides that the module is there twice."""
    Path("shop.appup").write_bytes(WRONG.replace(b"shop_cart", b"shop_price"))
    found = mended(".")
    (change,) = found.changes
    assert change.new == RIGHT.replace(b"},\n    {load_module, shop_cart}]", b"}]")
    assert found.solved == 3


@pytest.mark.parametrize(
    "text",
    [
        WRONG.replace(b"\n", b"\r\n"),
        WRONG.replace(b"children", "Ünïcödé λ".encode()),
        b"%% coding: latin-1\n" + WRONG.replace(b"children", b"\xe9t\xe9"),
        WRONG + b"\xff\xfe no text, but behind the full stop",
        WRONG.rstrip(b"\n"),
    ],
)
def test_all_else_stays_byte_for_byte(text: bytes) -> None:
    Path("shop.appup").write_bytes(text)
    (change,) = mended("shop.appup").changes
    assert change.new == text.replace(b"supervisor, []", b"supervisor").replace(b"load_modul,", b"load_module,")


def test_what_an_encoding_cannot_say_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"%% coding: latin-1\n{x}.\n"
    Path("shop.appup").write_bytes(text)
    monkeypatch.setattr(fixing, "examine", rewriting("{x}", "λ"))
    assert mended("shop.appup").changes == ()


def test_a_file_that_was_written_meanwhile_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("shop.appup").write_bytes(b"{x}. %% other\n")
    source = Source("shop.appup", "{x}.\n")
    found = A101.at(Span(source, 0, 3), "x", fix=Fix("write", ((Span(source, 0, 3), "{y}"),), safe=True))
    monkeypatch.setattr(fixing, "examine", lambda *_: Linted((found,)))
    assert mended("shop.appup").changes == ()


def rewriting(old: str, new: str) -> Any:
    """A lint with one rule: `old` should be `new`; a text with `!` cannot be read."""

    def said(options: Options) -> Iterator[Diagnostic]:
        data = options.texts.get(os.path.realpath("shop.appup"), Path("shop.appup").read_bytes())
        source = decode(data, "shop.appup")
        at = source.text.find(old)
        span = Span(source, at, at + len(old))
        if "!" in source.text:
            yield T001.at(span, "no term")
        elif at >= 0:
            yield A101.at(span, "x", fix=Fix("write", ((span, new),), safe=True))

    return lambda _paths, _old, options, _config: Linted(tuple(said(options)))


def test_fixes_that_undo_each_other_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("shop.appup").write_bytes(b"a")
    monkeypatch.setattr(fixing, "examine", rewriting("a", "aa"))
    (change,) = mended("shop.appup").changes
    assert change.new == b"a" * 11


def test_a_fix_that_breaks_a_file_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("shop.appup").write_bytes(b"ab")
    monkeypatch.setattr(fixing, "examine", rewriting("a", "!"))
    found = mended("shop.appup")
    assert found.broken
    assert found.broken.code is T001
    assert found.changes == ()


def test_what_could_not_be_read_before_is_no_bug() -> None:
    Path("shop.appup").write_bytes(WRONG)
    Path("other.appup").write_bytes(b"{")
    found = mended(".")
    assert found.broken is None
    assert [change.path for change in found.changes] == ["shop.appup"]


def test_only_what_was_named_or_lies_here_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "there" / "shop.appup"
    other.parent.mkdir()
    other.write_bytes(WRONG)
    assert len(mended(str(other)).changes) == 1
    assert len(mended(str(other.parent)).changes) == 1
    linted = examine([str(other)], [], Options(), CONFIG)
    monkeypatch.setattr(fixing, "examine", lambda *_: linted)
    assert mended(".").changes == ()


def test_of_a_text_from_a_stream_only_that_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("shop.appup").write_bytes(WRONG)
    name = os.path.realpath("src/shop.appup")
    found = mended("-", texts={name: WRONG}, stdin_filename="src/shop.appup")
    assert [(change.path, change.new) for change in found.changes] == [("src/shop.appup", RIGHT)]
    linted = examine(["."], [], Options(), CONFIG)
    monkeypatch.setattr(fixing, "examine", lambda *_: linted)
    assert mended("-", texts={name: WRONG}, stdin_filename="src/shop.appup").changes == ()


def test_the_patch_has_paths_of_the_working_folder() -> None:
    Path("apps").mkdir()
    Path("apps/shop.appup").write_bytes(WRONG)
    Path("cart.appup").write_bytes(WRONG)
    lines = patch_of(mended(os.path.abspath("apps"), ".")).decode().splitlines()
    assert [line for line in lines if line.startswith("+++")] == ["+++ b/apps/shop.appup", "+++ b/cart.appup"]
