"""A release -> what its applications claim together that cannot be.

Counterpart: `systools_make:undefined_applications/1`, `duplicate_regs/1`, `duplicate_incls/1`,
`check_modules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from relupc.model.build import App, Release
from relupc.model.codes import R018, R108, R109, R110, R112
from relupc.model.diagnostic import Code, Label, Problems, Subject
from relupc.model.layout import flat, spell_atom
from relupc.model.otp import otp_says
from relupc.model.term import Atom, List, Term, atoms, string, tup


def check_undefined(release: Release, problems: Problems) -> None:
    """Everything that is needed or included must be in the release; what is optional need not be there."""
    names = {app.name for app in release.apps}
    missing = [(app, atom) for app in release.apps for atom in _needed(app) if atom.name not in names]
    if missing:
        unique = list(dict.fromkeys(atom.name for _, atom in missing))
        otp = otp_says("systools_make", tup("undefined_applications", atoms(unique)))
        for app, atom in missing:
            problems.add(
                R108.at(
                    atom.span or app.span,
                    f"`{spell_atom(app.name)}` needs `{flat(atom)}`, which is not in release {release.vsn}",
                    help=f"add `{flat(atom)}` to {release.path}",
                    subject=Subject(app.name),
                    otp=otp,
                )
            )


def _needed(app: App) -> Iterator[Atom]:
    optional = [atom.name for atom in app.optional]
    for atom in app.applications:
        if atom.name in optional:  # each optional name excuses one
            optional.remove(atom.name)
        else:
            yield atom
    yield from app.included


def check_registered(release: Release, problems: Problems) -> None:
    """No name may be registered twice."""

    def place(app: App, name: Atom) -> Term:
        return tup(name, app.name, string(app.vsn), string(app.directory))

    _duplicates(release, lambda app: app.registered, place, R109, "duplicate_register", problems)


def check_includes(release: Release, problems: Problems) -> None:
    """No application may be included twice."""

    def place(app: App, name: Atom) -> Term:
        return tup(name, app.name, string(app.vsn), string(app.directory))

    _duplicates(release, lambda app: app.included, place, R110, "duplicate_include", problems)


def check_modules(release: Release, problems: Problems) -> None:
    """No module may be in two applications, nor twice in one."""

    def place(app: App, name: Atom) -> Term:
        return tup(name, app.name, string(app.directory))

    _duplicates(release, lambda app: app.modules, place, R018, "duplicate_modules", problems)


def _duplicates(
    release: Release,
    names_of: Callable[[App], tuple[Atom, ...]],
    place: Callable[[App, Atom], Term],
    code: Code,
    reason: str,
    problems: Problems,
) -> None:
    """Report each pair of neighbours with one name, in the list of all names sorted by name."""
    uses: dict[str, list[tuple[App, Atom]]] = {}
    for app in release.apps:
        for atom in names_of(app):
            uses.setdefault(atom.name, []).append((app, atom))
    twice = [uses[name] for name in sorted(name for name, users in uses.items() if len(users) > 1)]
    pairs = [(one, two) for users in twice for one, two in pairwise(users)]
    if not pairs:
        return
    terms = tuple(tup(place(*one), place(*two)) for one, two in reversed(pairs))
    otp = otp_says("systools_make", tup(reason, List(terms)))
    for (first_app, first), (app, atom) in pairs:
        one_file = first_app.name == app.name
        also = "twice" if one_file else f"and in `{spell_atom(first_app.name)}` too"
        problems.add(
            code.at(
                atom.span or app.span,
                f"`{flat(atom)}` in `{spell_atom(app.name)}`, {also}",
                labels=(Label(first.span, "the other place"),) if first.span else (),
                help=f"delete it in one of the two {'places' if one_file else '.app files'}",
                subject=Subject(app.name, atom.name if code is R018 else None),
                otp=otp,
            )
        )


def includes_itself(release: Release, problems: Problems) -> bool:
    """Whether applications include each other in a circle, on which systools never ends."""
    included: dict[str, list[str]] = {}
    for app in release.apps:  # the same application may be there twice
        included.setdefault(app.name, []).extend(atom.name for atom in app.included)
    circular = [app for app in release.apps if app.included and _reaches(app.name, app.name, included)]
    for app in circular[:1]:
        names = ", ".join(f"`{spell_atom(one.name)}`" for one in circular)
        problems.add(
            R112.at(
                app.included[0].span or app.span,
                f"included in a circle: {names}",
                help="delete one of them from `included_applications`",
                notes=("OTP never ends on such a release",),
                subject=Subject(app.name),
                otp=otp_says("crash", Atom("timeout")),
            )
        )
    return bool(circular)


def _reaches(start: str, goal: str, links: dict[str, list[str]]) -> bool:
    seen: set[str] = set()
    waiting = list(links.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            waiting += links.get(name, ())
    return False
