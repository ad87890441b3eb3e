"""C304 code-change-version-literal: without `-vsn` the old version is a checksum, not what people call it."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.code import Module
from relupc.model.codes import C304
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import ModuleCode
from relupc.model.state import Version
from relupc.model.term import Int, as_list
from relupc.rules.conversions import conversion_of, name_of

ON = ModuleCode
CHECKSUM = 2**64  # the compiler's is of 128 bits, and nobody counts as far as this


def check(code: ModuleCode) -> Iterator[Diagnostic]:
    conversion = conversion_of(code)
    if conversion is None or not has_checksum(code.module):
        return
    odd = [one for one in conversion.versions if one.type != "integer"]
    if odd:
        elixir = code.module.name.startswith("Elixir.")
        said = _said(odd[0], elixir=elixir)
        yield code.finding(
            C304,
            conversion.function,
            conversion.place,
            f"`{name_of(conversion.function)}` compares the old version with {said}, but it is a checksum",
            help="ask the state what it is, or write "
            + ('`@vsn "..."`' if elixir else '`-vsn("...").`')
            + " into every version of this module",
            notes=("OTP gives the `vsn` of the old module, which the compiler makes of its code unless it is written",),
        )


def _said(version: Version, *, elixir: bool) -> str:
    """The version, as the language of the module writes it."""
    if version.text[:2] == "a ":
        return version.text
    text = version.text
    if elixir and version.type in ("binary", "atom"):
        text = text.removeprefix("<<").removesuffix(">>") if version.type == "binary" else f":{text}"
    return f"`{text}`"


def has_checksum(module: Module) -> bool:
    """Whether the version of a module is the one that the compiler makes."""
    for name, value in module.attributes:
        if name == "vsn":
            items = as_list(value)
            return items is not None and len(items) == 1 and isinstance(items[0], Int) and items[0].value > CHECKSUM
    return False
