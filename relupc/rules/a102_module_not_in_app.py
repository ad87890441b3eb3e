"""A102 module-not-in-app: what is loaded must be in `modules` of an .app file, or no relup is made."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A102
from relupc.model.diagnostic import Diagnostic, Fix, Severity
from relupc.model.edit import replaced
from relupc.model.guess import nearest
from relupc.model.instruction import modules, name_of
from relupc.model.layout import flat
from relupc.model.lint import EntryPlan, OwnApp, Packaged
from relupc.model.spelling import module_name, spell_atom
from relupc.model.term import Atom

ON = Packaged
LOADS = ("load_module", "update", "add_module")


def check(packaged: Packaged) -> Iterator[Diagnostic]:
    # A build lists the modules anew: what an .app.src lists may be out of date. The .app of an old version is not here.
    if packaged.app.modules is not None and packaged.app.path.endswith(".app"):
        listed = {module.name for module in packaged.app.modules}
        elsewhere = packaged.app.elsewhere or frozenset()
        for entry in packaged.entries:
            for step in entry.steps if entry.direction == "up" else ():
                if name_of(step.instruction) in LOADS:
                    for module in modules(step.instruction):
                        if module.name not in listed and module.name not in elsewhere:
                            yield from _unlisted(module, listed, entry, packaged.app)


def _unlisted(module: Atom, listed: set[str], entry: EntryPlan, app: OwnApp) -> Iterator[Diagnostic]:
    """Another application of the release may have the module: only where the name speaks against that is it told."""
    alias = f"Elixir.{module.name}"
    guess = alias if alias in listed else nearest(module.name, listed)
    is_own = module.name == app.name or module.name.startswith(f"{app.name}_") or guess == alias
    is_nowhere = app.elsewhere is not None
    severity: Severity = "error" if is_own or is_nowhere else "warning"
    if is_own or is_nowhere or guess:
        edits = replaced(module, flat(Atom(guess))) if guess else ()
        yield A102.at(
            module.span,
            f"`{module_name(module.name)}` is not in `modules` of {app.path}",
            help=f"did you mean `{flat(Atom(guess))}`?" if guess else "build it, or delete this instruction",
            notes=(
                f"OTP says `No such module: {flat(module)}`, unless another application of the release than "
                f"`{spell_atom(app.name)}` has it",
            ),
            subject=entry.subject(module.name),
            severity=severity,
            fix=Fix(f"write `{flat(Atom(guess))}`", edits, safe=guess == alias) if guess and edits else None,
        )
