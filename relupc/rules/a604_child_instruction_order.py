"""A604 child-instruction-order: judged where a supervisor, or a child, is called like its module."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.call import called, child_of
from relupc.model.codes import A604
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.instruction import name_of
from relupc.model.layout import flat
from relupc.model.lint import EntryPlan
from relupc.model.spelling import module_name
from relupc.model.term import Atom, Term, as_atom
from relupc.rules.child_starts import Clash, before_code, before_update
from relupc.rules.child_stops import deleted_first, while_suspended, without_code
from relupc.rules.places import added_by, move_behind, starts

ON = EntryPlan
DROPPED = "`supervisor` answers with {}, and OTP drops what a call returns"
# What is so, what is elsewhere, where to move the call, what follows.
UNKNOWN = ("`{sup}` does not know `{child}` yet", "told here", "behind the update of `{sup}`", "`{{error, not_found}}`")
NO_CODE = ("the code of `{code}` is not loaded yet", "loaded here", "behind the `add_module`", "an `undef`")
RUNS = ("`{child}` still runs here", "terminated here", "behind the `terminate_child`", "`{{error, running}}`")
STRAY = ("the code of `{child}` is already deleted", "deleted here", "in front of the `delete_module`", "")
DEAF = ("`{sup}` is suspended here", "suspended here", "behind the `resume`", "")
WORDS = (DEAF, UNKNOWN, NO_CODE, RUNS, STRAY)
WAITS, CRASHES = "the call waits for ever, and the upgrade with it", "it crashes with `undef` at the next message"


def check(entry: EntryPlan) -> Iterator[Diagnostic]:
    if not any(child_of(called(step.instruction)) for step in entry.steps):
        return
    by_hand = any(name_of(step.instruction) == "suspend" for step in entry.steps)
    plan, at = entry.plan or (), [] if by_hand else starts(entry)  # a call must not come before the `resume`
    early, late = (before_update(plan), before_code(plan, added_by(entry))), (deleted_first(plan), without_code(plan))
    for words, clashes in zip(WORDS, (while_suspended(plan), *early, *late), strict=True):
        yield from (_clash(entry, clash, words, at) for clash in clashes)


def _clash(entry: EntryPlan, clash: Clash, words: tuple[str, str, str, str], at: list[int]) -> Diagnostic:
    step, child, other = clash
    names = {"sup": _said(child.supervisor), "child": _said(child.id), "code": child.module or _said(child.id)}
    what, there, move, answer = (text.format(**names) for text in words)
    note = WAITS if words is DEAF else CRASHES if words is STRAY else DROPPED.format(answer)
    return A604.at(
        child.id.span or step.instruction.span,
        what,
        labels=(Label(other.span, there),) if other.span else (),
        help=f"move the call {move}",
        notes=(note,),
        subject=entry.subject(as_atom(child.supervisor)),
        severity="warning" if words is STRAY else None,
        fix=move_behind(entry, at, step.instruction.span, other.span, f"move the call {move}"),
    )


def _said(term: Term) -> str:
    return module_name(term.name) if isinstance(term, Atom) else flat(term)
