"""The entries of an appup in, which versions they are for out: what leads only one way, what is never used.

Patterns are judged by samples of what they match (pattern_samples). Where they cannot be, there is no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from relupc.model.appup import Appup, Entries, Entry
from relupc.model.budget import Budget
from relupc.model.diagnostic import Direction, Subject
from relupc.model.lint import entry_plan
from relupc.model.term import Bin, List, Term, Unknown, as_string, is_known, string
from relupc.model.value import NamedTuple
from relupc.model.versions import NUMBERS, is_template, looks_like_pattern

if TYPE_CHECKING:
    from relupc.model.pattern_samples import Language

NOTHING = List(())
MAX_PATTERNS = 60  # of one list of entries, to look at
MAX_WORK = 150_000  # states of the machine for one question about an appup
DOTS = 2  # of most versions
MAX_GAP = 50  # a last part of a version up to which gaps are looked for

Languages: TypeAlias = "dict[Term, Language]"


class Search(NamedTuple):
    """Entries to look versions up in, and a bound on all the work that this takes."""

    keys: frozenset[Term]
    patterns: tuple[Language, ...]
    budget: Budget

    def may_take(self, version: str) -> bool:
        """Whether some entry is for a version, or that takes too long to say."""
        if string(version) in self.keys:
            return True
        if not self.patterns:
            return False
        from relupc.model.pattern_samples import matched  # noqa: PLC0415 - many appups have no pattern

        return any(matched(pattern.program, version, self.budget) is not False for pattern in self.patterns)


class OneWay(NamedTuple):
    """An entry for a version that the other list has none for; `whole`: none for all versions that it is for.

    `instead` is the entry of the other list that takes every version and does nothing, if there is one.
    """

    entry: Entry
    version: str
    whole: bool
    instead: Entry | None

    @property
    def key(self) -> Term:
        """The key of the entry that is missing."""
        return self.entry.key if self.whole else string(self.version)


class Shadowed(NamedTuple):
    """An entry that is never used, and those before it that are used instead; `wider`: one that matches more."""

    entry: Entry
    earlier: tuple[Entry, ...]
    wider: bool


def is_empty(entries: Entries) -> bool:
    """Whether there is nothing in a list of entries."""
    return entries.tail is None and not entries.items and not entries.odd


def keyed(appup: Appup) -> Iterator[tuple[Entry, Subject]]:
    """The entries of both lists, with whom a diagnostic of them is about."""
    directions: tuple[Direction, Direction] = ("up", "down")
    for direction, entries in zip(directions, (appup.up, appup.down), strict=True):
        for entry in entries.items:
            yield entry, entry_plan(appup, entry, direction, (), None).subject()


def pattern_of(key: Term) -> bytes | None:
    """The pattern that a key is; None if it is none."""
    return key.data if isinstance(key, Bin) and not key.unused else None


def version_of(key: Term) -> str | None:
    """The version that a key is; None for patterns, templates, and for what is surely no version."""
    text = as_string(key)
    return text if text and not is_template(text) and not looks_like_pattern(text) else None


def languages(entries: Entries) -> Languages:
    """The keys of a list that are patterns, with what is known of them; without those that cannot be judged."""
    keys = list(dict.fromkeys(entry.key for entry in entries.items if isinstance(entry.key, Bin)))[:MAX_PATTERNS]
    if not keys:
        return {}
    from relupc.model.pattern_samples import language  # noqa: PLC0415 - many appups have no pattern

    return {key: found for key in keys if (pattern := pattern_of(key)) is not None and (found := language(pattern))}


def last_resort(entries: Entries) -> Entry | None:
    """The entry that takes every version that gets there, and does nothing."""
    patterns = languages(entries)
    found = (e for e in entries.items if e.script == NOTHING and e.key in patterns and patterns[e.key].numbers)
    return next(found, None)


def one_ways(here: Entries, there: Entries) -> Iterator[OneWay]:
    """The entries of one list for versions that the other list has no entry for; none if that cannot be told."""
    known, known_there = languages(here), languages(there)
    if not _is_judged(there, known_there):
        return
    instead, nothing = last_resort(there), last_resort(here)
    search = _search(known_there, (entry for entry in there.items if entry is not instead))
    unused = {id(found.entry) for found in shadowed(here)}
    for entry in here.items:
        if entry.key in search.keys or id(entry) in unused or entry is nothing or (instead and _may_do_nothing(entry)):
            continue
        version = version_of(entry.key)
        versions = (version,) if version else _meant(entry.key, known)
        left = [version for version in versions if not search.may_take(version)]
        usual = [version for version in left if version.count(".") == DOTS] if _has_usual(versions) else left
        if usual and search.budget.left >= 0:
            yield OneWay(entry, usual[0], len(left) == len(versions), instead)


def _has_usual(versions: Iterable[str]) -> bool:
    return any(version.count(".") == DOTS for version in versions)


def _meant(key: Term, known: Languages) -> tuple[str, ...]:
    """Versions that a pattern is meant for: what a loose dot or `1.2.*` matches besides is A006's business."""
    pattern = (pattern_of(key) or b"").decode(errors="replace")
    if key not in known:
        return ()
    from relupc.model.pattern_samples import language, plain  # noqa: PLC0415 - many appups have no pattern
    from relupc.model.pattern_text import run_on, with_dots_escaped  # noqa: PLC0415

    if run_on(pattern):
        return ()
    return plain(language(with_dots_escaped(pattern).encode()) or known[key])


