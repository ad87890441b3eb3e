"""Two releases and the appups -> the scripts of the upgrade, one per application that changes.

Counterpart, in systools_relup: `check_for_emulator_restart`, `prepend_add_app_scripts`,
`collect_appup_scripts`, `append_remove_app_scripts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relupc.model.appup import Appup, Entry
from relupc.model.build import App
from relupc.model.codes import A001, A002, A003, A004, A008, A009, R113
from relupc.model.diagnostic import Diagnostic, Fix, Label, Problems, Subject
from relupc.model.instruction import RESTART_EMULATOR, RESTART_NEW_EMULATOR
from relupc.model.layout import flat, spell_atom
from relupc.model.otp import otp_says
from relupc.model.plan import Draft, Script, Step, new_step
from relupc.model.source import Span
from relupc.model.term import Atom, Bin, Term, as_list, as_string, string, tup
from relupc.model.value import replace

if TYPE_CHECKING:
    from relupc.model.pattern import Invalid, Refused


def select(draft: Draft, problems: Problems) -> Draft:
    """Choose, for everything that differs between the releases, the instructions for it."""
    pre, post = {a.name for a in draft.pre.apps}, {a.name for a in draft.post.apps}
    scripts: list[Script | None] = []
    if draft.top.erts != draft.base.erts:
        scripts.append(_generated("erts", "new emulator", RESTART_NEW_EMULATOR))
    for app in draft.post.apps:
        if app.name not in pre:
            scripts.append(_generated(app.name, "new application", tup("add_application", app.name, app.type)))
    for app in draft.top.sorted:
        base = draft.base.app(app.name)
        if base is not None and base.vsn != app.vsn:
            scripts.append(_chosen(app, base, draft, problems))
    if draft.top.erts != draft.base.erts:
        _emulator_changes(draft, problems)
    for app in draft.pre.apps:
        if app.name not in post:
            scripts.append(_generated(app.name, "removed application", tup("remove_application", app.name)))
    if draft.restart:
        scripts.append(_generated("erts", "restart asked for", RESTART_EMULATOR))
    return replace(draft, scripts=tuple(s for s in scripts if s is not None))


def _generated(app: str, reason: str, instruction: Term) -> Script:
    return Script(app, reason, (Step(instruction, (reason,)),))


def _emulator_changes(draft: Draft, problems: Problems) -> None:
    top, base = draft.top, draft.base
    releases = [tup(string(r.name), string(r.erts)) for r in (top, base)]
    problems.add(
        R113.at(
            top.erts_span,
            f"the emulator changes between {base.erts} ({base.name} {base.vsn}) and {top.erts} ({top.name} {top.vsn})",
            help="expect a restart of the whole node in this upgrade",
            subject=draft.subject(),
            otp=otp_says("systools_relup", tup("erts_vsn_changed", tup(*releases))),
        )
    )


def _chosen(app: App, base: App, draft: Draft, problems: Problems) -> Script | None:
    """The script of the appup's first entry for the base version. The appup is that of the newer release."""
    appup = draft.appups.get((app.name, app.vsn))
    if appup is None:  # reported when it was read
        return None
    if as_string(appup.vsn) != app.vsn:
        _other_version(appup, app, draft, problems)
    entry = _entry_for(app, base.vsn, appup, draft, problems)
    if entry is None:
        return None
    steps = written_steps(entry, draft.subject(app.name), problems)
    return None if steps is None else Script(app.name, entry.key.span or "appup", steps)


def written_steps(entry: Entry, subject: Subject, problems: Problems) -> tuple[Step, ...] | None:
    """The instructions of an entry as written; None if they are no list, which is reported."""
    instructions = as_list(entry.script)
    if instructions is None:
        problems.add(
            A001.at(
                entry.script.span,
                "the instructions must be a list",
                help="write `[Instruction, ...]`",
                subject=subject,
                otp=otp_says("crash", Atom("function_clause")),
            )
        )
        return None
    cause: Span | str = entry.key.span or "appup"
    return tuple([new_step(i, (i.span or cause,)) for i in instructions])


