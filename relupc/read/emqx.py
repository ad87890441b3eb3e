"""A `.relup` that is no relup of OTP -> what it is; of EMQX's own upgrader its shape and its modules.

EMQX reads maps with `from_version`, `target_version`, `code_changes` and `post_upgrade_callbacks`, one in a file or
several in a list, and runs their instructions itself. It runs the file as a script, so that parts may be Erlang code.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping

from relupc.model.codes import A101, A103, R122, T005
from relupc.model.diagnostic import Label, Problems
from relupc.model.layout import flat
from relupc.model.otp import otp_says
from relupc.model.source import Source
from relupc.model.spelling import module_name
from relupc.model.term import Atom, Bin, List, Map, Term, Tuple, Unknown, as_atom, as_list, as_string, is_tagged
from relupc.model.value import NamedTuple, replace
from relupc.read.app import AppFile, read_app
from relupc.read.file import FROM_DISK, Unreadable, read_source
from relupc.read.find import files_named
from relupc.read.script import read_script
from relupc.read.text import read_first

KEYS = ("from_version", "target_version", "code_changes", "post_upgrade_callbacks")
NOTHING = List(())
FORMS = (
    "`{load_module, Module}`, `{update, Module, {advanced, Extra}}`, `{restart_application, Application}` or "
    "`{apply, Module, Function, Args}`"
)


class OtherRelup(NamedTuple):
    """A relup of another upgrader: the modules that it loads, as far as its instructions are known."""

    modules: tuple[Atom, ...] = ()


def other_relup(terms: tuple[Term, ...], problems: Problems) -> OtherRelup | None:
    """What the terms of a file are if they are maps; None if they may be meant for OTP. Mistakes are reported."""
    if len(terms) != 1:
        return None
    maps = [terms[0]] if isinstance(terms[0], Map) else as_list(terms[0]) or ()
    if not maps or not all(isinstance(item, Map) for item in maps):
        return None
    first = maps[0]
    assert isinstance(first, Map), "all are"
    is_emqx = any(as_atom(key) in KEYS for key, _ in first.pairs)
    problems.add(
        T005.at(
            first.pairs[0][0].span if first.pairs else first.span,
            "a map, as EMQX's own upgrader reads it" if is_emqx else "a map, and no relup of OTP",
            notes=("release_handler of OTP installs no such file: it says `bad_relup_file`",),
            otp=otp_says("release_handler", Atom("bad_relup_file")),
        )
    )
    if not is_emqx:
        return OtherRelup()
    return OtherRelup(tuple(module for item in maps if isinstance(item, Map) for module in _checked(item, problems)))


def other_script(source: Source, otp: int, problems: Problems) -> OtherRelup | None:
    """The same for a text that is no plain term, but may be a script that gives maps."""
    script = read_script(source, otp)
    other = None if isinstance(script, Unreadable) else other_relup((script.term,), problems)
    if other and not isinstance(script, Unreadable):
        ran = ("EMQX runs the file as a script",)
        problems.found += [replace(note, help=None, notes=ran) for note in script.notes]
    return other


def modules_below(folders: Iterable[str], otp: int, texts: Mapping[str, bytes] = FROM_DISK) -> frozenset[str]:
    """The modules that the .app files in these folders list; none if one of the files cannot be read."""
    found: set[str] = set()
    for path in (os.path.join(folder, name) for folder in folders for name in files_named(folder, ".app")):
        source = read_source(path, texts=texts)
        term = read_first(source, otp) if isinstance(source, Source) else source
        app = term if isinstance(term, Unreadable) else read_app(term, otp)
        if not isinstance(app, AppFile):
            return frozenset()
        found.update(module.name for module in app.atoms("modules"))
    return frozenset(found)


def _checked(relup: Map, problems: Problems) -> Iterator[Atom]:
    """Report what is wrong with one map, and give the modules that it loads."""
    values = {as_atom(key): value for key, value in relup.pairs}
    for key, _ in relup.pairs:
        if as_atom(key) not in KEYS:
            label = f"`{flat(key)}` is no key of such a map, and is ignored"
            advice = f"write one of {', '.join(KEYS)}, or delete it"
            problems.add(A101.at(key.span, label, help=advice, severity="warning"))
    for name, (good, want) in WANTED.items():
        value = values.get(name)
        if value is not None and not good(value) and not isinstance(value, Unknown):
            problems.add(R122.at(value.span, f"bad value of `{name}`", help=f"write `{name} => {want}`"))
    missing = [f"`{name}`" for name in KEYS[:3] if name not in values]
    if missing:
        advice = ", ".join(f"`{name} => {WANTED[name][1]}`" for name in KEYS[:3] if name not in values)
        label = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        problems.add(R122.at(relup.pairs[0][0].span, label, help=f"add {advice}"))
    seen: dict[str, Atom] = {}
    for change in as_list(values.get("code_changes", NOTHING)) or ():
        module = _module(change, problems)
        if module:
            if module.name in seen:
                _again(module, seen[module.name], problems)
            seen.setdefault(module.name, module)
            yield module


def _module(change: Term, problems: Problems) -> Atom | None:
    """The module that an instruction loads, if it loads one; what is no instruction is reported."""
    match change:
        case Unknown():
            return None
        case Tuple((Atom("load_module"), Atom() as module)):
            return module
        case Tuple((Atom("update"), Atom() as module, how)) if isinstance(how, Unknown) or is_tagged(
            how, "advanced", 2
        ):
            return module
        case Tuple((Atom("restart_application"), Atom())):
            return None
        case Tuple((Atom("apply"), Atom(), Atom(), args)) if isinstance(args, Unknown) or as_list(args) is not None:
            return None
        case Tuple(items) if any(isinstance(item, Unknown) for item in items[:3]):
            return None
    problems.add(A101.at(change.span, "EMQX's upgrader knows no such instruction", help=f"write {FORMS}"))
    return None


def _again(module: Atom, first: Atom, problems: Problems) -> None:
    problems.add(
        A103.at(
            module.span,
            f"`{module_name(module.name)}` is loaded a second time",
            labels=(Label(first.span, "first here"),) if first.span else (),
            help="delete one of the two, if nothing between them needs the first",
            severity="note",
        )
    )


def _is_version(value: Term) -> bool:
    return bool(as_string(value)) or isinstance(value, Bin)


def _is_list(value: Term) -> bool:
    return as_list(value) is not None


def _is_callbacks(value: Term) -> bool:
    items = as_list(value)
    return items is not None and all(
        isinstance(item, Atom | Unknown)
        or (isinstance(item, Tuple) and len(item.items) == 2 and isinstance(item.items[0], Atom | Unknown))
        for item in items
    )


WANTED: dict[str, tuple[Callable[[Term], bool], str]] = {
    "from_version": (_is_version, '"1.0.0"'),
    "target_version": (_is_version, '"1.0.0"'),
    "code_changes": (_is_list, "[Instruction, ...]"),
    "post_upgrade_callbacks": (_is_callbacks, "[Function, {Function, Args}, ...]"),
}
