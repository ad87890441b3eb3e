"""For tests: files of cases, `%% title`, what is given, `----`, what is expected; fixtures/plan/README.md shows one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from relupc.model.diagnostic import Diagnostic
from relupc.model.layout import to_text
from relupc.model.source import Source, Span
from relupc.model.term import Atom, Term, Tuple
from relupc.read.file import Unreadable
from relupc.read.text import read_all

FIXTURES = Path(__file__).parent.parent / "fixtures"
SUBJECT = ("app", "module", "function", "direction", "old", "new")
_CASE = re.compile(r"^%% (?P<title>.*)\n(?P<given>(?:.*\n)*?)----\n(?P<expected>(?:(?!%% ).*\n?)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a file: what it is about, the text that is given, and the text that is expected."""

    title: str
    given: str
    expected: str

    def facts(self) -> list[Tuple]:
        """The terms that are given; each is a tuple that starts with the name of the fact."""
        terms = read_all(Source("given", self.given))
        assert not isinstance(terms, Unreadable), f"{self.title}: {terms}"
        assert all(isinstance(term, Tuple) and isinstance(term.items[0], Atom) for term in terms), self.title
        return [term for term in terms if isinstance(term, Tuple)]


def read_cases(file: Path) -> list[Case]:
    """All cases of a file, in order."""
    text = file.read_text("utf-8")
    cases = [Case(m["title"], m["given"], m["expected"].strip("\n")) for m in _CASE.finditer(text)]
    assert len(cases) == len(re.findall("^%% ", text, re.MULTILINE)), f"{file}: a case without `----`"
    titles = [case.title for case in cases]
    assert len(set(titles)) == len(titles), f"{file}: two cases with one title"
    return cases


def compare(file: Path, answer: Callable[[Case], str], refresh: bool) -> None:
    """Every case must be answered as expected; with `refresh` what is expected is written instead."""
    answers = [(case, answer(case).strip("\n")) for case in read_cases(file)]
    if refresh:
        parts = [f"%% {case.title}\n{case.given}----\n{text}\n" for case, text in answers]
        file.write_text("\n".join(parts), "utf-8", newline="\n")
    for case, text in answers:
        assert text == case.expected or refresh, (
            f"{file.name}: {case.title}\n--- found:\n{text}\n--- expected:\n{case.expected}"
        )


def fact(name: str, *values: Term | str) -> str:
    """A fact as it is given: a tuple and a full stop."""
    terms = tuple(Atom(value) if isinstance(value, str) else value for value in values)
    return to_text(Tuple((Atom(name), *terms))) + "."


def told(diagnostic: Diagnostic) -> str:
    """All that a diagnostic says, a line each: what and where, other places, help, notes, whom about, OTP's reason."""
    d = diagnostic
    lines = [f"{d.severity} {d.code.code} {d.code.name} at {_place(d.span, d.path)}: {d.label}"]
    lines += [f"  label at {_place(label.span, None)}: {label.text}" for label in d.labels]
    lines += [f"  help: {d.help}"] if d.help else []
    lines += [f"  note: {note}" for note in d.notes]
    subject = [f"{name} {value}" for name in SUBJECT if (value := getattr(d.subject, name))]
    lines += [f"  about: {', '.join(subject)}"] if subject else []
    if d.fix:
        edits = ", ".join(f"{_place(span, None)} -> <{text}>" for span, text in d.fix.edits)
        lines.append(f"  fix, {'safe' if d.fix.safe else 'unsafe'}: {d.fix.title}: {edits}")
    if d.otp:
        lines.append(f"  otp: {d.otp.error_class} " + re.sub(r"\s*\n\s*", "", d.otp.term))
    return "\n".join(lines)


def _place(span: Span | None, path: str | None) -> str:
    """Line, column and text of a span, cut after 40 characters; else the path."""
    if span is None:
        return path or "nowhere"
    line, column = span.source.line_col(span.start)
    file = f"{span.source.path}:" if span.source.path != "given" else ""
    text = " ".join(span.text.split())
    return f"{file}{line}:{column} <{text if len(text) <= 40 else text[:37] + '...'}>"
