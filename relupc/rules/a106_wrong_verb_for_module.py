"""A106 wrong-verb-for-module: a module is added that is there, or loaded anew that is not."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A106
from relupc.model.diagnostic import Diagnostic, Fix
from relupc.model.edit import replaced
from relupc.model.handling import other_way
from relupc.model.instruction import dep_mods, modules, name_of
from relupc.model.program import EntryCode
from relupc.model.spelling import module_name
from relupc.model.term import Atom, List, Term
from relupc.model.typed import typed

ON = EntryCode
THERE = "OTP accepts this, and loads it; the mirror of this, `delete_module`, would remove what both versions have"
NEW = "OTP accepts this, and loads it; the mirror of this, the same once more, would load what is not there"


def check(code: EntryCode) -> Iterator[Diagnostic]:
    if code.pre is None or code.post is None:
        return
    deleted = {m.name for term in other_way(code.entry) if name_of(term) == "delete_module" for m in modules(term)}
    for step in code.entry.steps:
        verb = name_of(step.instruction)
        for module in modules(step.instruction) if verb in ("add_module", "load_module", "update") else ():
            known = module.name in code.pre.modules
            if module.name in code.post.modules and module.name not in deleted and known == (verb == "add_module"):
                yield _said(code, step.instruction, module, known=known)


def _said(code: EntryCode, instruction: Term, module: Atom, *, known: bool) -> Diagnostic:
    deps = dep_mods(instruction)
    verb = "load_module" if known else "add_module"
    better = f"{{{verb}, {typed(module)}{f', {typed(List(deps))}' if deps else ''}}}"
    edits = replaced(instruction, better)
    return A106.at(
        module.span,
        f"`{module_name(module.name)}` is " + ("there before, so that this adds nothing" if known else "new here"),
        path=code.entry.appup.path,
        help=f"write `{better}`" + (", or `update` if it has processes" if known else ""),
        notes=(THERE if known else NEW,),
        subject=code.entry.subject(module.name),
        fix=Fix(f"write `{better}`", edits, safe=False) if edits else None,
    )
