"""Seeds in, roots of releases with two versions of small applications out: laid down, built, ready to be upgraded."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.otp import nodes, small_changes, small_text
from tests.otp.small_apps import NAME, App

VERSIONS = ("1.0.0", "1.1.0")


def lay_down(folder: Path, escript: str, seeds: Iterable[int]) -> list[Path]:
    """The root of each seed's pair, called like the seed."""
    roots = []
    for seed in seeds:
        root, pair = folder / str(seed), small_changes.pair(seed)
        nodes.lay_down(root, NAME, VERSIONS)
        for app in (pair.old, pair.new):
            _write(root, app)
        roots.append(root)
    nodes.build(escript, NAME, roots, folder)
    return roots


def _write(root: Path, app: App) -> None:
    (root / "releases" / app.vsn / "calls").write_text(small_text.calls(app))
    for path, text in small_text.files(app).items():
        place = root / "lib" / f"{NAME}-{app.vsn}" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
