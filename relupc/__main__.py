"""`python -m relupc` is the command."""

from relupc.cli import run

run()
