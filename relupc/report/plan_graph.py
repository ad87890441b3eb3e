"""Timelines in, the order that DepMods ask for out: as Mermaid, for pull requests, and as DOT, for Graphviz.

A box for each module, with the numbers of its steps; an arrow means "is loaded after"; modules that wait for each other
share a box. Boxes have made-up names, and what is written in them is escaped, since module names are any text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relupc.model.layout import spell_atom
from relupc.model.spelling import listed, module_name
from relupc.model.timeline import Mark, Planned, Row, Timeline
from relupc.model.value import NamedTuple
from relupc.report import Style
from relupc.report.plan_words import stretch, version_of
from relupc.report.printable import printable

MOST_BOXES = 400  # of an application; no one can look at more, and drawing programs give up


class _Box(NamedTuple):
    """One module, or those of a circle: its name, what is written in it, whether it stands still or goes away."""

    name: str
    app: str
    words: tuple[str, str]
    is_still: bool
    is_gone: bool


def plan_mermaid(planned: Planned, _style: Style, *, verbose: bool = False) -> str:
    """One flowchart, as Mermaid wants it; of several timelines each is a box of its own in it."""
    timelines = planned.timelines
    if len(timelines) == 1:
        # A directive for Mermaid, such as `%%{init: ...}%%`, counts in comments too.
        head = f"%% {printable(timelines[0].headline).replace('%', '#37;')}\nflowchart LR\n"
        return head + "".join(
            (*_in_flowchart(timelines[0], "", verbose=verbose), *_classes(timelines, verbose=verbose))
        )
    parts = ["flowchart LR\n"]
    for number, timeline in enumerate(timelines, 1):
        parts.append(f'  subgraph w{number}["{_in_mermaid(timeline.headline)}"]\n')
        parts += (f"  {line}" for line in _in_flowchart(timeline, f"w{number}", verbose=verbose))
        parts.append("  end\n")
    return "".join((*parts, *_classes(timelines, verbose=verbose)))


def plan_dot(planned: Planned, _style: Style, *, verbose: bool = False) -> str:
    """A digraph for each timeline, with an empty line between."""
    return "\n".join("".join(_digraph(timeline, n, verbose=verbose)) for n, timeline in enumerate(planned.timelines, 1))


def _in_flowchart(timeline: Timeline, prefix: str, *, verbose: bool) -> Iterator[str]:
    """The lines of one timeline, whose boxes have names that begin with `prefix`."""
    boxes = list(_boxes(timeline))
    for number, (app, shown, more) in enumerate(_by_app(boxes, verbose=verbose), 1):
        yield f'  subgraph {prefix}a{number}["{_in_mermaid(_app_words(app, timeline))}"]\n'
        for box in shown:
            yield f'    {prefix}{box.name}["{"<br/>".join(map(_in_mermaid, box.words))}"]\n'
        if more:
            yield f'    {prefix}a{number}more["and {more} more modules"]\n'
        yield "  end\n"
    for later, earlier in _arrows(timeline, boxes, verbose=verbose):
        yield f"  {prefix}{later} --> {prefix}{earlier}\n"


def _classes(timelines: Sequence[Timeline], *, verbose: bool) -> Iterator[str]:
    """How the boxes of what stands still, and of what goes away, are drawn."""
    boxes = [
        (f"w{number}" if len(timelines) > 1 else "", box)
        for number, timeline in enumerate(timelines, 1)
        for box in _shown(list(_boxes(timeline)), verbose=verbose)
    ]
    still = [prefix + box.name for prefix, box in boxes if box.is_still]
    gone = [prefix + box.name for prefix, box in boxes if box.is_gone]
    if still:
        yield f"  classDef still stroke-width:3px\n  class {','.join(still)} still\n"
    if gone:
        yield f"  classDef gone stroke-dasharray:4 3\n  class {','.join(gone)} gone\n"


def _digraph(timeline: Timeline, number: int, *, verbose: bool) -> Iterator[str]:
    boxes = list(_boxes(timeline))
    yield f"digraph relup{number} {{\n  rankdir=LR; node [shape=box];\n"
    yield f'  label="{_in_dot(timeline.headline)}"; labelloc=t;\n'
    for place, (app, shown, more) in enumerate(_by_app(boxes, verbose=verbose), 1):
        yield f'  subgraph cluster_{place} {{ label="{_in_dot(_app_words(app, timeline))}";\n'
        for box in shown:
            style = ", style=bold" if box.is_still else ", style=dashed" if box.is_gone else ""
            words = "\\n".join(map(_in_dot, box.words))
            yield f'    {box.name} [label="{words}"{style}];\n'
        if more:
            yield f'    more{place} [label="and {more} more modules", shape=plaintext];\n'
        yield "  }\n"
    yield from (f"  {later} -> {earlier};\n" for later, earlier in _arrows(timeline, boxes, verbose=verbose))
    yield "}\n"


def _boxes(timeline: Timeline) -> Iterator[_Box]:
    """The boxes, in the order of the rows; a circle stands where its first module does."""
    rows = {row.module: row for row in timeline.rows if row.module}
    circle_of = {module: circle for circle in timeline.circles for module in circle}
    done: set[str] = set()
    for module, row in rows.items():
        if module not in done:
            members = [rows[name] for name in circle_of.get(module, (module,)) if name in rows]
            done.update(one.module for one in members)
            steps = [n for one in members for n, mark in one.marks if mark in ("load", "remove")]
            verbs = listed(_verb(one) for one in members)
            words = f"{stretch(min(steps), max(steps))} {verbs}" if steps else verbs
            names = listed(module_name(one.module) for one in members)
            is_gone = all(_is_gone(one) for one in members)
            yield _Box(f"m{len(done)}", row.app, (words, names), any(one.still for one in members), is_gone)


def _verb(row: Row) -> str:
    """What is asked for; of a relup, what its steps look like."""
    if row.verb:
        return row.verb
    marks: set[Mark] = {mark for _, mark in row.marks}
    if _is_gone(row):
        return "delete"
    if "code_change" in marks:
        return "update, advanced"
    if "load" not in marks:
        return "suspended" if row.still else "other"
    return "update, soft" if row.still else "load"


def _is_gone(row: Row) -> bool:
    marks = {mark for _, mark in row.marks}
    return "remove" in marks and "load" not in marks


def _by_app(boxes: list[_Box], *, verbose: bool) -> Iterator[tuple[str, list[_Box], int]]:
    """Applications, the boxes that are shown of each, and how many more there are."""
    found: dict[str, list[_Box]] = {}
    for box in boxes:
        found.setdefault(box.app, []).append(box)
    for app, its in found.items():
        shown = its if verbose else its[:MOST_BOXES]
        yield app, shown, len(its) - len(shown)


def _shown(boxes: list[_Box], *, verbose: bool) -> list[_Box]:
    return [box for _, shown, _ in _by_app(boxes, verbose=verbose) for box in shown]


def _arrows(timeline: Timeline, boxes: list[_Box], *, verbose: bool) -> Iterator[tuple[str, str]]:
    """Between which boxes there is an arrow; each one once."""
    shown = {box.name for box in _shown(boxes, verbose=verbose)}
    circle_of = {module: circle[0] for circle in timeline.circles for module in circle}
    names: dict[str, str] = {}
    modules = [row.module for row in timeline.rows if row.module]
    firsts = dict.fromkeys(circle_of.get(module, module) for module in modules)
    for box, first in zip(boxes, firsts, strict=True):
        names[first] = box.name
    for edge in dict.fromkeys(timeline.edges):
        pair = [names.get(circle_of.get(module, module)) for module in edge]
        if pair[0] in shown and pair[1] in shown and pair[0] and pair[1]:
            yield pair[0], pair[1]


def _app_words(app: str, timeline: Timeline) -> str:
    return f"{spell_atom(app)} {version_of(app, timeline)}".strip() if app else "other"


def _in_mermaid(text: str) -> str:
    """Any text, as it may stand in quotes in Mermaid: all that could mean anything is written as its number."""
    return "".join(c if c.isalnum() or c in " _.,-" else f"#{ord(c)};" for c in printable(text))


def _in_dot(text: str) -> str:
    """Any text, as it may stand in quotes in DOT."""
    return printable(text).replace("\\", "\\\\").replace('"', '\\"')
