from __future__ import annotations

from pathlib import Path

import pytest

from relupc.model.build import Release
from relupc.model.diagnostic import Diagnostic, Problems
from relupc.model.files import Files
from relupc.model.layout import flat
from relupc.model.lint import ReleaseFolder, RelupFile
from relupc.model.term import Term
from relupc.read.release_folder import read_release_folder


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("releases/1.4.0").mkdir(parents=True)


def folder(*, said: tuple[str, ...] = (), **files: str) -> ReleaseFolder:
    for name, text in files.items():
        Path("releases/1.4.0", name.replace("_", ".")).write_text(text)
    problems = Problems()
    found = read_release_folder(Release("shop", "1.4.0", "", "releases/1.4.0/shop.rel", ()), 25, problems)
    assert tuple(d.code.code for d in problems.found) == said
    return found


def test_nothing_has_to_be_there() -> None:
    assert folder() == ReleaseFolder(folder().release)


def test_all_of_it() -> None:
    found = folder(sys_config="[]. % nothing", vm_args="-heart", runtime_exs="", relup='{"1.4.0", [], []}.')
    assert isinstance(found.sys_config, Term)
    assert flat(found.sys_config) == "[]"
    assert found.vm_args is not None
    assert found.vm_args.text == "-heart"
    assert found.runtime_exs == "releases/1.4.0/runtime.exs"
    assert isinstance(found.relup, RelupFile)
    assert found.relup.path == "releases/1.4.0/relup"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("", "no term in this file"),
        ("% nothing", "no term in this file"),
        ("[]. []. []", "no full stop after this"),
        ("[]. [].", "a second term, but only one is allowed"),
        ("[{shop, [{pid, <0.1.0>}]}].", "expected a term before this"),
    ],
)
def test_a_configuration_that_counts_as_empty(text: str, label: str) -> None:
    config = folder(sys_config=text).sys_config
    assert isinstance(config, Diagnostic)
    assert config.label == label


def test_a_configuration_that_only_relupc_does_not_read() -> None:
    with open("releases/1.4.0/sys.config", "wb") as file:
        file.truncate(1 << 30)
    assert folder(said=("T007",)).sys_config is None


def test_a_relup_that_is_none() -> None:
    for text, code in (("", "R122"), ("{", "T001"), ("#{a => 1}.", "T005")):
        relup = folder(relup=text, said=(code,)).relup
        assert isinstance(relup, Diagnostic)
        assert relup.code.code == code


def test_folders_of_these_names_are_no_files() -> None:
    for name in ("sys.config", "vm.args", "runtime.exs", "relup"):
        Path("releases/1.4.0", name).mkdir()
    assert folder() == ReleaseFolder(folder().release)


def test_texts_that_stand_in_for_files() -> None:
    texts = {str(Path("releases/1.4.0/relup").resolve()): b'{"2", [], []}.'}
    Path("releases/1.4.0/relup").write_text("")
    release = Release("shop", "1.4.0", "", "releases/1.4.0/shop.rel", ())
    found = read_release_folder(release, 25, Problems(), Files(texts))
    assert isinstance(found.relup, RelupFile)
