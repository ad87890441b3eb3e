"""A relup file -> its entries, or why release_handler could not read it.

Counterpart: `release_handler:do_get_rh_script/4`, its reading part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.model.appup import Appup, Entries, Entry
from relupc.model.codes import R122
from relupc.model.diagnostic import Direction, Problems, Subject
from relupc.model.lint import EntryPlan, RelupFile, entry_plan
from relupc.model.otp import otp_says
from relupc.model.plan import Step
from relupc.model.source import Source, Span
from relupc.model.term import List, Str, Term, Tuple, as_list, as_string, string, tup
from relupc.read.emqx import OtherRelup, other_relup, other_script
from relupc.read.file import FROM_DISK, Unreadable, otp_agrees, read_source
from relupc.read.text import read_all

ENTRY = '`{"Vsn", Descr, [Instruction, ...]}`'
SHAPE = '`{"Vsn", [{"FromVsn", Descr, Instructions}, ...], [{"ToVsn", Descr, Instructions}, ...]}.`'


def read_relup(
    path: str, otp: int, problems: Problems, texts: Mapping[str, bytes] = FROM_DISK
) -> RelupFile | OtherRelup | None:
    """The relup in the file `path`, or one of another upgrader; None if it is none, which is reported."""
    source = read_source(path, texts=texts)
    terms = read_all(source, otp) if isinstance(source, Source) else source
    if isinstance(terms, Unreadable):
        other = other_script(source, otp, problems) if isinstance(source, Source) and terms.kind == "parse" else None
        if other is None:
            refused = otp_says("release_handler", tup("bad_relup_file", string(path)))
            heard = refused if terms.kind != "open" and otp_agrees(terms) else None
            problems.add(terms.diagnostic.with_otp(heard, Subject()))
        return other
    if other := other_relup(terms, problems):
        return other
    assert isinstance(source, Source), "terms are read from a source"
    if len(terms) != 1:
        end = Span(source, len(source.text), len(source.text))
        label = "a second term, but a relup is one" if terms else "no term in this file"
        _refused(terms[1].span if terms else end, label, path, problems)
        return None
    return relup_from(terms[0], path, problems)


def relup_from(term: Term, path: str, problems: Problems) -> RelupFile | None:
    """The relup from the term of its file; None if it has not even its three parts. What is wrong is reported."""
    if not isinstance(term, Tuple) or len(term.items) != 3:
        _refused(term.span, "this is no relup", path, problems)
        return None
    vsn, up, down = term.items
    if as_string(vsn) is None:
        _refused(vsn.span or term.span, "the version must be a string", path, problems)
    whole = Appup("", path, vsn, _entries(up, "up", problems), _entries(down, "down", problems), term.span)
    plans = (*_plans(whole, whole.up, "up"), *_plans(whole, whole.down, "down"))
    return RelupFile(path, vsn, plans, term.span)


def _entries(term: Term, direction: Direction, problems: Problems) -> Entries:
    """The entries of one direction that are entries; release_handler looks for them by their first element."""
    if not isinstance(term, List):
        what = "upgrades" if direction == "up" else "downgrades"
        _bad_entry(term, f"the {what} must be a list", term, problems)
        return Entries((), None, term.span)
    if term.tail is not None:
        _bad_entry(term.tail, "the list must end with `]`", term, problems)
    entries = []
    for item in term.items:
        match item:
            case Tuple((key, _, script)) if as_string(key) and _is_script(script):
                entries.append(Entry(key, script, item))
            case Tuple((key, _, script)) if as_string(key):
                _bad_entry(script, "the instructions must be a list", item, problems)
            case Tuple((key, _, _)):
                _bad_entry(key, "a version must be a string, and is compared as it stands", item, problems)
            case _:
                _bad_entry(item, "this is no entry of a relup", term, problems)
    return Entries(tuple(entries), term.tail, term.span, (), term)


def _is_script(script: Term) -> bool:
    return not isinstance(script, Str) and as_list(script) is not None


def _plans(whole: Appup, entries: Entries, direction: Direction) -> Iterator[EntryPlan]:
    for entry in entries.items:
        steps = tuple(Step(item, (item.span or "relup",)) for item in as_list(entry.script) or ())
        yield entry_plan(whole, entry, direction, steps, steps)


def _bad_entry(part: Term, label: str, around: Term, problems: Problems) -> None:
    problems.add(R122.at(part.span or around.span, label, help=f"write {ENTRY} for each version, in a list"))


def _refused(span: Span | None, label: str, path: str, problems: Problems) -> None:
    refused = otp_says("release_handler", tup("bad_relup_file", string(path)))
    problems.add(R122.at(span, label, path=path, help=f"write {SHAPE}", otp=refused))
