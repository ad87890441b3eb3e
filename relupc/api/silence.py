"""What was found -> the same, marked where a comment, the configuration or the baseline silences it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from relupc import rules
from relupc.api.files import place_in
from relupc.model import disk
from relupc.model.appup import Appup
from relupc.model.codes import T012
from relupc.model.config import BASELINE, Config
from relupc.model.diagnostic import Diagnostic, ordered
from relupc.model.lint import EntryPlan, Mirror, Packaged, ReleaseFolder, RelupFile, Upgrade
from relupc.model.selection import ALWAYS
from relupc.model.source import Source, Span
from relupc.model.term import Bin
from relupc.model.value import NamedTuple, dataclass, field, replace
from relupc.suppress import MARK, by_paths

if TYPE_CHECKING:
    from relupc.suppress.comments import Looked

# What the passes say of one entry alone: for certain, and if the modules of the application are known.
BY_ENTRY = frozenset({"A101", "A103", "A107", "A112"})
BY_ENTRY_OF_APP = frozenset({"A104"})


@dataclass(slots=True)
class _Text:
    """What is known of one text: the names of the types of values that there are of it, and its entries."""

    source: Source
    types: set[str] = field(default_factory=set)
    entries: list[EntryPlan] = field(default_factory=list)


class Ran(NamedTuple):
    """The codes that were asked for, and those of them whose rules had nothing to look at."""

    selected: frozenset[str]
    skipped: frozenset[str]


@dataclass(frozen=True, slots=True)
class Silenced:
    """All diagnostics of a run in their order, and the text of a new baseline if one was asked for."""

    diagnostics: tuple[Diagnostic, ...]
    baseline: str | None = None


def silenced(
    said: Sequence[Diagnostic], looked: Iterable[Looked], files: Collection[str], ran: Ran, config: Config
) -> Silenced:
    """Mark what is not to be shown, and give each diagnostic the severity that the configuration has for it."""
    marked = _by_comments(said, looked) if config.comments else said
    wanted = [d for d in marked if d.code.code in ran.selected | ALWAYS]
    wanted = by_paths(wanted, config.per_path_ignores, place_in(config.root))
    levelled = [replace(d, severity=config.severity.get(d.code.code, d.severity)) for d in wanted]
    firm = {id(new) for old, new in zip(wanted, levelled, strict=True) if old.severity == "error" and old.otp}
    whole = ordered(levelled)
    if config.baseline is None:
        return Silenced(tuple(whole))
    return _against(whole, {number for number, d in enumerate(whole) if id(d) in firm}, files, ran, config)


def _by_comments(said: Sequence[Diagnostic], looked: Iterable[Looked]) -> Sequence[Diagnostic]:
    texts = list(looked)
    if not said and not texts:
        return said
    from relupc.suppress.comments import by_comments  # noqa: PLC0415 - most runs find nothing

    return by_comments(said, texts)


def _against(
    whole: list[Diagnostic], firm: Collection[int], files: Collection[str], ran: Ran, config: Config
) -> Silenced:
    """Hold all diagnostics against the baseline, or make one of them, which keeps what is not about these files."""
    from relupc.read.baseline import read_baseline  # noqa: PLC0415 - json and hashes, which few runs need
    from relupc.suppress.baseline import by_baseline, recorded, stale, text_of  # noqa: PLC0415

    path, inside = config.baseline or BASELINE, place_in(config.root)
    before = read_baseline(path) if disk.is_named(path) or not config.record else ()
    if isinstance(before, Diagnostic):
        return Silenced(tuple(ordered([*whole, before])))
    checked = {inside(file) or file for file in files}
    elsewhere = [e for e in before if e.path not in checked and disk.is_there(os.path.join(config.root, e.path))]
    if config.record:
        new = sorted({*recorded(whole, firm, inside), *elsewhere})
        return Silenced(tuple(by_baseline(whole, firm, new)), text_of(new))
    marked = by_baseline(whole, firm, before)
    known = [entry for entry in before if entry.code in ran.selected - ran.skipped]
    # Where not all was looked at, nobody knows what is gone.
    gone = [] if elsewhere or T012.code not in ran.selected else stale(known, path, whole)
    notes = (replace(d, severity=config.severity.get(d.code.code, d.severity)) for d in gone)
    return Silenced(tuple(ordered([*marked, *notes])))


def looked_at(values: Sequence[object], codes: frozenset[str]) -> list[Looked]:
    """What rules have looked at in each text that has ignore comments, by the values that were made of it."""
    texts: dict[str, _Text] = {}
    for value in values:
        for span in _spans(value):
            text = texts.setdefault(span.source.path, _Text(span.source))
            text.types.add(type(value).__name__)
        if isinstance(value, EntryPlan) and value.entry.key.span:
            texts.setdefault(value.entry.key.span.source.path, _Text(value.entry.key.span.source)).entries.append(value)
    with_comments = [text for text in texts.values() if MARK in text.source.text]
    keys: dict[str, set[Span]] = {on: set() for on in ("Mirror", "Upgrade", "EntryCode", "UpgradeCode")}
    for value in values if with_comments else ():
        if type(value).__name__ in keys:
            keys[type(value).__name__].update(_keys(value))
    return [_looked(text, codes, keys) for text in with_comments]


def _keys(value: object) -> Iterator[Span]:
    """The keys of the entries that a value shows all of: both ways, both builds, a whole plan."""
    from relupc.model.program import EntryCode, UpgradeCode  # noqa: PLC0415 - most appups have no comments

    match value:
        case Mirror(up, down) if up.plan is not None and down.plan is not None:
            spans = [up.entry.key.span, down.entry.key.span]
        case Upgrade(plan=plan) if plan:
            spans = [script.because for script in plan.scripts if not isinstance(script.because, str)]
        case EntryCode(entry, old=old) if old:
            spans = [entry.entry.key.span]
        case UpgradeCode(entries=entries):
            spans = [code.entry.entry.key.span for code in entries.values()]
        case _:
            spans = []
    yield from filter(None, spans)


def _spans(value: object) -> Iterator[Span]:
    """A place in each text that a value is made of."""
    match value:
        case Appup() | RelupFile():
            spans = [value.span]
        case Packaged(appup, app) if app.vsn is not None and app.modules is not None:
            spans = [appup.span]
        case ReleaseFolder(release):
            spans = [release.span]
        case _:
            spans = []
    yield from filter(None, spans)


def _looked(text: _Text, codes: frozenset[str], keys: Mapping[str, Collection[Span]]) -> Looked:
    from relupc.suppress.comments import Looked  # noqa: PLC0415 - see above

    types = text.types
    if any(entry.plan is None for entry in text.entries):
        types = types & {"Appup", "ReleaseFolder"}
    parts = []
    for entry in text.entries:
        key, term = entry.entry.key.span, entry.entry.term
        # An entry for many versions may show something for one that nobody compares with.
        seen = {
            on
            for on, spans in keys.items()
            if key in spans and (on == "Mirror" or not isinstance(entry.entry.key, Bin))
        }
        found = _codes_of(types | {"EntryPlan"} | seen) | BY_ENTRY
        found |= BY_ENTRY_OF_APP if "Packaged" in types else frozenset()
        if term and term.span:
            parts.append((term.span, found & codes if entry.plan is not None else frozenset()))
    parts.sort(key=lambda part: part[0].start)
    return Looked(text.source, _codes_of(types) & codes, tuple(parts))


def _codes_of(types: Collection[str]) -> frozenset[str]:
    """The codes all of whose rules look at these types."""
    wanted: dict[str, set[str]] = {}
    for rule in rules.rules():
        wanted.setdefault(rule.code, set()).add(rule.on)
    return frozenset(code for code, needed in wanted.items() if needed <= set(types))