def _entry_for(app: App, vsn: str, appup: Appup, draft: Draft, problems: Problems) -> Entry | None:
    """The first entry that matches, whether it is a string or a pattern. None if there is none: reported."""
    entries = appup.up if draft.direction == "up" else appup.down
    for entry in entries.items:
        match = _matches(entry.key, vsn, draft.otp)
        if match is True:
            return entry
        if match is not False:
            _bad_pattern(entry.key, vsn, match, draft.subject(appup.app), problems)
            return None
    if entries.tail is None:
        _no_entry(app, vsn, appup, draft, problems)
    else:
        problems.add(no_list(entries.tail, appup, draft.subject(appup.app)))
    return None


def no_list(tail: Term, appup: Appup, subject: Subject) -> Diagnostic:
    """Of what stands where a list of entries should be, or should end."""
    return A001.at(
        tail.span or appup.span,
        "the entries must be a list",
        help="write `[{Version, [Instruction, ...]}, ...]`",
        subject=subject,
        otp=otp_says("crash", Atom("function_clause")),
    )


def _bad_pattern(key: Term, vsn: str, fault: Refused | Invalid, subject: Subject, problems: Problems) -> None:
    # Many appups have no pattern.
    from relupc.model.pattern import Refused  # noqa: PLC0415
    from relupc.model.version_key import BADARG, ESCAPE  # noqa: PLC0415

    if isinstance(fault, Refused):
        problems.add(
            A009.at(
                key.span,
                f"cannot tell whether this matches {vsn}: {fault.reason}",
                help="write the versions as strings, or a pattern without this construct",
                notes=("OTP reads it with PCRE, relupc a part of that which means the same everywhere",),
                subject=subject,
            )
        )
    else:
        problems.add(
            A008.at(
                key.span,
                f"not a regular expression: {fault.reason}",
                help=ESCAPE,
                notes=(BADARG,),
                subject=subject,
                otp=otp_says("crash", Atom("badarg")),
            )
        )


def _matches(key: Term, vsn: str, otp: int) -> bool | Refused | Invalid:
    if isinstance(key, Bin) and not key.unused:
        from relupc.model.pattern import matches  # noqa: PLC0415 - many appups have no pattern

        return matches(key.data, vsn, otp)
    return as_string(key) == vsn


def _other_version(appup: Appup, app: App, draft: Draft, problems: Problems) -> None:
    from relupc.model.edit import replaced  # noqa: PLC0415 - only for a mistake
    from relupc.plan.written import as_written  # noqa: PLC0415

    text = flat(string(app.vsn))
    edits = replaced(appup.vsn, text) if as_written(appup.vsn) else ()
    is_binary = isinstance(appup.vsn, Bin) and appup.vsn.data == app.vsn.encode()
    problems.add(
        A002.at(
            appup.vsn.span or appup.span,
            f"this appup is for {flat(appup.vsn)}, the application is {app.vsn}",
            help=f"write `{text}`",
            subject=draft.subject(app.name),
            otp=otp_says("systools_relup", tup("bad_vsn", tup(appup.vsn, string(app.vsn)))),
            severity="warning",
            fix=Fix(f"write `{text}`", edits, safe=is_binary) if edits else None,
        )
    )


def _no_entry(app: App, vsn: str, appup: Appup, draft: Draft, problems: Problems) -> None:
    from relupc.model.mirror import proposed  # noqa: PLC0415 - only for a mistake

    up = draft.direction == "up"
    code, entries, others, which = (
        (A003, appup.up, appup.down, "first") if up else (A004, appup.down, appup.up, "second")
    )
    opposite = next((entry for entry in others.items if as_string(entry.key) == vsn), None)
    place = opposite.key.span if opposite else None
    proposal = proposed(appup, draft.direction, [(opposite.key, opposite)]) if opposite else None
    way = f"App-{app.vsn} to App-{vsn}".replace("App", spell_atom(app.name))
    example = f"{{{flat(string(vsn))}, [{{restart_application, {spell_atom(app.name)}}}]}}"
    problems.add(
        code.at(
            entries.span or appup.span,
            f"no entry {'leads from' if up else 'leads back to'} {vsn}",
            labels=(Label(place, "the way back to it" if up else "the way up from it"),) if place else (),
            help=(proposal and proposal.help)
            or f"add `{example}`, or better the instructions that are needed, to the {which} list",
            notes=(f"OTP says `No release upgrade script entry for {way} in file {appup.path}`",),
            subject=draft.subject(app.name),
            otp=otp_says("systools_relup", tup("no_relup", string(appup.path), app.term(), string(vsn))),
            severity="error",
            fix=proposal.fix if proposal else None,
        )
    )
