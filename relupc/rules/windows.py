"""For A401 and A405: a window in, whose instruction has to wait for which module, and what is said of it, out."""

from __future__ import annotations

from relupc.model.dep_mods import takes_deps, with_dep, written_deps
from relupc.model.diagnostic import Code, Diagnostic, Fix, Label
from relupc.model.layout import flat
from relupc.model.program import UpgradeCode
from relupc.model.spelling import module_name
from relupc.model.term import Atom
from relupc.model.window import Window
from relupc.rules.groups import Instructions
from relupc.rules.window_words import calls, keep, when


def said(code: UpgradeCode, window: Window, about: Instructions, of: Code, note: str | None = None) -> Diagnostic:
    """A window as a diagnostic of this code, at the instruction that should have one DepMod more."""
    tie = _tie(code, window, about)
    first, other = tie or (window.caller, window.module)
    instruction, second = about.get(first), about[other].items[1].span if other in about else None
    listed = written_deps(instruction) if tie else None
    text, edits = with_dep(instruction, other) if tie and instruction else (None, ())
    spot, name = (listed or instruction).span if instruction else None, module_name(other)
    return of.at(
        spot,
        f"`{name}` is missing here" if listed else f"nothing here waits for `{name}`",
        path=None if spot else code.upgrade.top.path,
        labels=(Label(second, when(window, other)),) if spot and second else (),
        help=f"add `{flat(Atom(other))}` to the list" if listed else f"write `{text}`" if text else keep(window),
        notes=tuple(filter(None, (calls(code, window), note))),
        subject=code.upgrade.subject(code.pre.modules[window.caller].app, window.caller),
        fix=Fix(f"add `{flat(Atom(other))}` to its DepMods", edits, safe=False) if edits else None,
    )


def _tie(code: UpgradeCode, window: Window, about: Instructions) -> tuple[str, str] | None:
    """The module whose instruction is to wait, and for which; None if no DepMods help.

    A caller that is suspended waits for what it calls: both change while it stands still. Else the newer code waits for
    the newer code that it calls, and what replaces code that the older one calls waits for the older one's caller.
    OTP turns this round on the way down.
    """
    caller, module = (window.caller, window.module), (window.module, window.caller)
    if window.suspends and takes_deps(about.get(window.caller)):
        return caller
    first = caller if window.is_newer(code.direction) else module
    return first if not (window.both and not window.suspends) and takes_deps(about.get(first[0])) else None


def is_joined(code: UpgradeCode, window: Window) -> bool:
    """Whether it is the way down, and the two modules are of different applications: A405 is about these."""
    called = code.pre.modules.get(window.module) or code.post.modules[window.module]
    return code.direction == "down" and code.pre.modules[window.caller].app != called.app
