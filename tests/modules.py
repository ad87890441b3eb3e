"""For tests: the text of an Erlang module in, the module out, as if it were compiled."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from relupc.analyse.erl import module_from
from relupc.model.beam import FA, MFA
from relupc.model.code import Module
from relupc.model.source import Source


def module(text: str, name: str = "shop", app: str = "shop", md5: bytes = b"", on_load: FA | None = None) -> Module:
    """A module of this text, which begins after its attributes; all of its functions are exported."""
    made = module_from(Source(f"src/{name}.erl", f"-module({name}).\n{textwrap.dedent(text)}"))
    assert made is not None, "this is no module"
    calls = {call.called for function in made.functions.values() for call in function.calls if call.kind == "remote"}
    return replace(
        made,
        app=app,
        md5=md5,
        exports=made.exports or frozenset(made.functions),
        imports=frozenset(MFA(*called) for called in calls),
        loading=lambda: on_load,
        decoded=True,
    )
