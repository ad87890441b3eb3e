"""The functions of an Erlang module, read -> those of which the compiler leaves nothing out.

The compiler drops functions that nobody calls, and what stands behind a call that does not return (beam_ssa_type).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from relupc.analyse.erl.syntax import Clause, Expr
from relupc.analyse.onward import NEVER_RETURN
from relupc.model.beam import FA, MFA
from relupc.model.term import Atom

Read = Mapping[FA, Sequence[Clause]]
_BRANCHES = ("case", "if", "receive", "try", "maybe")


def kept(read: Read, exports: Collection[FA] | None) -> set[FA]:
    """The functions that are called, and come to the end of all that they do; without `exports` all are called."""
    endless = _endless(read)
    whole = {fa: clauses for fa, clauses in read.items() if not any(_hides(c.body, endless) for c in clauses)}
    return set(whole) if exports is None else _used(whole, exports)


def _used(read: Read, exports: Collection[FA]) -> set[FA]:
    """The functions that others of these call, from the exported ones on."""
    todo = [fa for fa in read if fa in exports]
    found = set(todo)
    for fa in todo:  # grows while it is walked
        new = [other for clause in read[fa] for other in _named(clause) if other in read and other not in found]
        found.update(new)
        todo += dict.fromkeys(new)
    return found


def _named(part: object) -> Iterator[FA]:
    """The functions of the module that are called somewhere, or made into funs."""
    if isinstance(part, Expr):
        if called := _called(part):
            yield called
        if part.kind == "local_fun":
            yield FA(*part.parts)
        part = part.parts
    if isinstance(part, tuple):
        for one in part:
            yield from _named(one)


def _called(expr: Expr) -> FA | None:
    """The function that is called by its name alone."""
    if expr.kind != "call" or expr.parts[0].kind != "value" or not isinstance(expr.parts[0].parts[0], Atom):
        return None
    return FA(expr.parts[0].parts[0].name, len(expr.parts[1]))


def _endless(read: Read) -> set[FA]:
    """The functions that do not return, whichever way they take."""
    found = set(read)
    while True:
        left = {fa for fa in found if all(_ends(clause.body, found) for clause in read[fa])}
        if left == found:
            return found
        found = left


def _ends(body: Iterable[Expr], endless: Collection[FA]) -> bool:
    """Whether expressions one after the other never come to their end."""
    return any(_stays(expr, endless) for expr in body)


def _stays(expr: Expr, endless: Collection[FA]) -> bool:
    """Whether an expression has no value, ever."""
    parts = expr.parts
    match expr.kind:
        case "call":
            return _is_last(expr, endless) or _ends(parts[1], endless)
        case "match":
            return _stays(parts[1], endless)
        case "begin":
            return _ends(parts[0], endless)
        case "case":
            return _stays(parts[0], endless) or _all(parts[1], endless)
        case "if":
            return _all(parts[0], endless)
        case "receive":
            return _all(parts[0], endless) and (parts[1] is None or _ends(parts[1][1], endless))
        case "try":
            return _ends(parts[0], endless) and all(_ends(clause.body, endless) for clause in parts[2] or ())
        case "tuple" | "list" | "op":
            return any(_stays(one, endless) for one in _inside(parts))
    return False


def _is_last(expr: Expr, endless: Collection[FA]) -> bool:
    """Whether a call is of a function that does not return."""
    called, callee = _called(expr), expr.parts[0]
    if called:
        return called in endless or MFA("erlang", *called) in NEVER_RETURN
    names = [part.parts[0] for part in callee.parts if part.kind == "value"] if callee.kind == "remote" else []
    atoms = [name.name for name in names if isinstance(name, Atom)]
    return len(atoms) == 2 and MFA(atoms[0], atoms[1], len(expr.parts[1])) in NEVER_RETURN


def _all(clauses: Sequence[Clause], endless: Collection[FA]) -> bool:
    return bool(clauses) and all(_ends(clause.body, endless) for clause in clauses)


def _inside(part: object) -> Iterator[Expr]:
    """The expressions of some parts, those in tuples of Python too."""
    if isinstance(part, Expr):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _inside(one)


def _hides(part: object, endless: Collection[FA]) -> bool:
    """Whether anything stands behind an expression that has no value."""
    if isinstance(part, Expr):
        if part.kind in ("call", "tuple", "list", "op", "match") and any(
            _stays(one, endless) for one in _inside(part.parts)
        ):
            return True  # what it is part of is never made
        return _hides(part.parts, endless)
    if isinstance(part, Clause):
        return _hides(part.body, endless)
    if not isinstance(part, tuple):
        return False
    behind = any(isinstance(one, Expr) and _stays(one, endless) for one in part[:-1])
    return behind or any(_hides(one, endless) for one in part)
