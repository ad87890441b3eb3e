"""For rules: a child specification in sentences, and whether a server answers the question for its children."""

from __future__ import annotations

from relupc.model.layout import flat
from relupc.model.program import Program
from relupc.model.spelling import module_name, spell_atom
from relupc.model.supervision import Child
from relupc.model.term import Atom, Term, Tuple

PLACES = {"type": "fifth", "modules": "last"}


def said(term: Term) -> str:
    """A child's id, or a name, in a sentence."""
    return module_name(term.name) if isinstance(term, Atom) else flat(term)


def child_said(child: Child) -> str:
    return f"`{said(child.id)}`" if child.is_id_known else "a child"


def to_write(module: str, key: str, value: str) -> str:
    """A key of a child specification, as the language of a module writes it."""
    return f"{key}: {value}" if module.startswith("Elixir.") else f"{key} => {value}"


def advice(module: str, child: Child, key: str, value: str) -> str:
    """What to do about a key of a child specification; one that is a tuple has no keys."""
    if isinstance(child.whole, Tuple):
        return f"write `{value}` as the {PLACES[key]} element of its specification"
    return f"write `{to_write(module, key, value)}` in its specification"


def name_to_write(module: str, name: str) -> str:
    """The name of a module, as the language of `module` writes it."""
    if not module.startswith("Elixir."):
        return spell_atom(name)
    return module_name(name) if name.startswith("Elixir.") else f":{spell_atom(name)}"


def answers_for_children(program: Program, module: str | None) -> bool:
    """Whether a server has a clause for the question of an upgrade, or may have one."""
    asked = Atom("which_children")
    known = program.modules.get(module or "")
    if known is None or not known.functions:
        return module is not None
    tests = (test for function in known.functions.values() for test in function.tests)
    return any(asked in test.against or asked == test.value for test in tests)
