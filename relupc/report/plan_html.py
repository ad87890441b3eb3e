"""Timelines in, one page out: summary, picture, table, and the texts that caused the steps. It asks for nothing else.

No script and no request: what is linked to is further down on the same page. Names come from the input, so every text
is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relupc.model.source import Source
from relupc.model.timeline import Cause, Event, Planned, Timeline
from relupc.report import Style
from relupc.report.plan_colors import PAGE, STYLE
from relupc.report.plan_svg import opening, picture, safe
from relupc.report.plan_table import about, called, causes, groups, numbers
from relupc.report.plan_words import base_name, ranges, restarts, said, stretch, stretches

MAX_LINES = 2000  # of a text; a longer one is named, but not shown
_MOST_LINKS = 8
_CLASSES = {"hot": "hot", "hot with risk": "risk", "blocked": "blocked"}

Sources = dict[Source, str]
"""The texts that the page shows, each with the name of its section."""


def plan_html(planned: Planned, _style: Style, *, verbose: bool = False) -> str:
    """The page."""
    found = dict.fromkeys(
        cause.source for t in planned.timelines for event in t.events for cause in event.because if cause.source
    )
    sources: Sources = {
        source: f"s{number}" for number, source in enumerate(found, 1) if source.text.count("\n") < MAX_LINES
    }
    title = safe("; ".join(timeline.headline for timeline in planned.timelines)) or "no plan"
    body = "".join(
        part
        for number, timeline in enumerate(planned.timelines, 1)
        for part in _section(timeline, f"p{number}", sources, verbose=verbose)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{title}</title>\n<style>\n{STYLE}{PAGE}</style>\n</head>\n<body class="plan">\n<main>\n'
        f"<h1>Upgrade plan</h1>\n{''.join(_contents(planned, sources))}{body}{''.join(_texts(sources))}"
        "</main>\n</body>\n</html>\n"
    )


def _contents(planned: Planned, sources: Sources) -> Iterator[str]:
    """What is on the page."""
    yield '<nav aria-label="On this page">\n<ul>\n'
    for number, timeline in enumerate(planned.timelines, 1):
        yield f'<li><a href="#p{number}">{safe(timeline.headline)}</a>: {safe(timeline.verdict.name)}</li>\n'
    if sources:
        yield '<li><a href="#sources">the texts that caused the steps</a></li>\n'
    yield "</ul>\n</nav>\n"


def _section(timeline: Timeline, name: str, sources: Sources, *, verbose: bool) -> Iterator[str]:
    yield f'<section aria-labelledby="{name}">\n<h2 id="{name}">{safe(timeline.headline)}</h2>\n'
    yield from _summary(timeline)
    drawn = picture(timeline, verbose=verbose)
    yield f"<h3>Timeline</h3>\n{_scrolled(f'Timeline {timeline.direction}')}\n"
    yield f"{opening(drawn, name)}\n"
    yield f'<title id="{name}-title">{safe(timeline.headline)}</title>\n'
    yield f'<desc id="{name}-desc">{safe(drawn.words)}</desc>\n{drawn.text}</svg>\n</div>\n'
    yield f"<h3>Steps</h3>\n{_scrolled(f'Steps {timeline.direction}')}\n"
    yield f"<table>\n<caption>The steps, {safe(timeline.headline)}</caption>\n"
    heads = ("#", "instruction", "what", "processes", "because of")
    yield "<thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr></thead>\n<tbody>\n"
    for group in groups(timeline, verbose=verbose):
        yield _row(group, sources)
    yield "</tbody>\n</table>\n</div>\n</section>\n"


def _scrolled(name: str) -> str:
    """The first tag of what is wider than some screens: it can be reached and moved with the keyboard."""
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{safe(name)}">'


def _summary(timeline: Timeline) -> Iterator[str]:
    verdict = timeline.verdict
    shape = _CLASSES.get(verdict.name, "restart")
    yield f'<p><span class="verdict {shape}">{safe(verdict.name)}</span></p>\n'
    if verdict.reasons:
        yield "<ul>\n" + "".join(f"<li>{safe(said(reason))}</li>\n" for reason in verdict.reasons) + "</ul>\n"
    point = f"step {timeline.point} of {timeline.total}" if timeline.point else "none"
    still = "<br>".join(map(safe, stretches(timeline.suspensions, 20))) or "nothing"
    facts = (("restarts", safe(restarts(timeline))), ("point of no return", point), ("suspended", still))
    yield "<dl>\n" + "".join(f"<dt>{fact}</dt><dd>{text}</dd>\n" for fact, text in facts) + "</dl>\n"


def _row(group: Sequence[Event], sources: Sources) -> str:
    first = group[0]
    shape = ' class="pnr"' if first.name == "point_of_no_return" else ' class="still"' if first.still else ""
    still = "stand still" if first.still else ""
    cells = (safe(called(group)), safe(about(group)), still, _links(causes(group), sources))
    return f'<tr{shape}><th scope="row">{numbers(group)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>\n'


def _links(found: Sequence[Cause], sources: Sources) -> str:
    """Links to the lines further down that caused a step."""
    lines: dict[Source, set[int]] = {}
    for cause in found:
        if cause.source is not None:
            lines.setdefault(cause.source, set()).add(cause.line)
    parts = [safe(words) for words in dict.fromkeys(cause.words for cause in found if cause.source is None)]
    for source, of_source in lines.items():
        for number, (first, last) in enumerate(ranges(of_source)):
            whole = safe(f"{base_name(source.path)}:{stretch(first, last)}")
            text = stretch(first, last) if number else whole
            name = sources.get(source)
            parts.append(f'<a href="#{name}-{first}" aria-label="{whole}">{text}</a>' if name else text)
    more = f" and {len(parts) - _MOST_LINKS} more" if len(parts) > _MOST_LINKS else ""
    return ", ".join(parts[:_MOST_LINKS]) + more


def _texts(sources: Sources) -> Iterator[str]:
    """The texts, with numbered lines that can be linked to."""
    if sources:
        yield '<section aria-labelledby="sources">\n<h2 id="sources">The texts that caused the steps</h2>\n'
    for source, name in sources.items():
        yield f"<h3>{safe(source.path)}</h3>\n{_scrolled(source.path)}"
        yield "<pre>"
        for number, line in enumerate(source.text.rstrip("\n").split("\n"), 1):
            text = safe(line.replace("\t", "        ")) or " "
            yield f'<span class="line" id="{name}-{number}"><span class="no">{number}</span>{text}</span>'
        yield "</pre></div>\n"
    if sources:
        yield "</section>\n"
