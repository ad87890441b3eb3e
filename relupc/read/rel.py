"""A .rel file's term -> what it says, or every problem with its form.

Counterpart: stage 1 and 2 of `systools_make:read_release/2`, `get_release/4`.
"""

from __future__ import annotations

from relupc.model.codes import R101, R102
from relupc.model.diagnostic import Code, Problems
from relupc.model.instruction import START_TYPES
from relupc.model.layout import flat
from relupc.model.otp import otp_says
from relupc.model.source import Span
from relupc.model.term import Atom, List, Term, Tuple, as_atom, as_list, as_string, is_chardata, is_list, string, tup
from relupc.model.value import dataclass

SHAPE = '`{release, {"Name", "Vsn"}, {erts, "Vsn"}, [{App, "Vsn"}, ...]}.`'
ENTRY = '`{App, "Vsn"}`, `{App, "Vsn", Type}`, `{App, "Vsn", Included}` or `{App, "Vsn", Type, Included}`'

EXIT = tup("EXIT", tup("badarg", "$stack"))  # what systools gives where it crashes on a version


@dataclass(frozen=True, slots=True)
class Listed:
    """One application of a .rel file; `included` is None where the .app file is to say it."""

    name: str
    vsn: str
    type: str
    included: tuple[Atom, ...] | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class RelFile:
    """What a .rel file says."""

    name: str
    vsn: str
    erts: str
    apps: tuple[Listed, ...]
    span: Span | None
    erts_span: Span | None


def read_rel(term: Term, problems: Problems) -> RelFile | None:
    """The contents of a .rel file; None if it has problems, all of which are reported."""
    match term:
        case Tuple((Atom("release"), Tuple((name, vsn)), Tuple((Atom("erts"), erts)), apps)) if is_list(apps):
            found = Problems()
            texts = [
                _text(name, "the name of the release", tup("illegal_name", name), found),
                _text(vsn, "the version of the release", tup("illegal_form", vsn), found),
                _text(erts, "the version of the emulator", tup("illegal_form", tup("erts", erts)), found),
            ]
            listed = _read_apps(apps, found)
            if not found.fatal:
                _check_mandatory(listed, apps, found)
            problems.found += found.found
            if found.fatal:
                return None
            return RelFile(texts[0], texts[1], texts[2], tuple(listed), name.span, erts.span)
    problems.add(
        R101.at(
            term.span,
            "this is no release",
            help=f"write {SHAPE}",
            otp=otp_says("systools_make", Atom("badly_formatted_release")),
        )
    )
    return None


def _text(term: Term, what: str, reason: Term, problems: Problems) -> str:
    text = as_string(term)
    if text is None:
        if not is_chardata(term):  # systools crashes where it looks at the characters
            reason = EXIT
        problems.add(
            R101.at(
                term.span,
                f"{what} must be a string",
                help=f"write {SHAPE}",
                otp=otp_says("systools_make", reason),
            )
        )
    return text or ""


def _read_apps(apps: Term, problems: Problems) -> list[Listed]:
    if isinstance(apps, List) and apps.tail is not None:
        problems.add(
            R101.at(
                apps.tail.span,
                "the list of applications must end with `]`",
                help="write `,` in place of `|`",
                otp=otp_says("systools_make", tup("EXIT", tup(tup("bad_generator", apps.tail), "$stack"))),
            )
        )
        return []
    entries = as_list(apps) or ()
    read = [(entry, _read_entry(entry)) for entry in entries]
    illegal = tuple(entry for entry, listed in read if listed is None)
    all_of_them = tup("illegal_applications", List(illegal))
    for entry in illegal:
        reason = EXIT if _crashes(entry) else all_of_them
        problems.add(
            R101.at(
                entry.span or apps.span,
                f"`{flat(entry)}` is no application of a release",
                help=f"write {ENTRY}",
                otp=otp_says("systools_make", reason),
            )
        )
    return [listed for _, listed in read if listed is not None]


def _crashes(entry: Term) -> bool:
    match entry:
        case Tuple((Atom(), vsn, *rest)) if len(rest) <= 2:
            return not is_chardata(vsn)
    return False


def _read_entry(entry: Term) -> Listed | None:
    if not isinstance(entry, Tuple) or not 2 <= len(entry.items) <= 4:
        return None
    name, vsn = as_atom(entry.items[0]), as_string(entry.items[1])
    rest = entry.items[2:]
    start_type, included = "permanent", None
    if len(rest) == 1 and is_list(rest[0]):
        included = rest[0]
    elif rest:
        start_type = as_atom(rest[0]) or ""
        included = rest[1] if len(rest) == 2 else None
    atoms = _atoms(included) if included is not None else None
    if name is None or vsn is None or start_type not in START_TYPES or (included is not None and atoms is None):
        return None
    return Listed(name, vsn, start_type, atoms, entry.span)


def _atoms(term: Term) -> tuple[Atom, ...] | None:
    items = as_list(term)
    if items is None:
        return None
    found = tuple(item for item in items if isinstance(item, Atom))
    return found if len(found) == len(items) else None


def _check_mandatory(listed: list[Listed], apps: Term, problems: Problems) -> None:
    for name in ("kernel", "stdlib"):
        app = next((one for one in listed if one.name == name), None)
        if app is None:
            _not_right(R102, apps.span, f"`{name}` is missing", tup("missing_mandatory_app", name), problems)
        elif app.type != "permanent":
            label = f"`{name}` is `{app.type}`"
            _not_right(R102, app.span, label, tup("mandatory_app", name, app.type), problems)


def _not_right(code: Code, span: Span | None, label: str, reason: Term, problems: Problems) -> None:
    problems.add(
        code.at(
            span,
            label,
            help="list kernel and stdlib without a start type, or as `permanent`",
            otp=otp_says("systools_make", reason),
        )
    )


def release_term(rel: RelFile) -> Term:
    """A release as systools' error terms show it (the record of systools.hrl)."""
    apps = tuple(tup(app.name, string(app.vsn), app.type) for app in rel.apps)
    overrides = tuple(tup(app.name, List(app.included)) for app in rel.apps if app.included is not None)
    return tup("release", string(rel.name), string(rel.vsn), string(rel.erts), List(apps), List(overrides))
