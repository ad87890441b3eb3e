"""All `load_object_code` before the point of no return -> one per application, in front.

Counterpart: `systools_rc:merge_load_object_code/1`.
"""

from __future__ import annotations

from relupc.model.codes import A112
from relupc.model.diagnostic import Label, Problems
from relupc.model.instruction import name_of
from relupc.model.layout import flat, spell_atom
from relupc.model.otp import otp_note, otp_says
from relupc.model.plan import Draft, Step
from relupc.model.source import Span
from relupc.model.term import Atom, List, Term, Tuple, as_atom, as_list, tup
from relupc.model.value import replace


def objects(draft: Draft, problems: Problems) -> Draft:
    """Merge what is read of one application; of a module read several times the last place counts."""
    by_app: dict[str, list[tuple[Step, Term, tuple[Term, ...]]]] = {}
    others = []
    for step in draft.before:
        if name_of(step.instruction) == "load_object_code" and isinstance(step.instruction, Tuple):
            about = step.instruction.items[1]
            assert isinstance(about, Tuple), "verify lets nothing else pass"
            app, vsn, modules = about.items
            by_app.setdefault(as_atom(app) or "", []).append((step, vsn, as_list(modules) or ()))
        else:
            others.append(step)
    merged = []
    for name, parts in by_app.items():
        _check_versions(name, [(step, vsn) for step, vsn, _ in parts], draft, problems)
        causes = tuple(dict.fromkeys(cause for step, _, _ in parts for cause in step.because))
        merged_modules = List(_last_places([modules for _, _, modules in parts]))
        merged.append(Step(tup("load_object_code", tup(name, parts[0][1], merged_modules)), causes))
    return replace(draft, before=(*merged, *others))


def _last_places(lists: list[tuple[Term, ...]]) -> tuple[Term, ...]:
    """All lists joined, without what a later list has too; twice in one list stays twice."""
    seen: set[str | Term] = set()
    kept: list[tuple[Term, ...]] = []
    for modules in reversed(lists):
        names = [module.name if isinstance(module, Atom) else module for module in modules]  # faster to look up
        kept.append(tuple(module for module, name in zip(modules, names, strict=True) if name not in seen))
        seen.update(names)
    return tuple(module for modules in reversed(kept) for module in modules)


def _check_versions(app: str, parts: list[tuple[Step, Term]], draft: Draft, problems: Problems) -> None:
    first, vsn = parts[0]
    others = [(step, other) for step, other in parts if other != vsn]
    if not others:
        return
    step, other = others[-1]
    reason = tup("conflicting_versions", app, vsn, other)
    place, earlier = _place(step), _place(first)
    problems.add(
        A112.at(
            place or earlier,
            f"code of `{spell_atom(app)}` {flat(other)} is read here",
            labels=(Label(earlier, f"and of {flat(vsn)} here"),) if place and earlier else (),
            help=f"name the version that release {draft.post.vsn} has",
            notes=otp_note(reason),
            subject=draft.subject(app),
            otp=otp_says("systools_rc", reason),
        )
    )


def _place(step: Step) -> Span | None:
    return next((cause for cause in step.because if not isinstance(cause, str)), None)