def _may_do_nothing(entry: Entry) -> bool:
    return entry.script == NOTHING or isinstance(entry.script, Unknown)


def _is_judged(entries: Entries, patterns: Languages) -> bool:
    """Whether nothing in a list may be for versions that cannot be told."""
    if entries.tail is not None or not all(map(is_known, entries.odd)):
        return False
    keys = (entry.key for entry in entries.items)
    return all(
        key in patterns if isinstance(key, Bin) else is_known(key) and not is_template(as_string(key) or "")
        for key in keys
    )


def _search(patterns: Languages, entries: Iterable[Entry]) -> Search:
    keys = dict.fromkeys(entry.key for entry in entries)
    return Search(frozenset(keys), tuple(patterns[key] for key in keys if key in patterns), Budget(MAX_WORK))


def shadowed(entries: Entries) -> Iterator[Shadowed]:
    """The entries whose keys have nothing left to match behind those before them."""
    known, budget = languages(entries), Budget(MAX_WORK)
    before: dict[Term, Entry] = {}
    patterns: list[tuple[Language, Entry]] = []
    for entry in entries.items:
        pattern, version = known.get(entry.key), version_of(entry.key)
        if entry.key in before:
            yield Shadowed(entry, (before[entry.key],), False)
        elif pattern or version:
            versions = (version,) if version else pattern.versions if pattern and pattern.complete else ()
            earlier = _used_instead(versions, before, patterns, budget)
            if earlier and budget.left >= 0:
                wider = len(earlier) == 1 and _is_wider(known.get(earlier[0].key), len(versions))
                yield Shadowed(entry, earlier, wider)
            before[entry.key] = entry
            patterns += [(pattern, entry)] if pattern else []


def _used_instead(
    versions: Iterable[str], before: dict[Term, Entry], patterns: list[tuple[Language, Entry]], budget: Budget
) -> tuple[Entry, ...]:
    """The entries that come first for all versions; nothing if one is left over, or there are none."""
    everything = next((entry for pattern, entry in patterns if pattern.everything), None)
    if everything:
        return (everything,)
    found = dict[int, Entry]()
    for text in versions:
        entry = before.get(string(text)) or _first(patterns, text, budget)
        if entry is None:
            return ()
        found[id(entry)] = entry
    return tuple(found.values())


def _first(patterns: Sequence[tuple[Language, Entry]], version: str, budget: Budget) -> Entry | None:
    if not patterns:
        return None
    from relupc.model.pattern_samples import matched  # noqa: PLC0415 - many appups have no pattern

    return next((entry for pattern, entry in patterns if matched(pattern.program, version, budget)), None)


def _is_wider(earlier: Language | None, size: int) -> bool:
    """Whether a pattern matches more than `size` versions; 0 stands for all that there are."""
    return earlier is not None and (not earlier.complete or len(earlier.versions) > size)


def gap(appup: Appup, entries: Entries, end: Entry) -> str | None:
    """The newest version with the same beginning as the appup's own, but older, that no entry before `end` is for.

    A version below all that they are for may never have been: it is no gap.
    """
    own = as_string(appup.vsn) or ""
    first, _, last = own.rpartition(".")
    if not first or not NUMBERS.fullmatch(own) or len(last) > 3 or int(last) > MAX_GAP:
        return None
    search = _search(languages(entries), entries.items[: entries.items.index(end)])
    versions = [f"{first}.{number}" for number in range(int(last))]
    taken = [search.may_take(version) for version in versions]
    start = taken.index(True) if True in taken else 0
    gaps = [version for version, is_taken in zip(versions[start:], taken[start:], strict=True) if not is_taken]
    return gaps[-1] if gaps and search.budget.left >= 0 else None
