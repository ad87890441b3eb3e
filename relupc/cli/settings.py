"""Flags, environment and relupc.toml -> the settings of a command."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from relupc.cli import FAILED
from relupc.cli.output import Streams, give, style_for, whereabouts

WHY = {"arguments": "an argument or the configuration", "files": "what cannot be read"}  # why the exit code is 2

if TYPE_CHECKING:
    from relupc.config import Flag, Settings


def settings_of(args: argparse.Namespace, folder: str = ".") -> Settings:
    """What is in force for a command; relupc.toml is searched from `folder` upwards."""
    from relupc.config import settings_from  # noqa: PLC0415 - not for a usage error

    search = not args.no_config
    return settings_from(flags_given(args), file=args.config, search=search, folder=folder, environment=os.environ)


def flags_given(args: argparse.Namespace) -> Iterator[Flag]:
    """The flags that stand for a setting, as far as they are given."""
    from relupc.config import Flag  # noqa: PLC0415 - not for a usage error

    given = vars(args)
    for flag, key in (("path", "builds.path"), ("select", "lint.select"), ("ignore", "lint.ignore")):
        if texts := given.get(flag):
            yield Flag(key, words(texts), f"--{flag}")
    for flag, key in (("appups", "builds.appups"), ("otp", "target-otp"), ("baseline", "lint.baseline")):
        if given.get(flag) is not None:
            yield Flag(key, given[flag], f"--{flag}")
    if given.get("severity"):
        pairs = (word.partition("=") for word in words(given["severity"]))
        yield Flag("lint.severity", {code: level for code, _, level in pairs}, "--severity")
    if args.command == "lint" and args.fail_on is not None:
        yield Flag("lint.fail-on", args.fail_on, "--fail-on")
    if given.get("no_baseline"):
        yield Flag("lint.baseline", None, "--no-baseline")
    if given.get("no_exclude"):
        yield Flag("lint.exclude", [], "--no-exclude")


def words(texts: list[str]) -> list[str]:
    """The words of a flag that may be repeated, and takes several with commas."""
    return [word for text in texts for word in text.split(",")]


def refuse(args: argparse.Namespace, settings: Settings, formats: list[tuple[str, str]], streams: Streams) -> int:
    """Say what is wrong with the settings, as with anything else; the exit code."""
    from relupc import __version__  # noqa: PLC0415 - not for good settings
    from relupc.report import Report  # noqa: PLC0415

    root, folder = whereabouts()
    codes = {d.code.code for d in settings.problems}
    report = Report(
        command=args.command,
        diagnostics=settings.problems,
        files=(),
        failing=WHY["files"] if codes & {"T003", "T007"} else WHY["arguments"],
        version=__version__,
        root=root,
        folder=folder,
    )
    out = streams.err if vars(args).get("out") == "-" else streams.out  # where a relup would be
    give(report, style_for(out, args.color, args.quiet), formats, out, streams.err)
    return FAILED
