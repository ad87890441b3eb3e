"""Whatever lint finds, a comment where it is found silences it, and is not called unused."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from relupc import cli
from relupc.model.selection import ALWAYS
from tests.test_codes import FOLDERS, command

LINTED = [folder for folder in FOLDERS if command(folder)[0] == "lint" and folder.name[0] != "T"]


def found(argv: list[str]) -> list[dict[str, Any]]:
    out, err = io.StringIO(), io.StringIO()
    cli.main([*argv, "--format", "json"], out, err)
    diagnostics: list[dict[str, Any]] = json.loads(out.getvalue())["diagnostics"]
    return diagnostics


def commented(text: str, diagnostic: dict[str, Any]) -> str:
    """The text with a comment where a diagnostic is; at its top where that is about the file."""
    start, end, code = diagnostic["location"]["start"], diagnostic["location"]["end"], diagnostic["code"]
    if start == end:
        return f"%% relupc: ignore-file[{code}]\n{text}"
    lines = text.split("\n")
    lines[start["line"] - 1] += f"  %% relupc: ignore[{code}]"
    return "\n".join(lines)


def places(diagnostics: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Path]]:
    for diagnostic in diagnostics:
        if diagnostic["location"] and diagnostic["code"] not in ALWAYS and diagnostic["code"][0] != "T":
            file = Path(diagnostic["location"]["path"])
            if file.exists() and file.suffix != ".beam":  # there is no place for a comment in one
                yield diagnostic, file


@pytest.mark.parametrize("folder", LINTED, ids=lambda folder: folder.name)
def test_a_comment_silences_each_finding(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "bad", tmp_path, dirs_exist_ok=True)
    argv = command(folder)
    with contextlib.chdir(tmp_path):
        for diagnostic, file in places(found(argv)):
            before = file.read_text("utf-8")
            file.write_text(commented(before, diagnostic), "utf-8", newline="")
            after = found(argv)
            file.write_text(before, "utf-8", newline="")
            same = [d for d in after if (d["code"], d["message"]) == (diagnostic["code"], diagnostic["message"])]
            assert "comment" in [d["suppressed"] for d in same], diagnostic["message"]
            assert not [d["message"] for d in after if d["code"] in ("T010", "T011")]
