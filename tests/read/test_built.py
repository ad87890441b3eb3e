from __future__ import annotations

from pathlib import Path

import pytest

from relupc.model.diagnostic import Diagnostic
from relupc.model.source import Source
from relupc.read.built import built_differs
from relupc.read.file import read_source

SOURCE = '{VSN, [{"1.3.0", [{load_module, cart}, {load_module, tax}]}], []}.'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("src").mkdir()
    Path("ebin").mkdir()


def differs(built: str, source: str = SOURCE, path: str = "src/shop.appup.src") -> list[Diagnostic]:
    Path("ebin/shop.appup").write_text(built)
    Path(path).write_text(source)
    read = read_source(path)
    assert isinstance(read, Source)
    return built_differs(read, "shop", 25)


def marked(found: list[Diagnostic]) -> tuple[str, str]:
    [diagnostic] = found
    assert diagnostic.span
    return diagnostic.span.text, diagnostic.labels[0].span.text


def test_the_same() -> None:
    assert differs('{"1.4.0",[{"1.3.0",[{load_module,cart},{load_module,tax}]}],[]}.') == []
    assert differs('{"1",[],[]}.', '{"{{vsn}}", [], []}.') == []
    assert differs('{"1",[],[]}.', "Up = [] ++ [], {VSN, Up, []}.") == []


@pytest.mark.parametrize(
    ("built", "ours", "theirs"),
    [
        ('{"1.4.0",[{"1.3.0",[{load_module,cart},{load_module,price}]}],[]}.', "tax", "price"),
        ('{"1.4.0",[{"1.3.0",[{load_module,tax}]}],[]}.', "{load_module, cart}", "{load_module,tax}"),
        (
            '{"1.4.0",[{"1.3.0",[{load_module,cart}]}],[]}.',
            "[{load_module, cart}, {load_module, tax}]",
            "[{load_module,cart}]",
        ),
        ('{"1.4.0",[],[]}.', '[{"1.3.0", [{load_module, cart}, {load_module, tax}]}]', "[]"),
    ],
)
def test_the_first_difference(built: str, ours: str, theirs: str) -> None:
    assert marked(differs(built)) == (ours, theirs)


def test_the_version_is_that_of_the_built_application() -> None:
    Path("ebin/shop.app").write_text('{application, shop, [{vsn, "1.4.1"}]}.')
    assert marked(differs('{"1.4.0",[{"1.3.0",[{load_module,cart},{load_module,tax}]}],[]}.')) == ("VSN", '"1.4.0"')


@pytest.mark.parametrize("built", ["{a", "", "{x. y"])
def test_a_built_file_that_cannot_be_read(built: str) -> None:
    assert differs(built) == []


@pytest.mark.parametrize("source", ["{VSN, f(), []}.", "{VSN, [], Down}.", '{"{{other}}", [], []}.', "{VSN"])
def test_a_source_that_is_not_all_known(source: str) -> None:
    assert differs('{"1.4.0",[a],[]}.', source) == []


def test_another_folder_and_nothing_built() -> None:
    Path("lib").mkdir()
    built = '{"1.4.0",[],[]}.'
    assert differs(built, path="lib/shop.appup.src") == []
    assert differs(built)
    Path("ebin/shop.appup").unlink()
    assert built_differs(Source("src/shop.appup.src", SOURCE), "shop", 25) == []
