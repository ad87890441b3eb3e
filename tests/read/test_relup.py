from __future__ import annotations

from pathlib import Path

import pytest

from relupc.model.diagnostic import Problems
from relupc.model.layout import flat
from relupc.model.lint import RelupFile
from relupc.read.relup import read_relup
from tests.cases import FIXTURES, Case, compare, told


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def entries(case: Case) -> str:
    """What is read of a relup: a line for each entry, then all that is said."""
    Path("given").write_text(case.given, "utf-8")
    problems = Problems()
    relup = read_relup("given", 25, problems)
    lines = [f"relup of {flat(relup.vsn)}"] if isinstance(relup, RelupFile) else [f"% {relup}"]
    for entry in relup.entries if isinstance(relup, RelupFile) else ():
        script = ", ".join(flat(step.instruction) for step in entry.steps)
        lines.append(f"{entry.direction} {flat(entry.entry.key)}: {script}")
        assert entry.plan == entry.steps
        assert entry.subject().app is None
    return "\n".join([*lines, *map(told, problems.found)])


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "relup" / "read.txt", entries, refresh)


def test_what_a_diagnostic_of_an_entry_is_about() -> None:
    Path("relup").write_text('{"1.4.0", [{"1.3.0", [], []}], [{"1.2.0", [], []}]}.')
    relup = read_relup("relup", 25, Problems())
    assert isinstance(relup, RelupFile)
    up, down = (entry.subject() for entry in relup.entries)
    assert (up.direction, up.old, up.new) == ("up", "1.3.0", "1.4.0")
    assert (down.direction, down.old, down.new) == ("down", "1.4.0", "1.2.0")


def test_what_is_not_there() -> None:
    problems = Problems()
    assert read_relup("relup", 25, problems) is None
    assert [told(d).splitlines()[0] for d in problems.found] == [
        "error T003 unreadable-file at relup: no such file or directory"
    ]


def test_a_text_that_stands_in_for_the_file() -> None:
    texts = {str(Path("relup").resolve()): b'{"2", [], []}.'}
    relup = read_relup("relup", 25, Problems(), texts)
    assert isinstance(relup, RelupFile)
    assert flat(relup.vsn) == '"2"'


@pytest.mark.parametrize("data", [b"\xff\xfe{\x00", b"\x00\x01", b"[" * 100_000, b'{"1", [], []}. \xe4'])
def test_no_text(data: bytes) -> None:
    Path("relup").write_bytes(data)
    problems = Problems()
    assert read_relup("relup", 25, problems) is None
    assert len(problems.found) == 1
