"""Two builds of an application -> what changed, module by module, and in which words that is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from relupc.model.beam import FA, Beam
from relupc.model.code import Module
from relupc.model.program import Change, Diff
from relupc.model.reach import doing
from relupc.model.spelling import MOST, listed, spell_atom
from relupc.model.state import kinds_of
from relupc.model.term import Atom, Int, Map

_INIT, _STRUCT = FA("init", 1), FA("__struct__", 0)
_NO_CODE = (("Line",), "line numbers"), (("Dbgi", "Abst"), "debug info"), (("Docs", "ExDc"), "documentation")
_NO_RECORDS = frozenset({"EXIT", "DOWN", "error", "noreply", "ok", "reply", "stop"})

Files = Mapping[str, Beam]


def diff_app(
    app: str,
    versions: tuple[str | None, str | None],
    old: Mapping[str, Module],
    new: Mapping[str, Module],
    files: tuple[Files, Files] = ({}, {}),
    is_alike: Callable[[Beam, Beam], bool] = lambda _old, _new: False,
) -> Diff:
    """Compare the modules of two versions of an application, by name in the order of names.

    A module changed if the MD5 of its code differs, as `beam_lib:md5/1` gives it: lines, debug information and
    attributes are no code. `files` are what they were read from, where it is to be said how the rest differs.
    `is_alike` tells of two that changed whether it is only by line numbers that the code keeps.
    """
    changes = []
    for name in sorted({*old, *new}):
        before, after = (modules.get(name) for modules in (old, new))
        if before is None or after is None:
            changes.append(Change(name, "added" if after else "removed", (), before, after))
            continue
        pair = tuple(beam for known in files if (beam := known.get(name)))
        if before.md5 == after.md5:
            changes.append(Change(name, "same", rest(*pair) if len(pair) == 2 else (), before, after))
        elif len(pair) == 2 and is_alike(*pair):
            changes.append(Change(name, "changed", ("only line numbers that it logs differ",), before, after, True))
        else:
            changes.append(Change(name, "changed", tuple(_words(before, after)), before, after))
    return Diff(app, *versions, tuple(changes))


def rest(old: Beam, new: Beam) -> tuple[str, ...]:
    """How two files of the same code differ, such as `only debug info and -vsn differ`; empty if they do not."""
    found = [word for names, word in _NO_CODE if any(old.chunks.get(n) != new.chunks.get(n) for n in names)]
    found += ["compile info"] * (old.chunks.get("CInf") != new.chunks.get("CInf"))
    if old.chunks.get("Attr") != new.chunks.get("Attr"):
        names = dict.fromkeys(name for name, _ in (*old.attributes, *new.attributes))
        differing = [f"-{spell_atom(name)}" for name in names if old.attribute(name) != new.attribute(name)]
        found += differing if 0 < len(differing) <= MOST else ["attributes"]
    if not found:
        return ("only what is no code differs",) if old.chunks != new.chunks else ()
    verb = "differ" if len(found) > 1 or found[0].endswith("s") else "differs"
    return (f"only {', '.join(found[:-1])}{' and ' if len(found) > 1 else ''}{found[-1]} {verb}",)


def _words(old: Module, new: Module) -> Iterator[str]:
    """`gen_server`, `#state{} 3 -> 4 fields (+ currency)`, `exports + with_tax/2`, `init/1`; else `code only`."""
    before, after = (" and ".join(kinds_of(module)) for module in (old, new))
    if before or after:
        yield before if before == after else f"{before or 'no behaviour'} -> {after or 'no behaviour'}"
    said = [*_records(old, new), *_struct(old, new), *_exports(old, new)]
    if "supervisor" in (before, after) and old.decoded and new.decoded and doing(old, _INIT) != doing(new, _INIT):
        said.append("init/1")
    yield from said or (["code only"] if before == after else ())


def _records(old: Module, new: Module) -> Iterator[str]:
    """Of records that both define; without debug information of tuples that both ask for by their tag and size."""
    if old.records or new.records:
        for name, before in old.records.items():
            after = new.records.get(name, before)
            if after != before:
                yield f"#{spell_atom(name)}{{}} {_fields(before, after)}"
        return
    asked = [_asked(module, _differing(old, new)) for module in (old, new)]
    for tag in sorted((asked[0].keys() & asked[1].keys()) - _NO_RECORDS):
        one, other = asked[0][tag], asked[1][tag]
        if len(one) == len(other) == 1 and one != other:
            yield f"{{{spell_atom(tag)}, ...}} {min(one)} -> {min(other)} elements"


def _differing(old: Module, new: Module) -> set[str] | None:
    """The tags for which the two may ask with other sizes; None where that is not known without a look."""
    before, after = old.tags(), new.tags()
    if before is None or after is None:
        return None
    both = (before.keys() & after.keys()) - _NO_RECORDS
    return {tag for tag in both if len(before[tag] | after[tag]) > 1}


def _asked(module: Module, tags: Set[str] | None) -> dict[str, set[int]]:
    """The sizes for which a module asks with a tag; if they are given, only with these."""
    found: dict[str, set[int]] = {}
    among = None if tags is None else frozenset[FA]().union(*map(module.holding, tags))
    for fa in module.functions if among is None or among else ():
        for test in module.functions[fa].tests if among is None or fa in among else ():
            match test.name, test.against:
                case "is_tagged_tuple", (Int(size), Atom(tag)):
                    found.setdefault(tag, set()).add(size)
    return found


def _struct(old: Module, new: Module) -> Iterator[str]:
    before, after = (_keys(module) for module in (old, new))
    if before is not None and after is not None and before != after:
        yield f"struct {_fields(before, after)}"


def _keys(module: Module) -> tuple[str, ...] | None:
    """The fields of the struct of an Elixir module, if it has one."""
    made = module.functions.get(_STRUCT) if _STRUCT in module.exports else None
    for value in made.returns if made else ():
        if isinstance(value, Map):
            return tuple(
                sorted(key.name for key, _ in value.pairs if isinstance(key, Atom) and key != Atom("__struct__"))
            )
    return None


def _fields(old: Sequence[str], new: Sequence[str]) -> str:
    """`3 -> 4 fields (+ currency)`."""
    more, less = ([name for name in one if name not in other] for one, other in ((new, old), (old, new)))
    count = "fields" if len(old) == len(new) else f"{len(old)} -> {len(new)} fields"
    changed = ", ".join(f"{sign} {listed(names)}" for sign, names in (("+", more), ("-", less)) if names)
    return f"{count} ({changed or 'in another order'})"


def _exports(old: Module, new: Module) -> Iterator[str]:
    more, less = sorted(new.exports - old.exports), sorted(old.exports - new.exports)
    parts = [f"{sign} {listed([f'{n}/{a}' for n, a in fas])}" for sign, fas in (("+", more), ("-", less)) if fas]
    if parts:
        yield f"exports {', '.join(parts)}"
