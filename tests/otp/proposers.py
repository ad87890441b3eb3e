"""Who can write the appup of a pair: nobody who thinks (`load_only`, `restart_all`), or what lies beside it already."""

from __future__ import annotations

from pathlib import Path

from relupc.api.generate import generated
from relupc.beam import read_beam_file
from relupc.model.config import Config
from relupc.model.diagnostic import Diagnostic
from relupc.model.outcome import Options
from relupc.propose.text import text_of
from tests.otp.upgrades import Refused


def restart_all(new: Path, old: Path) -> str:
    """The application is restarted, both ways: every pair must pass with this, or it is the test that is wrong."""
    name, vsns = _named(new, old)
    way = f'[{{"{vsns[1]}", [{{restart_application, {name}}}]}}]'
    return f'{{"{vsns[0]}", {way}, {way}}}.\n'


def load_only(new: Path, old: Path) -> str:
    """What is new is added, what changed is loaded, what is gone is deleted; no process is asked."""
    _, vsns = _named(new, old)
    after, before = _sums(new), _sums(old)
    ways = [_loads(*pair) for pair in ((after, before), (before, after))]
    up, down = (f'[{{"{vsns[1]}", [{", ".join(way)}]}}]' for way in ways)
    return f'{{"{vsns[0]}", {up}, {down}}}.\n'


def _loads(after: dict[str, bytes], before: dict[str, bytes]) -> list[str]:
    added = [f"{{add_module, {module}}}" for module in after if module not in before]
    changed = [f"{{load_module, {module}}}" for module in after if before.get(module, after[module]) != after[module]]
    return added + changed + [f"{{delete_module, {module}}}" for module in before if module not in after]


def _named(new: Path, old: Path) -> tuple[str, tuple[str, str]]:
    name, vsn = new.name.rsplit("-", 1)
    return name, (vsn, old.name.rsplit("-", 1)[1])


def _sums(folder: Path) -> dict[str, bytes]:
    """The MD5 of each module, by its name as a term."""
    beams = [read_beam_file(str(file)) for file in sorted((folder / "ebin").glob("*.beam"))]
    return {f"'{beam.module}'": beam.md5 for beam in beams if not isinstance(beam, Diagnostic)}


def beside(new: Path, old: Path) -> str | Refused:
    """The appup that is among the sources of the new version."""
    found = list((new / "src").glob("*.appup"))
    return found[0].read_text("utf-8") if found else Refused("there is none")


def generate(new: Path, old: Path) -> str | Refused:
    """What relupc proposes."""
    found = generated(str(new), [str(old)], Options(), Config())
    if len(found.appups) != 1:
        return Refused("; ".join(d.one_line for d in found.diagnostics))
    return text_of(found.appups[0])
