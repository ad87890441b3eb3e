"""A304 deleted-module-still-needed, with compiled modules: code of the new version calls what the upgrade deletes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from relupc.model.beam import FA, MFA, Place
from relupc.model.calls import callers, who
from relupc.model.code import Module
from relupc.model.codes import A304
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.program import EntryCode, Program, line_span
from relupc.model.spelling import function_name, module_name
from relupc.model.term import Atom
from relupc.rules.deletions import deleted

ON = EntryCode
Found = tuple[Module, MFA, FA | None, Place | None]


def check(code: EntryCode) -> Iterator[Diagnostic]:
    post = code.post
    gone = {m.name: m for m in deleted(code.entry.steps) if post and m.name not in post.modules}
    found: dict[str, list[Found]] = {}
    for call in _calls(post, gone) if post and gone else ():
        found.setdefault(call[1].module, []).append(call)
    yield from (_needed(code, module, found[name]) for name, module in gone.items() if name in found)


def _calls(post: Program, gone: Collection[str]) -> Iterator[Found]:
    for module in post.importing(gone):
        for called in sorted(called for called in module.imports if called.module in gone):
            yield from ((module, called, *caller) for caller in callers(module, called))


def _needed(code: EntryCode, gone: Atom, found: list[Found]) -> Diagnostic:
    module, called, function, place = found[0]
    span, others = line_span(module.source(), place), {one[0].name for one in found} - {module.name}
    said = f"{len(others)} more module{'s call' if len(others) > 1 else ' calls'} it"
    return A304.at(
        gone.span,
        f"`{module_name(gone.name)}` is deleted, but `{who(module.name, function)}` calls `{function_name(*called)}`",
        labels=(Label(span, "it is called here"),) if span else (),
        help=f"keep `{module_name(gone.name)}` in this version, or take the call out",
        notes=("a node in embedded mode does not load it again: calls end in `undef`", *([said] if others else [])),
        subject=code.entry.subject(gone.name),
    )
