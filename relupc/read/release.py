"""A .rel file and the .app files that it asks for -> a release, every problem reported.

Counterpart: `systools_make:get_release/4` up to the reading of the applications.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TypeAlias

from relupc.model import disk
from relupc.model.build import App, Release
from relupc.model.codes import R004, R103, R104, R105, R106, R107, R118, R119
from relupc.model.diagnostic import Label, Otp, Problems, Subject
from relupc.model.layout import flat, spell_atom
from relupc.model.otp import NEWEST_OTP, OLDEST_OTP, otp_says
from relupc.model.progress import Progress
from relupc.model.source import Source
from relupc.model.term import List, Term, Tuple, string, tup
from relupc.model.value import dataclass, field
from relupc.read.app import AppFault, AppFile, read_app
from relupc.read.file import Unreadable, otp_agrees, read_source
from relupc.read.find import Search, and_more, rel_file
from relupc.read.rel import Listed, RelFile, read_rel, release_term
from relupc.read.text import read_first

Read: TypeAlias = AppFile | list[AppFault] | Unreadable
ERTS_TO_OTP = 12  # erts 13 came with OTP 25, and so on since OTP 17


@dataclass(slots=True)
class Library:
    """Where applications are looked for, and those read so far. The first release read sets `otp`."""

    search: Search
    otp: int | None
    texts: Mapping[str, bytes] = field(default_factory=dict)
    progress: Progress = field(default_factory=Progress)
    files: dict[str, Read] = field(default_factory=dict)

    def read(self, path: str, otp: int) -> Read:
        """The .app file at `path`, read once."""
        if path not in self.files:
            source = read_source(path, texts=self.texts)
            term = read_first(source, otp) if isinstance(source, Source) else source
            self.files[path] = term if isinstance(term, Unreadable) else read_app(term, otp)
        return self.files[path]


def read_release(name: str, path: str, library: Library, problems: Problems) -> Release | None:
    """The release of a .rel file with its applications; None if something is wrong with any, which is reported.

    `name` is how the file was asked for, `path` is where it is.
    """
    source = read_source(path, texts=library.texts)
    term = read_first(source, library.otp or OLDEST_OTP) if isinstance(source, Source) else source
    if isinstance(term, Unreadable):
        otp_error = otp_says("systools_make", _rel_reason(rel_file(name), term)) if otp_agrees(term) else None
        problems.add(term.diagnostic.with_otp(otp_error, Subject()))
        return None
    rel = read_rel(term, problems)
    if rel is None:
        return None
    library.otp = library.otp or otp_of(rel.erts)
    found = Problems()
    apps = _find_apps(rel, library, library.otp, found)
    problems.found += found.found
    if not any(listed.name == "sasl" for listed in rel.apps):
        _no_sasl(rel, path, problems)
    if found.fatal:
        return None
    return Release(rel.name, rel.vsn, rel.erts, path, apps, span=rel.span, erts_span=rel.erts_span)


def otp_of(erts: str) -> int:
    """The OTP release whose rules fit an emulator version: 13 belongs to OTP 25. What is unknown counts as 25."""
    major = erts.partition(".")[0]
    otp = int(major) + ERTS_TO_OTP if major.isascii() and major.isdigit() and len(major) < 4 else OLDEST_OTP
    return min(max(otp, OLDEST_OTP), NEWEST_OTP)


def _rel_reason(file: str, what: Unreadable) -> Term:
    match what.kind:
        case "open":
            return tup("not_found", string(file))
        case "read":
            return tup("read", string(file))
    return tup("parse", string(file), what.detail)


def _no_sasl(rel: RelFile, path: str, problems: Problems) -> None:
    problems.add(
        R004.at(
            rel.span,
            f"release {rel.name} {rel.vsn} has no `sasl`, which installs upgrades",
            path=path,
            help="list sasl among its applications",
            otp=otp_says("systools_relup", tup("missing_sasl", release_term(rel))),
        )
    )


def _find_apps(rel: RelFile, library: Library, otp: int, problems: Problems) -> tuple[App, ...]:
    """All applications that can be found. OTP puts what is wrong with each into one list, the last one first."""
    each = [Problems() for _ in rel.apps]
    told = library.progress.each(rel.apps, "reading", "applications")
    apps = [_find_app(listed, library, otp, found) for listed, found in zip(told, each, strict=True)]
    reasons = [reason for found in each if (reason := next((d.otp.reason for d in found.found if d.otp), None))]
    whole = List(tuple(reversed(reasons)))
    for diagnostic in (d for found in each for d in found.found):
        otp_error = Otp(diagnostic.otp.error_class, whole) if diagnostic.otp else None
        problems.add(diagnostic.with_otp(otp_error, diagnostic.subject))
    return tuple(app for app in apps if app)


def _find_app(listed: Listed, library: Library, otp: int, problems: Problems) -> App | None:
    """The application in the first folder that has it in the version asked for."""
    name = spell_atom(listed.name)
    if not listed.name or "/" in listed.name or "\0" in listed.name or listed.name.startswith("."):
        reason = _error_reading(listed, tup("not_found", string(listed.name + ".app")))
        label = f"`{name}` cannot be the name of a file"
        problems.add(R119.at(listed.span, label, help="name an application", otp=reason))
        return None
    passed: list[tuple[str, AppFile | Unreadable]] = []
    for folder in library.search.holding(listed.name + ".app"):
        path = os.path.join(folder, listed.name + ".app")
        read = library.read(path, otp)
        if isinstance(read, list):
            bad_app_file(listed, read, problems)
            return None
        if isinstance(read, AppFile) and read.text("vsn") == listed.vsn:
            _second_place(listed, folder, library, otp, problems)
            return app_of(listed, read, folder) if fits(listed, read, problems) else None
        if isinstance(read, Unreadable) and not otp_agrees(read):  # OTP would take this one
            problems.add(read.diagnostic.with_otp(None, Subject(listed.name)))
            return None
        passed.append((path, read))
    _not_found(listed, passed, library, problems)
    return None


def _error_reading(listed: Listed, what: Term) -> Otp:
    return otp_says("systools_make", tup("error_reading", tup(listed.name, what)))


def bad_app_file(listed: Listed, faults: list[AppFault], problems: Problems) -> None:
    """Report what is wrong with the .app file of an application."""
    for fault in faults:
        problems.add(
            R105.at(
                fault.span,
                fault.label,
                help=fault.help,
                subject=Subject(listed.name),
                otp=_error_reading(listed, fault.reason),
            )
        )


def fits(listed: Listed, file: AppFile, problems: Problems) -> bool:
    """Whether an .app file of the right version is also of the right name, and includes what the .rel includes."""
    if file.name != listed.name:
        reason = tup("bad_application_name", tup(listed.name, tup(file.name, string(listed.vsn))))
        problems.add(
            R106.at(
                file.span,
                f"this is `{spell_atom(file.name)}`, but the file is that of `{spell_atom(listed.name)}`",
                help=f"write `{spell_atom(listed.name)}`",
                subject=Subject(listed.name),
                otp=otp_says("systools_make", reason),
            )
        )
        return False
    declared = file.atoms("included_applications")
    extra = [atom for atom in listed.included or () if atom not in declared]
    if extra:
        reason = tup("override_include", List(tuple(extra)))
        problems.add(
            R107.at(
                extra[0].span,
                f"the .app file of `{spell_atom(listed.name)}` does not include {and_more(list(map(flat, extra)))}",
                labels=(Label(file.span, "the .app file"),) if file.span else (),
                help="add it to `included_applications` there, or delete it here",
                subject=Subject(listed.name),
                otp=_error_reading(listed, reason),
            )
        )
        return False
    return True


def app_of(listed: Listed, file: AppFile, folder: str) -> App:
    """An application as its .app file in `folder` has it."""
    included = file.atoms("included_applications") if listed.included is None else listed.included
    return App(
        name=listed.name,
        vsn=listed.vsn,
        type=listed.type,
        description=file.text("description"),
        id=file.text("id"),
        modules=file.atoms("modules"),
        registered=file.atoms("registered"),
        applications=file.atoms("applications"),
        optional=file.atoms("optional_applications"),
        included=included,
        env=file.values["env"],
        max_t=file.values["maxT"],
        max_p=file.values["maxP"],
        mod=file.values["mod"],
        start_phases=file.values["start_phases"],
        directory=folder,
        span=file.span,
        listed=listed.span,
    )


def _second_place(listed: Listed, folder: str, library: Library, otp: int, problems: Problems) -> None:
    """Say when a later folder has the same application in the same version: which one counts is easily missed."""
    for other in library.search.known(listed.name + ".app"):
        if other == folder or disk.real(other) == disk.real(folder):
            continue
        read = library.read(os.path.join(other, listed.name + ".app"), otp)
        if isinstance(read, AppFile) and read.text("vsn") == listed.vsn:
            problems.add(
                R118.at(
                    listed.span,
                    f"`{spell_atom(listed.name)}` {listed.vsn} is in {folder} and in {other}",
                    help=f"take one of them out of the search path; {folder} is used",
                    subject=Subject(listed.name),
                )
            )
            return


def _not_found(
    listed: Listed, passed: list[tuple[str, AppFile | Unreadable]], library: Library, problems: Problems
) -> None:
    """Nothing fits. systools names the first file that does not parse or has another version; here all are named."""
    subject = Subject(listed.name)
    others = [(path, read) for path, read in passed if isinstance(read, AppFile)]
    searched = (f"searched: {library.search.description()}",)
    remembered = bool(others)
    for path, read in passed:
        if isinstance(read, Unreadable):
            otp = None
            if read.kind == "parse" and isinstance(read.detail, Tuple):
                line, _, text = read.detail.items
                otp = _error_reading(listed, tup("parse_error", tup(string(path), line, text)))
                remembered = True
            problems.add(read.diagnostic.with_otp(otp, subject))
        elif path == others[0][0]:
            _other_version(listed, others, searched, problems)
    if not remembered:
        otp = _error_reading(listed, tup("not_found", string(listed.name + ".app")))
        label = f"no {listed.name}.app for `{spell_atom(listed.name)}` {listed.vsn}"
        advice = "name the folder that has it with --path"
        problems.add(R103.at(listed.span, label, help=advice, notes=searched, subject=subject, otp=otp))


def _other_version(
    listed: Listed, others: list[tuple[str, AppFile]], searched: tuple[str, ...], problems: Problems
) -> None:
    first, vsn = others[0][0], others[0][1].values["vsn"]
    wrong = tup(tup(string("should be"), string(listed.vsn)), tup(string("found file"), string(first), vsn))
    found = dict.fromkeys(f"{read.text('vsn')} in {path}" for path, read in others)
    problems.add(
        R104.at(
            listed.span,
            f"no `{spell_atom(listed.name)}` {listed.vsn}; found {and_more(list(found))}",
            labels=(Label(vsn.span, "another version"),) if vsn.span else (),
            help="correct the version here, or name the folder that has this one with --path",
            notes=searched,
            subject=Subject(listed.name),
            otp=_error_reading(listed, tup("no_valid_version", wrong)),
        )
    )
