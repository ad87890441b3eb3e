"""A relup in, the two tables of a successful compile out: what each application brings in, what each plan does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from relupc.model.build import Release
from relupc.model.instruction import ABOUT_ONE, RESTART_NEW_EMULATOR, modules, name_of
from relupc.model.layout import spell_atom
from relupc.model.plan import Plan, Relup, Script, Step
from relupc.model.source import Span
from relupc.model.term import Atom, Term, Tuple, as_list
from relupc.model.value import NamedTuple
from relupc.report.printable import printable, shorten

_LEAST_COLUMN = 10  # characters: no column is cut further
_NAMES = 4  # of a list, before `and 12 more`
_EMULATOR = "erts"  # scripts about the emulator carry this as their application
_ELIXIR = r"Elixir\.((?:[A-Z]\w*)(?:\.[A-Z]\w*)*)"  # compiled when there is one
_SHORT = {"load_module": "load", "add_module": "add", "delete_module": "delete"}


class _Way(NamedTuple):
    """The plans between a base release and the new one; at least one of them is there."""

    up: Plan | None
    down: Plan | None

    @property
    def plans(self) -> tuple[Plan, ...]:
        return tuple(plan for plan in self if plan is not None)


def compile_summary(relup: Relup, *, width: int, verbose: bool) -> str:
    """A table of the applications for each base, one of all plans, and the names of what does not change.

    Bases come in the order asked for. `width` is in columns; verbose tables are as wide as they need to be.
    """
    ways = _ways(relup)
    limit = 0 if verbose else width
    blocks = []
    for way in ways:
        shown = _applications(way, limit) or "no application changes"
        blocks.append(f"{_route(way)}\n{shown}" if len(ways) > 1 else shown)
    plans = [plan for way in ways for plan in way.plans]
    if plans:
        blocks.append(_plans(plans, limit))
    blocks.append(_unchanged(plans))
    return "\n\n".join(filter(None, blocks))


def _ways(relup: Relup) -> list[_Way]:
    """The plans in pairs, by base release. A relup holds its plans in the reverse of the order asked for."""
    up, down = ({_key(p.base): p for p in reversed(plans)} for plans in (relup.up, relup.down))
    return [_Way(up.get(key), down.get(key)) for key in dict.fromkeys((*up, *down))]


def _key(release: Release) -> tuple[str, str, str]:
    return release.name, release.vsn, release.path


def _route(way: _Way) -> str:
    plan = way.plans[0]
    name = "" if plan.base.name == plan.top.name else f"{plan.top.name} "
    return printable(f"{plan.base.name} {plan.base.vsn} -> {name}{plan.top.vsn}")


def _applications(way: _Way, limit: int) -> str:
    """A row for each application that changes; empty if none does."""
    scripts = [{_about(s): s for s in plan.scripts} for plan in way.plans]
    rows = []
    for about in dict.fromkeys(about for found in scripts for about in found):
        here = [(plan, found.get(about)) for plan, found in zip(way.plans, scripts, strict=True)]
        script = next(s for _, s in here if s is not None)
        words = [_words(s, plan) if s else "-" for plan, s in here]
        rows.append([_name(script.app), *_versions(script.app, way.plans[0]), _source(script, way.plans[0]), *words])
    head = ["app", "from", "to", "instructions from", *(plan.direction for plan in way.plans)]
    return table(head, rows, limit) if rows else ""


def _about(script: Script) -> tuple[str, str]:
    """What makes a row: the emulator has one for its new version and one for a restart that was asked for."""
    return script.app, str(script.because) if script.app == _EMULATOR else ""


def _versions(app: str, plan: Plan) -> tuple[str, str]:
    if app == _EMULATOR:
        return plan.base.erts, plan.top.erts
    before, after = plan.base.app(app), plan.top.app(app)
    return before.vsn if before else "-", after.vsn if after else "-"


def _source(script: Script, plan: Plan) -> str:
    """Where the instructions are from, seen from the base release: a line of an appup and its key, or words."""
    if isinstance(script.because, Span):
        span = script.because
        return f"{span.source.path.rpartition('/')[2]}:{span.line}  {printable(span.text)}"
    if script.app != _EMULATOR and not plan.base.app(script.app):
        return "new application"
    if script.app != _EMULATOR and not plan.top.app(script.app):
        return "removed application"
    return script.because


def _words(script: Script, plan: Plan) -> str:
    """`add 1, load 1, update 2`: the instructions as written, in the order of the first of each kind."""
    counts: Counter[str] = Counter()
    for step in script.steps:
        name = name_of(step.instruction)
        if name in ABOUT_ONE and isinstance(step.instruction, Tuple):  # nearly all: the others take longer
            counts[_SHORT.get(name, name)] += 1
            continue
        listed = as_list(step.instruction)
        for instruction in (step.instruction,) if listed is None else listed:
            counts.update(dict(_kinds(instruction, script.app, plan)))
    return ", ".join(f"{word} {count}" if count else word for word, count in counts.items()) or "nothing"


def _kinds(instruction: Term, app: str, plan: Plan) -> Iterator[tuple[str, int]]:
    """What an instruction counts as; with 0 it is only named."""
    match instruction:
        case Tuple((Atom("add_application"), Atom(name), *start)):
            yield _of("add", name, app), 0
            how = start[0].name if start and isinstance(start[0], Atom) else "permanent"
            if how != "none":
                yield "load" if how == "load" else f"start {how}", 0
        case Tuple((Atom("remove_application"), Atom(name))):
            there = (plan.base if plan.direction == "up" else plan.top).app(name)
            yield _of("stop", name, app), 0
            yield "remove", len(there.modules) if there else 0
            yield "unload", 0
        case Tuple((Atom("restart_application"), Atom(name))):
            yield _of("restart", name, app), 0
        case Atom(name):
            yield name, 0
        case _:
            name = name_of(instruction) or "other"
            yield _SHORT.get(name, name), 1


def _of(verb: str, name: str, app: str) -> str:
    return verb if name == app else f"{verb} {_name(name)}"


def _plans(plans: list[Plan], limit: int) -> str:
    head = ["", "versions", "steps", "loads", "removes", "suspended", "code_change", "apply", "restart"]
    return table(head, [_plan_row(plan, limit) for plan in plans], limit, numbers=(2, 3, 4, 6, 7))


def _plan_row(plan: Plan, limit: int) -> list[str]:
    kinds = plan.named
    about = {
        kind: [m.name for step in kinds.get(kind, ()) for m in modules(step.instruction)]
        for kind in ("suspend", "code_change")
    }
    pair = (plan.base.vsn, plan.top.vsn) if plan.direction == "up" else (plan.top.vsn, plan.base.vsn)
    suspended = _list(about["suspend"], _NAMES if limit else len(about["suspend"])) or "-"
    loads, removes, calls = (str(len(kinds.get(kind, ()))) for kind in ("load", "remove", "apply"))
    steps, changes = str(len(plan.steps)), str(len(about["code_change"]))
    restart = _restart(plan.steps, kinds)
    return [plan.direction, " -> ".join(pair), steps, loads, removes, suspended, changes, calls, restart]


def _restart(steps: Sequence[Step], kinds: Mapping[str, Sequence[Step]]) -> str:
    """When the emulator restarts. For a base with a very old sasl the new emulator comes last, too."""
    first = bool(steps) and steps[0].instruction == RESTART_NEW_EMULATOR
    last = "restart_emulator" in kinds or len(kinds.get("restart_new_emulator", ())) > first
    when = " and ".join(word for word, is_so in (("first", first), ("last", last)) if is_so)
    return f"emulator, {when}" if when else "no"


def _unchanged(plans: list[Plan]) -> str:
    """Applications of the new release that every base has in the same version."""
    top = plans[0].top.apps if plans else ()
    same = [a.name for a in top if all((b := p.base.app(a.name)) and b.vsn == a.vsn for p in plans)]
    if not same:
        return ""
    return f"{len(same)} application{'s' if len(same) > 1 else ''} unchanged: {_list(same, _NAMES)}"


def _list(names: Iterable[str], most: int) -> str:
    """`a, b, c, d and 12 more`: each name once."""
    once = list(dict.fromkeys(map(_name, names)))
    more = f" and {len(once) - most} more" if len(once) > most else ""
    return ", ".join(once[:most]) + more


def _name(name: str) -> str:
    """An atom as its language writes it."""
    elixir = re.fullmatch(_ELIXIR, name, re.ASCII) if name.startswith("Elixir.") else None
    return elixir[1] if elixir else spell_atom(name)


def table(head: list[str], rows: list[list[str]], limit: int, numbers: Sequence[int] = ()) -> str:
    """A table whose longest columns are cut so that it is at most `limit` wide; 0 is no limit."""
    cells = [[printable(cell) for cell in row] for row in rows]
    if limit:
        most = _longest_cell(head, cells, limit)
        cells = [[shorten(cell, most) for cell in row] for row in cells]
    if all(cell.isascii() for row in (head, *cells) for cell in row):
        return _plain(head, cells, numbers)
    from tabulate import tabulate  # noqa: PLC0415 - its import is a sixth of a small compile: docs/decisions/016

    align = ["right" if i in numbers else "left" for i in range(len(head))]
    return tabulate(cells, head, tablefmt="simple", disable_numparse=True, colalign=align)


def _plain(head: list[str], rows: list[list[str]], numbers: Sequence[int]) -> str:
    """What tabulate makes of a table whose characters are all one column wide."""
    rows = [[cell.strip() for cell in row] for row in rows]
    widths = [max(map(len, (name + "  ", *column))) for name, *column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if i in numbers else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _longest_cell(head: list[str], rows: list[list[str]], limit: int) -> int:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    least = [len(name) + 2 for name in head]  # tabulate's padding of a heading

    def total(most: int) -> int:
        return sum(max(min(w, most), h) + 2 for w, h in zip(widths, least, strict=True)) - 2

    return next((most for most in range(limit, _LEAST_COLUMN, -1) if total(most) <= limit), _LEAST_COLUMN)
