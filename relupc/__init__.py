"""relupc: the hot-upgrade toolchain for the BEAM. The public names, each loaded at its first use."""

from __future__ import annotations

TYPE_CHECKING = False  # that of `typing`, which takes longer to import than all that is here

if TYPE_CHECKING:
    from typing import Any

    from relupc.api.compile import compile as compile  # noqa: A004 - the command's name
    from relupc.api.compose import compose as compose
    from relupc.api.diff import diff as diff
    from relupc.api.explain import explain as explain
    from relupc.api.generate import generate as generate
    from relupc.api.lint import lint as lint
    from relupc.api.plan import plans as plans
    from relupc.api.versions import versions as versions
    from relupc.model.diagnostic import CompileError as CompileError
    from relupc.model.diagnostic import ConfigError as ConfigError
    from relupc.model.diagnostic import Diagnostic as Diagnostic
    from relupc.model.diagnostic import InputError as InputError
    from relupc.model.diagnostic import RelupcError as RelupcError
    from relupc.model.outcome import Compiled as Compiled

__version__ = "0.1.0"

_HOMES = {
    "Compiled": "relupc.model.outcome",
    "compile": "relupc.api.compile",
    "compose": "relupc.api.compose",
    "diff": "relupc.api.diff",
    "explain": "relupc.api.explain",
    "generate": "relupc.api.generate",
    "lint": "relupc.api.lint",
    "versions": "relupc.api.versions",
    "plans": "relupc.api.plan",
    "CompileError": "relupc.model.diagnostic",
    "ConfigError": "relupc.model.diagnostic",
    "Diagnostic": "relupc.model.diagnostic",
    "InputError": "relupc.model.diagnostic",
    "RelupcError": "relupc.model.diagnostic",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605 - one table for both


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        import importlib  # noqa: PLC0415 - only where something is used

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'relupc' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
