"""`relupc help`: a command in, what the manual says of it out."""

from __future__ import annotations

import argparse

from relupc.cli import DONE
from relupc.cli.output import Streams, style_for


def command(args: argparse.Namespace, streams: Streams) -> int:
    """Run the command; the exit code."""
    from relupc.api.explain import manual  # noqa: PLC0415 - not for a usage error
    from relupc.report.manual import manual_text  # noqa: PLC0415

    width = style_for(streams.out, "never", 0).width
    streams.out.write(manual_text(manual(), usages(), args.topic, width))
    return DONE


def usages() -> dict[str, str]:
    """How each command is called."""
    from relupc.cli.parser import make_parser, usage_of  # noqa: PLC0415 - not for a usage error

    return {name: usage_of(name, parser) for name, parser in make_parser()[1].items()}
