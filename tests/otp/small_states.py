"""The state of a process of a small application in, the Erlang for it out.

In a module the record `state` is that of its own version. That of another one is written as a tuple: it is `foreign`.
"""

from __future__ import annotations

from tests.otp.small_apps import FIELDS, State


def built(state: State) -> str:
    """The state of a process that has just started."""
    if state.kind == "record":
        return "#state{}"
    values = [str(value(name)) for name in state.fields]
    if state.kind == "tuple":
        return f"{{kept, {', '.join(values)}}}"
    return f"#{{{', '.join(f'{name} => {v}' for name, v in zip(state.fields, values, strict=True))}}}"


def value(name: str) -> int:
    """What a field holds from the start."""
    return 10 * (FIELDS.index(name) + 1)


def taken(state: State, *, foreign: bool = False) -> str:
    """The pattern that takes a state apart. A foreign record is that of another version of the module."""
    names = [name.capitalize() for name in state.fields]
    if state.kind == "tuple" or (foreign and state.kind == "record"):
        return f"{{{'kept' if state.kind == 'tuple' else 'state'}, {', '.join(names)}}}"
    sign = "=" if state.kind == "record" else ":="
    pairs = ", ".join(f"{name} {sign} {v}" for name, v in zip(state.fields, names, strict=True))
    return f"#state{{{pairs}}}" if state.kind == "record" else f"#{{{pairs}}}"


def made(state: State, old: State, *, foreign: bool = False) -> str:
    """A state of what another one held; what that had not is as from the start."""
    values = [name.capitalize() if name in old.fields else str(value(name)) for name in state.fields]
    if state.kind == "tuple" or (foreign and state.kind == "record"):
        return f"{{{'kept' if state.kind == 'tuple' else 'state'}, {', '.join(values)}}}"
    sign = "=" if state.kind == "record" else "=>"
    pairs = ", ".join(f"{name} {sign} {v}" for name, v in zip(state.fields, values, strict=True))
    return f"#state{{{pairs}}}" if state.kind == "record" else f"#{{{pairs}}}"
