"""The state of a process before and after -> how its shape differs, in words."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.code import Module
from relupc.model.diagnostic import Severity
from relupc.model.layout import flat
from relupc.model.spelling import module_name, spell_atom
from relupc.model.state import Shape, State
from relupc.model.term import Atom, Term
from relupc.model.value import NamedTuple

PLAIN = {"integer": "a number", "float": "a number", "atom": "an atom", "list": "a list", "binary": "a binary"}


class Side(NamedTuple):
    """A module in one of the builds, and the state of its processes."""

    module: Module
    state: State


class Drift(NamedTuple):
    """How a state differs: `what` it is, `how` it changes, and the shapes of both sides. `sure` fails for certain."""

    what: str
    how: str
    pre: Shape
    post: Shape
    sure: Severity


def drift(pre: Side, post: Side) -> Drift | None:
    """The first difference with which code of `post` meets a state of `pre`; None where nothing is known to differ."""
    for find in (_resized, _moved, _rekeyed, _replaced):
        if found := next(find(pre, post), None):
            return found
    return None


def _sizes(state: State) -> dict[str | None, set[int]]:
    """Tag -> the sizes of the tuples that a state is made as; where nothing is made, the only one that is asked for."""
    found: dict[str | None, set[int]] = {}
    for one in state.held or state.asked:
        if one.kind == "tuple":
            found.setdefault(one.tag, set()).add(one.size)
    return {tag: sizes for tag, sizes in found.items() if state.held or len(sizes) == 1}


def asked(state: State, tag: str | None) -> set[int]:
    """The sizes of tuples with a tag that callbacks ask the state for."""
    return {one.size for one in state.asked if one.kind == "tuple" and one.tag == tag}


def _resized(pre: Side, post: Side) -> Iterator[Drift]:
    """A tuple with another number of elements."""
    made = _sizes(post.state)
    for tag, before in _sizes(pre.state).items():
        after = made.get(tag, set())
        gone = before - after
        if not gone or not after or (tag is None and not (pre.state.whole and post.state.whole)):
            continue
        old = Shape("tuple", tag, max(gone))
        new = Shape("tuple", tag, min(after, key=lambda size: (abs(size - old.size), size)))
        lazy = gone <= asked(post.state, tag) | asked(post.state, None)
        yield Drift(spelled(old, pre.module, post.module), _counted(old, new, pre, post), old, new, _sure(lazy))


def _sure(lazy: bool) -> Severity:
    return "note" if lazy else "error"


def _counted(old: Shape, new: Shape, pre: Side, post: Side) -> str:
    """`grows from 3 to 4 fields (+ x)`."""
    less = 1 if old.tag else 0
    grown = "grows" if new.size > old.size else "shrinks"
    word = ("field" if old.tag else "element") + ("s" if new.size - less != 1 else "")
    return f"{grown} from {old.size - less} to {new.size - less} {word}{_signed(old, new, pre, post)}"


def _signed(old: Shape, new: Shape, pre: Side, post: Side) -> str:
    """The fields that come and go, where they are known."""
    before, after = fields(pre.module, old), fields(post.module, new)
    if before is None or after is None:
        return ""
    signs = [f"+ {spell_atom(one)}" for one in after if one not in before]
    signs += [f"- {spell_atom(one)}" for one in before if one not in after]
    return f" ({', '.join(signs[:4])}{', ...' if len(signs) > 4 else ''})" if signs else ""


def fields(module: Module, shape: Shape) -> tuple[str, ...] | None:
    """The fields of a record of a module, if it is the one of this shape."""
    found = module.records.get(shape.tag or "")
    return found if found is not None and len(found) + 1 == shape.size else None


def _moved(pre: Side, post: Side) -> Iterator[Drift]:
    """A record of the same size with other fields."""
    held = {one for one in pre.state.held if one.kind == "tuple" and one.tag}
    for shape in sorted(held & set(post.state.held)):
        before, after = fields(pre.module, shape), fields(post.module, shape)
        if before is None or after is None or before == after:
            continue
        what = spelled(shape, pre.module, post.module)
        if sorted(before) == sorted(after):
            yield Drift(what, "has its fields in another order", shape, shape, "error")
        else:
            yield Drift(what, f"has other fields{_signed(shape, shape, pre, post)}", shape, shape, "note")


def _rekeyed(pre: Side, post: Side) -> Iterator[Drift]:
    """A map that has lost keys and got others. One that only gets keys may be read with defaults."""
    maps = [[one for one in side.state.held if one.kind == "map" and not one.tag] for side in (pre, post)]
    if len(maps[0]) != 1 or len(maps[1]) != 1 or not (pre.state.whole and post.state.whole):
        return
    old, new = maps[0][0], maps[1][0]
    gained = [_key(key) for key in new.keys if key not in old.keys]
    lost = [_key(key) for key in old.keys if key not in new.keys]
    if gained and lost:
        signs = [*(f"+ {key}" for key in gained), *(f"- {key}" for key in lost)]
        how = f"has other keys ({', '.join(signs[:4])}{', ...' if len(signs) > 4 else ''})"
        yield Drift("the map", how, old, new, "warning")


def _key(key: Term) -> str:
    return spell_atom(key.name) if isinstance(key, Atom) else flat(key)


def _replaced(pre: Side, post: Side) -> Iterator[Drift]:
    """A state of another kind, which callbacks ask for."""
    if not (pre.state.whole and post.state.whole) or len(post.state.held) != 1:
        return
    new = post.state.held[0]
    asks = [one for one in post.state.asked if one.kind == new.kind and one.tag in (new.tag, None)]
    for old in pre.state.held:
        if asks and new.kind != "plain" and not _fits(old, post) and _is_other(old, new, pre, post):
            how = f"becomes {spelled(new, pre.module, post.module)}"
            yield Drift(spelled(old, pre.module, post.module), how, old, new, "error")


def _fits(old: Shape, post: Side) -> bool:
    """Whether callbacks ask for the old shape, too."""
    return any(one.kind == old.kind and (one.tag, one.size) == (old.tag, old.size) for one in post.state.asked)


def _is_other(old: Shape, new: Shape, pre: Side, post: Side) -> bool:
    """Whether one shape is never the other. The first element of a tuple may be a value, and a struct is a map."""
    if old.kind != new.kind:
        return True
    records = old.tag in pre.module.records and new.tag in post.module.records
    return old.kind == "tuple" and old.tag != new.tag and records


def spelled(shape: Shape, *modules: Module) -> str:
    """A shape in a sentence."""
    if shape.kind == "plain":
        return PLAIN.get(shape.tag or "", "a value")
    if shape.kind == "map":
        return f"`%{module_name(shape.tag)}{{}}`" if shape.tag else "a map"
    if shape.tag is None:
        return "the tuple"
    is_record = any(shape.tag in module.records for module in modules)
    return f"`#{spell_atom(shape.tag)}{{}}`" if is_record else f"`{{{spell_atom(shape.tag)}, ...}}`"
