"""For tests: applications as short terms in, releases out, and the files that they would be read from.

An application is `{Name, Vsn}` or `{Name, Vsn, [{Key, Value}, ...]}`; the keys are those of .app files, and
`type`. What every release must have, kernel, stdlib and sasl, is put in front where it is not given.
"""

from __future__ import annotations

from dataclasses import replace

from relupc.model.build import App, Release
from relupc.model.diagnostic import Problems
from relupc.model.layout import to_text
from relupc.model.term import Atom, List, Term, Tuple, as_atom, as_list, as_string, string, tup
from relupc.validate import validate

CORE = {"kernel": "8.5", "stdlib": "4.2", "sasl": "4.2"}
OTHERS = {"mod", "start_phases", "env"}
LISTS = ("modules", "registered", "applications", "optional_applications", "included_applications")


def release(vsn: str, erts: str, apps: Term) -> Release:
    """A release that is not validated yet; its .rel file is `VSN.rel`."""
    given = [_app(term) for term in as_list(apps) or ()]
    names = {app.name for app in given}
    core = [app(name, number) for name, number in CORE.items() if name not in names]
    return Release("node", vsn, erts, f"{vsn}.rel", (*core, *given), span=apps.span, erts_span=apps.span)


def sorted_release(vsn: str, erts: str, apps: Term) -> Release:
    """A release whose applications are sorted; there must be nothing wrong with it."""
    problems = Problems()
    found = validate(release(vsn, erts, apps), problems)
    assert found, problems.found
    return found


def app(name: str, vsn: str) -> App:
    """An application without anything in it."""
    return App(
        name=name,
        vsn=vsn,
        type="permanent",
        description="",
        id="",
        modules=(),
        registered=(),
        applications=(),
        optional=(),
        included=(),
        env=List(()),
        max_t=Atom("infinity"),
        max_p=Atom("infinity"),
        mod=List(()),
        start_phases=Atom("undefined"),
        directory=f"lib/{name}-{vsn}/ebin",
    )


def _app(term: Term) -> App:
    assert isinstance(term, Tuple)
    name, vsn, *rest = term.items
    keys = {str(as_atom(pair.items[0])): pair.items[1] for pair in pairs(rest[0] if rest else List(()))}
    lists = {key: tuple(i for i in as_list(keys.pop(key, List(()))) or () if isinstance(i, Atom)) for key in LISTS}
    start_type = as_atom(keys.pop("type", Atom("permanent"))) or ""
    assert not keys.keys() - OTHERS, f"unknown keys {list(keys)}"
    modules, registered, applications, optional, included = lists.values()
    found = app(str(as_atom(name)), str(as_string(vsn)))
    return replace(
        found, type=start_type, modules=modules, registered=registered, applications=applications, optional=optional,
        included=included, span=name.span, listed=term.span, mod=keys.get("mod", found.mod),
        start_phases=keys.get("start_phases", found.start_phases), env=keys.get("env", found.env),
    )  # fmt: skip


def pairs(term: Term) -> list[Tuple]:
    """The pairs of a list."""
    return [item for item in as_list(term) or () if isinstance(item, Tuple) and len(item.items) == 2]


def files(built: Release) -> dict[str, str]:
    """The .rel file of a release, and the .app files."""
    specs = List(tuple(tup(one.name, string(one.vsn), one.type) for one in built.apps))
    term = tup("release", tup(string(built.name), string(built.vsn)), tup("erts", string(built.erts)), specs)
    apps = {f"{one.directory}/{one.name}.app": to_text(app_term(one)) + ".\n" for one in built.apps}
    return {built.path: to_text(term) + ".\n", **apps}


def app_term(one: App) -> Tuple:
    """What an .app file says."""
    lists = zip(LISTS, (one.modules, one.registered, one.applications, one.optional, one.included), strict=True)
    keys = [tup(key, List(atoms)) for key, atoms in lists]
    texts = [tup("vsn", string(one.vsn)), tup("description", string(one.description))]
    return tup("application", one.name, List((*texts, *keys)))
