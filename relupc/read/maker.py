"""The path of a build -> the command that usually makes it, by its path and by what lies beside it."""

from __future__ import annotations

import os

from relupc.model import disk


def maker(path: str) -> str | None:
    """What to type to make a release or an application below `_build` or `_rel`; None where that cannot be told."""
    parts = path.replace(os.sep, "/").split("/")
    if "_rel" in parts and _has(parts, "_rel", "Makefile"):
        return "make rel"
    if "_build" not in parts:
        return None
    profile, kind = (*parts[parts.index("_build") + 1 :], "", "")[:2]
    release = kind == "rel"
    if _has(parts, "_build", "mix.exs"):
        return f"MIX_ENV={profile or 'prod'} mix {'release' if release else 'compile'}"
    if _has(parts, "_build", "rebar.config"):
        chosen = "" if profile in ("default", "") else f"as {profile} "
        return f"rebar3 {chosen}{'release' if release else 'compile'}"
    return None


def _has(parts: list[str], folder: str, file: str) -> bool:
    """Whether a file lies beside a folder of the path."""
    above = "/".join(parts[: parts.index(folder)])
    return disk.is_file(os.path.join(above or ("/" if parts[0] == "" else "."), file))
