from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from relupc.beam import read_beam_file
from relupc.compare import diff_app
from relupc.model.beam import Beam

HEY = Path(__file__).parent.parent / "fixtures" / "hey" / "erlang"


def modules(folder: Path) -> list[Beam]:
    found = [read_beam_file(str(path)) for path in sorted(folder.glob("*.beam"))]
    assert all(isinstance(beam, Beam) for beam in found)
    return [beam for beam in found if isinstance(beam, Beam)]


def kinds(old: list[Beam], new: list[Beam]) -> dict[str, str]:
    return {change.module: change.kind for change in diff_app("hey", old, new).changes}


def test_what_changed() -> None:
    old, new = (modules(HEY / version / "hey" / "ebin") for version in ("0.0.1", "0.0.2"))
    found = kinds(old[1:], new[:-1])
    assert found == {
        "hey_app": "added",
        "hey_case": "changed",
        "hey_log": "same",
        "hey_page": "same",
        "hey_server": "same",
        "hey_side_sup": "same",
        "hey_sup": "same",
        "hey_words": "removed",
    }
    assert list(found) == sorted(found)
    assert [change.module for change in diff_app("hey", old, new).of_kind("changed")] == ["hey_case", "hey_words"]


@pytest.mark.usefixtures("erl")
@pytest.mark.parametrize("options", [["+debug_info"], ["-DUNUSED"], ["+strip"]])
def test_other_paths_and_debug_settings_are_no_change(options: list[str], tmp_path: Path) -> None:
    source = tmp_path / "elsewhere"
    shutil.copytree(HEY / "0.0.2" / "hey" / "src", source)
    for file in source.glob("*.erl"):
        file.write_text("% another first line\n" + file.read_text())
        subprocess.run(["erlc", *options, "-o", str(tmp_path), str(file)], check=True)
    assert set(kinds(modules(HEY / "0.0.2" / "hey" / "ebin"), modules(tmp_path)).values()) == {"same"}
