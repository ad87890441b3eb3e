"""Real repositories for tests, the same on every machine: one author, given times, no configuration of the user's."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

SHOP = {
    "apps/shop/src/shop.app.src": '{application, shop, [{vsn, "1.3.0"}]}.\n',
    "apps/shop/src/shop_cart.erl": "-module(shop_cart).\n",
    "apps/store/src/store.app.src": "{application, store, [{vsn, git}]}.\n",
}
_WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Ann"), ("EMAIL", "ann@shop.example"))
}
_CONFIG = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *words: str, time: int = 1523874000) -> str:
    """What git prints; an error is the test's."""
    dates = {"GIT_AUTHOR_DATE": f"{time} +0000", "GIT_COMMITTER_DATE": f"{time} +0000"}
    command = ["git", "-c", "protocol.file.allow=always", "-C", str(folder), *words]
    done = subprocess.run(command, capture_output=True, check=True, env=os.environ | _WHO | _CONFIG | dates)
    return os.fsdecode(done.stdout).strip()


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def commit(folder: Path, files: Mapping[str, str], time: int) -> str:
    """Commit files, all that lies there included; the commit's hash."""
    write(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", "x", time=time)
    return git(folder, "rev-parse", "HEAD")


def repository(folder: Path, files: Mapping[str, str] = SHOP, time: int = 1523874000) -> Path:
    """A repository with one commit."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    commit(folder, files, time)
    return folder
