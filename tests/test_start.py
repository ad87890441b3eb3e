"""What small commands import: nothing that they do not need slips in. `--refresh` writes fixtures/start anew."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures" / "start"
APPUP = "fixtures/demo/lib/shop-1.4.0/ebin/shop.appup"
COMMANDS = {
    "import": "import relupc",
    "version": "from relupc.cli import main; main(['--version'], sys.stderr, sys.stderr)",
    "lint": f"from relupc.cli import main; main(['lint', '{APPUP}'], sys.stderr, sys.stderr)",
}
#: Of the standard library, slow to import: `dataclasses` brings `inspect`, `shutil` five more.
SLOW = {"dataclasses", "inspect", "json", "pathlib", "shutil", "subprocess", "tempfile", "tomllib", "traceback"}


def loaded(program: str) -> list[str]:
    """The modules that a program imports."""
    whole = f"import sys; before = set(sys.modules); {program}; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", whole], capture_output=True, encoding="utf-8", cwd=ROOT, check=True)
    return done.stdout.split()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_small_command_imports_what_it_needs(name: str, refresh: bool) -> None:
    """These modules of relupc, and no library."""
    modules = loaded(COMMANDS[name])
    own = [module for module in modules if module.split(".")[0] not in sys.stdlib_module_names]
    expected = FIXTURES / f"{name}.txt"
    if refresh:
        expected.write_text("".join(f"{module}\n" for module in own))
    assert own == expected.read_text().split(), f"look at {expected}: import what is new in the function that needs it"
    assert all(module.split(".")[0] == "relupc" for module in own)
    assert not SLOW & set(modules)


@pytest.mark.parametrize("name", ["import", "version"])
def test_less_of_the_standard_library_for_less(name: str) -> None:
    assert "typing" not in loaded(COMMANDS[name])
