"""An instruction that OTP refuses -> each of its faults, with what to say and what to write instead.

A repair is safe if the instruction can have meant nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from relupc.model.diagnostic import Fix
from relupc.model.edit import replaced
from relupc.model.guess import near
from relupc.model.instruction import BARE, SHAPES, Fault, faults, name_of
from relupc.model.layout import flat
from relupc.model.source import Span
from relupc.model.term import Atom, List, Term, Tuple, as_list
from relupc.model.typed import typed
from relupc.plan.arrange import arranged
from relupc.plan.expand import full_form
from relupc.plan.parts import part_repair
from relupc.plan.wording import FORMS
from relupc.plan.written import Repair, around, as_written, instead, sound

MAX_MODULES = 50  # for which one instruction is made into several
MODULE_VERBS = ("update", "load_module", "add_module", "delete_module")
VERBS = frozenset({*FORMS, *BARE})
OTHER_VERBS = {
    "load": "load_module",
    "load_module": "update",
    "remove": "delete_module",
    "remove_module": "delete_module",  # until OTP 17
    "restart_app": "restart_application",
}


def repairs(instruction: Term, verbs: Collection[str] = VERBS) -> Iterator[tuple[Fault, Repair]]:
    """The faults of an instruction, in the order in which systools looks; one of the whole form stands for all.

    `verbs` are the instructions that may be meant.
    """
    found = faults(instruction)
    whole = _whole(instruction, verbs) if found else None
    if whole:
        yield found[0], whole
        return
    seen: set[Span] = set()
    for fault, part in found:
        if part.span is None or part.span not in seen:  # each character of a string is a part with the string's span
            seen.update([part.span] if part.span else [])
            yield (fault, part), part_repair(instruction, fault, part)


def _whole(instruction: Term, verbs: Collection[str]) -> Repair | None:
    """What to write instead of the whole instruction, if that is clear."""
    name = name_of(instruction)
    if name is None:
        return None
    if not isinstance(instruction, Tuple):
        return _misspelled(instruction, name, verbs)
    attempts = (
        *(_in_inner_list, _in_braces, arranged, _without_inner_tuple),
        *(partial(_other_verb, verbs=verbs), partial(_misspelled, verbs=verbs), _is_call, _several),
    )
    return next((found for attempt in attempts if (found := attempt(instruction, name))), None)


def _in_inner_list(instruction: Tuple, _name: str) -> Repair | None:
    """A good short form that was not expanded: systools does not look into a list inside a script."""
    full = full_form(instruction)
    if full == instruction or not sound(instruction):
        return None
    text = typed(full)
    label = "a list inside a script can hold no short forms"
    return Repair(instruction, f"write `{text}`", label, instead(instruction, text, safe=True))


def _in_braces(instruction: Tuple, name: str) -> Repair | None:
    """`{point_of_no_return}`."""
    if name not in BARE:
        return None
    fix = instead(instruction, name, safe=len(instruction.items) == 1)
    return Repair(instruction, f"write `{name}`", f"`{name}` stands without braces", fix)


def _without_inner_tuple(instruction: Tuple, name: str) -> Repair | None:
    """`{apply, m, f, []}`; also `{apply, m, f}` and `{apply, {m, f}}`, which lack the arguments."""
    shape = SHAPES.get((name, 2))
    if not shape or not isinstance(shape[0], tuple) or len(instruction.items) < 2:
        return None
    parts = instruction.items[1:]
    inner = parts[0] if len(parts) == 1 and isinstance(parts[0], Tuple) else None
    items = inner.items if inner else parts
    lacks_arguments = name == "apply" and len(items) == 2
    new = Tuple((instruction.items[0], Tuple((*items, List(())) if lacks_arguments else items)))
    if not sound(new) or new == instruction:
        return None
    missing, text = (", []" if lacks_arguments else ""), typed(new)
    edits = around(items[0], items[-1], "" if inner else "{", missing + ("" if inner else "}"))
    fix = Fix(f"write `{text}`", edits, safe=not missing) if edits and as_written(instruction) else None
    label = f"what follows `{name}` should stand in braces of its own"
    return Repair(instruction, f"write `{text}`", "the list of arguments is missing" if inner else label, fix)


def _other_verb(instruction: Tuple, name: str, verbs: Collection[str]) -> Repair | None:
    """`{load, m}` for `{load_module, m}`, and the parts of `update` in a `load_module`."""
    other = OTHER_VERBS.get(name)
    new = Tuple((Atom(other), *instruction.items[1:])) if other else instruction
    if other is None or other not in verbs or not sound(new):
        return None
    text = typed(new)
    edits = replaced(instruction.items[0], other) if as_written(instruction) else ()
    fix = Fix(f"write `{text}`", edits, safe=False) if edits else None
    return Repair(instruction, f"did you mean `{text}`?", f"`{name}` has no such form", fix)


def _misspelled(instruction: Term, name: str, verbs: Collection[str]) -> Repair | None:
    """A word that is nearly the name of an instruction."""
    guesses = near(name, verbs) if name not in FORMS and name not in BARE else []
    if not guesses:
        return None
    verb, rest = (instruction.items[0], instruction.items[1:]) if isinstance(instruction, Tuple) else (instruction, ())
    label = f"no instruction is called `{flat(Atom(name))}`"
    made = {guess: Atom(guess) if guess in BARE and not rest else Tuple((Atom(guess), *rest)) for guess in guesses}
    fitting, guess = [word for word, new in made.items() if sound(new)], guesses[0]
    if guess not in fitting:
        return Repair(verb, f"did you mean `{FORMS.get(guess, guesses)[0]}`?", label)
    old = instruction if guess in BARE else verb
    return Repair(verb, f"did you mean `{guess}`?", label, instead(old, guess, safe=len(fitting) == 1))


def _is_call(instruction: Tuple, name: str) -> Repair | None:
    """`{Module, Function, Arguments}` without `apply`."""
    new = Tuple((Atom("apply"), instruction))
    if name in FORMS or not sound(new):
        return None
    text = typed(new)
    edits = around(instruction, instruction, "{apply, ", "}") if as_written(instruction) else ()
    fix = Fix(f"write `{text}`", edits, safe=False) if edits else None
    return Repair(instruction, f"write `{text}`", "a call needs `apply`", fix)


def _several(instruction: Tuple, name: str) -> Repair | None:
    """`{load_module, [a, b]}`."""
    about = instruction.items[1] if len(instruction.items) > 1 and name in MODULE_VERBS else None
    modules = as_list(about) if about else None
    if not about or not modules or len(modules) > MAX_MODULES or not all(isinstance(m, Atom) for m in modules):
        return None
    rest = tuple(part for part in instruction.items[2:] if part.span)  # the others come from a short form
    new = [Tuple((instruction.items[0], module, *rest)) for module in modules]
    if not sound(new[0]):
        return None
    words = ", ".join(f"`{typed(one)}`" for one in new[:2])
    more = " and so on" if len(new) > 2 else ""
    fix = _one_for_each(instruction, about, modules)
    return Repair(about, f"write {words}{more}", f"`{name}` is about one module", fix)


def _one_for_each(instruction: Tuple, about: Term, modules: tuple[Term, ...]) -> Fix | None:
    span, inner = instruction.span, about.span
    if span is None or inner is None or "%" in span.text or not as_written(about):
        return None
    before, after = span.source.text[span.start : inner.start], span.source.text[inner.end : span.end]
    gap = ",\n" + " " * (span.source.line_col(span.start)[1] - 1)
    text = gap.join(f"{before}{module.span.text if module.span else flat(module)}{after}" for module in modules)
    return Fix("write one instruction for each module", ((span, text),), safe=True)
