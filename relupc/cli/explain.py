"""`relupc explain`: a code, a name, an error of OTP or a place in, its page out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from relupc.cli import DONE, FAILED
from relupc.cli.output import Streams, style_for
from relupc.cli.settings import refuse, settings_of

if TYPE_CHECKING:
    from relupc.config import Settings
    from relupc.model.diagnostic import Diagnostic
    from relupc.model.outcome import Explained


def command(args: argparse.Namespace, streams: Streams) -> int:
    """Run the command; the exit code."""
    from relupc.api.explain import explained, place_meant  # noqa: PLC0415 - not for a usage error
    from relupc.model.diagnostic import Diagnostic  # noqa: PLC0415

    what = " ".join(args.what)
    settings = settings_of(args) if place_meant(what) else None  # a broken relupc.toml hides no page
    if settings and settings.problems:
        return _refuse(args, settings, streams)
    found = explained(what, settings.config if settings else None)
    if isinstance(found, Diagnostic):
        return _unknown(args, found, streams)
    streams.out.write(_text(found, args.format, streams))
    return DONE


def _text(found: Explained, form: str, streams: Streams) -> str:
    if form == "markdown":
        return found.text
    if form == "json":
        from relupc.report.json import json_text  # noqa: PLC0415 - only for this format

        codes = [{"code": c.code, "name": c.name, "severity": c.severity, "title": c.title} for c in found.codes]
        return json_text({"version": 1, "codes": codes, "markdown": found.text})
    from relupc.report.page import page_text  # noqa: PLC0415 - only for this format

    return page_text(found.text, style_for(streams.out, "never", 0).width)


def _unknown(args: argparse.Namespace, found: Diagnostic, streams: Streams) -> int:
    """Say that nothing is known of it: in a line for people, else as the report that every command has."""
    if args.format == "json":
        from relupc.config import Settings  # noqa: PLC0415 - only here
        from relupc.model.config import Config  # noqa: PLC0415

        return _refuse(args, Settings(Config(), {}, (found,)), streams)
    streams.err.write(f"relupc: cannot explain `{found.place}`: {found.label}; {found.help}\n")
    return FAILED


def _refuse(args: argparse.Namespace, settings: Settings, streams: Streams) -> int:
    return refuse(args, settings, [("json" if args.format == "json" else "full", "")], streams)
