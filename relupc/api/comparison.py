"""What rules looked at and what they said -> what changed between two builds, beside what the appups do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from relupc.model.build import App, Release
from relupc.model.changes import ends_in_restart, instructions, restarted
from relupc.model.comparison import AppRows, Comparison, Differences, Row
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import modules, name_of
from relupc.model.lint import Upgrade
from relupc.model.otp import OTP_APPLICATIONS
from relupc.model.program import Change, Diff, UpgradeCode
from relupc.model.term import Term, Tuple, as_atom, is_tagged

_ORDER = ("changed", "same", "added", "removed")
_SHOWN = ("load_module", "add_module", "delete_module", "load", "remove")


def comparisons(values: Iterable[object], said: Iterable[Diagnostic]) -> tuple[Comparison, ...]:
    """One for each pair of builds that was compared."""
    found = [value for value in values if isinstance(value, UpgradeCode) and value.direction == "up"]
    codes = _codes(said) if found else {}
    return tuple(_comparison(code, codes) for code in found)


def shown(found: Differences, *, with_otp: bool) -> Comparison:
    """What `relupc diff` shows. Of the applications of OTP only how many modules changed, but for `with_otp`."""
    if found.old is None or found.new is None:
        return Comparison("", (), appups=False)
    apps = []
    for diff in found.diffs:
        changes = [c for c in in_order(diff, found.new.app(diff.app), found.old.app(diff.app)) if c.kind != "same"]
        is_listed = None not in (diff.old, diff.new) and (with_otp or diff.app not in OTP_APPLICATIONS)
        if diff.is_changed:
            apps.append(AppRows(diff, tuple(map(Row, changes)) if is_listed else ()))
    where = f"{found.old.path} -> {found.new.path}{f', OTP {found.otp}' if found.otp else ''}"
    return Comparison(f"{title(found.old, found.new)}   ({where})", tuple(apps), appups=False)


def title(base: Release, top: Release) -> str:
    """Which builds these are."""
    return f"{base.name} {base.vsn} -> {'' if base.name == top.name else f'{top.name} '}{top.vsn}"


def _comparison(code: UpgradeCode, codes: Mapping[tuple[str | None, str | None], list[str]]) -> Comparison:
    said = dict(_said(code.upgrade))
    apps = []
    for diff in code.diffs.values():
        if diff.is_changed:
            top, base = code.upgrade.top.app(diff.app), code.upgrade.base.app(diff.app)
            whole = _whole(code.upgrade, diff.app)
            rows = [
                Row(change, whole or said.get(change.module), _of(codes, diff, change.module))
                for change in in_order(diff, top, base)
                if change.kind != "same" or (change.module in said and diff.old != diff.new)
            ]
            apps.append(AppRows(diff, tuple(rows) if diff.old is not None and diff.new is not None else ()))
    return Comparison(title(code.upgrade.base, code.upgrade.top), tuple(apps))


def in_order(diff: Diff, *apps: App | None) -> list[Change]:
    """What changed before what is added and what goes away, each in the order of the .app file."""
    listed = [module.name for app in apps if app for module in app.modules]
    place = {name: number for number, name in reversed(list(enumerate(listed)))}
    return sorted(diff.changes, key=lambda c: (_ORDER.index(c.kind), place.get(c.module, len(place)), c.module))


def _said(upgrade: Upgrade) -> Iterator[tuple[str, str]]:
    """What the appups of all applications do with modules; of several instructions for one the last counts."""
    for step in instructions(upgrade):
        if text := _spelled(step.instruction):
            yield from ((module.name, text) for module in modules(step.instruction))


def _spelled(instruction: Term) -> str | None:
    name = name_of(instruction)
    if name != "update" or not isinstance(instruction, Tuple) or len(instruction.items) < 6:
        return name if name in (*_SHOWN, "update") else None
    if as_atom(instruction.items[2]) == "static" and instruction.items[2].span is None:  # of the short form
        return "update, supervisor"
    return "update, advanced" if is_tagged(instruction.items[-4], "advanced", 2) else "update"


def _whole(upgrade: Upgrade, app: str) -> str | None:
    """What replaces all modules of an application at once."""
    if ends_in_restart(upgrade):
        return "restart of the node"
    return "restart_application" if app in restarted(upgrade) else None


def _codes(said: Iterable[Diagnostic]) -> dict[tuple[str | None, str | None], list[str]]:
    """The codes about each module of each application, in their order; those that are suppressed in brackets."""
    found: dict[tuple[str | None, str | None], set[str]] = {}
    for d in said:
        code = f"({d.code.code})" if d.suppressed else d.code.code
        found.setdefault((d.subject.app, d.subject.module), set()).add(code)
    return {about: sorted(codes, key=lambda code: code.strip("()")) for about, codes in found.items()}


def _of(codes: Mapping[tuple[str | None, str | None], list[str]], diff: Diff, module: str) -> tuple[str, ...]:
    own = codes.get((diff.app, module), [])
    of_all = [code for code in codes.get((diff.app, None), []) if code.strip("()") == "R001"]
    return tuple(own or of_all)
