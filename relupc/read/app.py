"""An .app file's term -> what it says, or every problem with its keys.

Counterpart: `systools_make:parse_application/4`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from relupc.model.source import Span
from relupc.model.term import (
    Atom,
    Int,
    List,
    Term,
    Tuple,
    as_atom,
    as_list,
    as_string,
    is_chardata,
    is_list,
    tup,
)
from relupc.model.value import dataclass

FIRST_OTP_WITHOUT_DUPLICATES = 26  # sasl 4.2.1


@dataclass(frozen=True, slots=True)
class AppFile:
    """What an .app file says: `value` of each key of KEYS; `span` is where the name stands."""

    name: str
    values: dict[str, Term]
    span: Span | None

    def text(self, key: str) -> str:
        return as_string(self.values[key]) or ""

    def atoms(self, key: str) -> tuple[Atom, ...]:
        return tuple(item for item in as_list(self.values[key]) or () if isinstance(item, Atom))


@dataclass(frozen=True, slots=True)
class AppFault:
    """A problem with an .app file: OTP's reason, what it is, what to write, and where."""

    reason: Term
    label: str
    help: str
    span: Span | None


def read_app(term: Term, otp: int) -> AppFile | list[AppFault]:
    """The contents of an .app file, or all that is wrong with it, in the order in which systools looks."""
    match term:
        case Tuple((Atom("application"), Atom(name), keys)) if is_list(keys):
            found = _lookup(keys.items if isinstance(keys, List) else ())
            faults = [fault for key in KEYS if (fault := _fault(key, found.get(key.name), term, otp))]
            if faults:
                return list(dict.fromkeys(faults))
            values = {key.name: _value(found[key.name]) if key.name in found else key.default for key in KEYS}
            return AppFile(name, {k: v for k, v in values.items() if v is not None}, term.items[1].span)
    reason = tup("badly_formatted_application", term)
    return [AppFault(reason, "this is no application", "write `{application, Name, [{Key, Value}, ...]}.`", term.span)]


def faults_before_build(term: Term, otp: int) -> list[AppFault]:
    """What is wrong with an .app.src file: a build fills in what is missing, and the version and the modules anyway."""
    match term:
        case Tuple((Atom("application"), Atom(), List(items, None))):
            found = _lookup(items)
            keys = (key for key in KEYS if key.name in found and key.name not in ("vsn", "modules"))
            return [fault for key in keys if (fault := _fault(key, found[key.name], term, otp))]
    faults = read_app(term, otp)
    return faults[:1] if isinstance(faults, list) else []


@dataclass(frozen=True, slots=True)
class Key:
    """A key of .app files: its default (None: it must be there), and what its value must be."""

    name: str
    default: Term | None
    good: Callable[[Term], bool]
    want: str


def _lookup(items: tuple[Term, ...]) -> dict[str, Tuple]:
    """Key -> the first tuple that starts with it, whatever its size."""
    found: dict[str, Tuple] = {}
    for item in items:
        if isinstance(item, Tuple) and item.items:
            found.setdefault(as_atom(item.items[0]) or "", item)
    return found


def _value(pair: Tuple) -> Term:
    return pair.items[1]


def _fault(key: Key, pair: Tuple | None, whole: Tuple, otp: int) -> AppFault | None:
    if pair is None:
        if isinstance(whole.items[2], List) and whole.items[2].tail is not None:  # systools crashes at the end
            return _no_end(whole, whole.items[2].tail)
        if key.default is not None:
            return None
        return AppFault(
            _missing(key, whole), f"`{key.name}` is missing", f"add `{{{key.name}, {key.want}}}`", whole.items[1].span
        )
    if len(pair.items) != 2:
        return AppFault(
            _missing(key, whole), f"`{key.name}` takes one value", f"write `{{{key.name}, {key.want}}}`", pair.span
        )
    value = pair.items[1]
    if not key.good(value):
        bad = _missing(key, whole) if key.name == "mod" else tup(tup("bad_param", key.name), whole)
        if key.good is _is_string and not is_chardata(value):  # systools crashes on it
            bad = tup(tup("EXIT", tup("badarg", "$stack")), whole)
        return AppFault(bad, f"bad value of `{key.name}`", f"write `{{{key.name}, {key.want}}}`", value.span)
    if key.good is _is_atoms and otp >= FIRST_OTP_WITHOUT_DUPLICATES:
        return _duplicates(key, value, whole)
    return None


def _missing(key: Key, whole: Tuple) -> Term:
    return tup(tup("missing_param", key.name), whole)


def _no_end(whole: Tuple, tail: Term) -> AppFault:
    reason = tup(tup("EXIT", tup("badarg", "$stack")), whole)
    return AppFault(reason, "the list of keys must end with `]`", "write `,` in place of `|`", tail.span)


def _duplicates(key: Key, value: Term, whole: Tuple) -> AppFault | None:
    items = as_list(value) or ()
    if len({as_atom(item) for item in items}) == len(items):
        return None
    repeated = tuple(_repeated(items))
    reason = tup(tup("dupl_entry", key.name, List(repeated)), whole)
    return AppFault(reason, f"`{key.name}` lists this twice", "delete one of the two", repeated[0].span)


def _repeated(items: tuple[Term, ...]) -> Iterator[Term]:
    seen: set[Term] = set()
    for item in items:
        if item in seen:
            yield item
        seen.add(item)


def _is_string(value: Term) -> bool:
    return as_string(value) is not None


def _is_atoms(value: Term) -> bool:
    items = as_list(value)
    return items is not None and all(isinstance(item, Atom) for item in items)


def _is_mod(value: Term) -> bool:
    return value == List(()) or (
        isinstance(value, Tuple) and len(value.items) == 2 and isinstance(value.items[0], Atom)
    )


def _is_pairs(value: Term) -> bool:
    items = as_list(value)
    return items is not None and all(
        isinstance(i, Tuple) and len(i.items) == 2 and isinstance(i.items[0], Atom) for i in items
    )


def _is_phases(value: Term) -> bool:
    return as_atom(value) == "undefined" or _is_pairs(value)


def _is_limit(value: Term) -> bool:
    return as_atom(value) == "infinity" or (isinstance(value, Int) and value.value > 0)


EMPTY, INFINITY = List(()), Atom("infinity")
# In the order in which systools looks at them.
KEYS = (
    Key("vsn", None, _is_string, '"1.0.0"'),
    Key("id", EMPTY, _is_string, '"text"'),
    Key("description", None, _is_string, '"text"'),
    Key("modules", None, _is_atoms, "[Module, ...]"),
    Key("registered", None, _is_atoms, "[Name, ...]"),
    Key("applications", None, _is_atoms, "[Application, ...]"),
    Key("optional_applications", EMPTY, _is_atoms, "[Application, ...]"),
    Key("included_applications", EMPTY, _is_atoms, "[Application, ...]"),
    Key("mod", EMPTY, _is_mod, "{Module, Args}"),
    Key("start_phases", Atom("undefined"), _is_phases, "[{Phase, Args}, ...]"),
    Key("env", EMPTY, _is_pairs, "[{Name, Value}, ...]"),
    Key("maxT", INFINITY, _is_limit, "infinity"),
    Key("maxP", INFINITY, _is_limit, "infinity"),
)
