"""Applications in the order of the .rel file -> the same, each behind those that it needs.

Counterpart: `systools_make:sort_used_and_incl_appls/2`, `sort_appls/1`. The sorted order decides the order of
the upgrade, so the quirks of systools are kept: see the comments.
"""

from __future__ import annotations

from collections.abc import Iterable

from relupc.model.build import App, Release
from relupc.model.codes import R108, R111
from relupc.model.diagnostic import Otp, Problems, Subject
from relupc.model.layout import spell_atom
from relupc.model.otp import otp_says
from relupc.model.term import Atom, List, Term, atoms, string, tup
from relupc.model.value import replace


def rewrite(apps: tuple[App, ...]) -> tuple[App, ...]:
    """Let who needs an included application need what it is started by; sort all lists as the release is.

    Includes must have no circle and no application twice.
    """
    parent = {atom.name: app.name for app in apps for atom in app.included}
    place: dict[str, int] = {}
    for number, app in enumerate(apps):
        place.setdefault(app.name, number)

    def top(name: str) -> str:
        while name in parent:
            name = parent[name]
        return name

    def in_order(names: Iterable[Atom]) -> tuple[Atom, ...]:
        return tuple(sorted(names, key=lambda atom: place.get(atom.name, len(place))))

    def uses(app: App) -> list[Atom]:
        mine, kept = top(app.name), list(app.applications)
        for atom in app.applications:
            goal = top(atom.name)
            if atom.name == mine:
                kept.remove(atom)
            elif atom.name in parent:
                replacement = Atom(goal, atom.span)
                if replacement in kept:
                    kept.remove(atom)
                elif goal != mine:
                    kept.remove(atom)
                    kept.append(replacement)
        return kept

    return tuple(replace(app, applications=in_order(uses(app)), included=in_order(app.included)) for app in apps)


def sort(release: Release, apps: tuple[App, ...], problems: Problems) -> tuple[App, ...]:
    """The sorted order: that of the release, but what an application needs or includes comes right before it."""
    work = list(apps)
    visited: list[App] = []
    missing: list[tuple[App, str]] = []
    circular: list[App] = []
    done: list[App] = []
    while work:
        app, *rest = work
        uses, without_uses = _find(app.applications, app, rest, visited)
        includes, without_includes = _find(app.included, app, rest, visited)
        optional = [atom.name for atom in app.optional]
        missing[:0] = [(app, name) for name in (*_minus(without_uses, optional), *without_includes)]
        needed = uses + includes
        if not needed:
            done.append(app)
            visited.insert(0, app)
            work = rest
            continue
        again = [one for one in needed if _is_in(one, visited)]
        if again:
            circular[:0] = [app, *again]
        work = [*needed, app, *rest]
        for one in again:
            work.remove(one)
        visited.insert(0, app)
    if circular or missing:
        _report(release, circular, missing, problems)
    return tuple(done)


def _is_in(app: App, visited: list[App]) -> bool:
    return any(one.name == app.name and one.vsn == app.vsn for one in visited)


def _minus(names: list[str], others: list[str]) -> list[str]:
    left = list(names)
    for other in others:
        if other in left:
            left.remove(other)
    return left


def _find(names: tuple[Atom, ...], app: App, rest: list[App], visited: list[App]) -> tuple[list[App], list[str]]:
    """Take the named applications out of `rest`; give them, and the names of those never seen, both in order."""
    found: list[App] = []
    absent: list[str] = []
    for atom in reversed(names):
        one = next((a for a in rest if a.name == atom.name), None)
        if one is not None and all(i.name != app.name for i in one.included):
            rest.remove(one)
            found.insert(0, one)
        elif all(v.name != atom.name for v in visited):
            absent.insert(0, atom.name)
    return found, absent


def _report(release: Release, circular: list[App], missing: list[tuple[App, str]], problems: Problems) -> None:
    reasons: list[Term] = []
    rings = list(dict.fromkeys((app.name, app.vsn) for app in circular))
    lost = {name: app for app, name in reversed(missing)}
    if rings:
        ring = tuple(tup(name, string(vsn)) for name, vsn in rings)
        reasons.append(tup("circular_dependencies", List(ring)))
    if missing:
        reasons.append(tup("undefined_applications", atoms(list(dict.fromkeys(name for _, name in missing)))))
    otp = otp_says("systools_make", reasons[0] if len(reasons) == 1 else tup("apps", List(tuple(reasons))))
    if rings:
        names = ", ".join(f"`{spell_atom(name)}`" for name, _ in rings)
        problems.add(
            R111.at(
                circular[0].span,
                f"these need each other before they can start: {names}",
                path=release.path,
                help="delete one of the dependencies from its .app file",
                otp=otp,
            )
        )
    for name in dict.fromkeys(name for _, name in missing):
        _lost(release, lost[name], name, otp, problems)


def _lost(release: Release, app: App, name: str, otp: Otp, problems: Problems) -> None:
    """An application that the release has, but that systools does not find when its turn comes."""
    needs = [atom for atom in (*app.applications, *app.included) if atom.name == name]
    if len(needs) > 1:
        label = f"`{spell_atom(app.name)}` lists `{spell_atom(name)}` twice"
        advice = "delete one of the two"
    else:
        label = f"`{spell_atom(name)}` comes too late in {release.path}: an application that is included needs it"
        advice = "list the application that includes others before those that it includes"
    problems.add(
        R108.at(
            needs[-1].span if len(needs) > 1 else release.span,
            label,
            path=release.path,
            help=advice,
            notes=("OTP says that it is undefined, though the release has it",),
            subject=Subject(app.name),
            otp=otp,
        )
    )
