"""A run in, JUnit XML out: a suite per file, in it a failing case per finding, or one that passes."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.diagnostic import Diagnostic
from relupc.report import Report, Style, shown
from relupc.report.place import from_root
from relupc.report.printable import printable

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def junit(report: Report, _style: Style) -> str:
    """The document, with a newline at its end: suites by path; what is about no file is in one of its own."""
    suites: dict[str, list[Diagnostic]] = {_name(report, file): [] for file in report.files}
    found = shown(report)
    for d in found:
        suites.setdefault(_name(report, d.file), []).append(d)
    tests = sum(max(len(ds), 1) for ds in suites.values())
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<testsuites name="relupc" tests="{tests}" failures="{len(found)}">',
        *(line for name in sorted(suites) for line in _suite(name, suites[name])),
        "</testsuites>",
    ]
    document = "\n".join(lines) + "\n"
    return document.encode("ascii", "xmlcharrefreplace").decode()  # right in any encoding that the output has


def _name(report: Report, file: str | None) -> str:
    return "relupc" if file is None else from_root(report, file)


def _suite(name: str, found: list[Diagnostic]) -> Iterator[str]:
    path = _text(name)
    yield f'  <testsuite name="{path}" tests="{max(len(found), 1)}" failures="{len(found)}">'
    for d in found:
        place = f" at {':'.join(map(str, d.span.extent[:2]))}" if d.span else ""
        yield f'    <testcase classname="{path}" name="{d.code.code} {d.code.name}{place}">'
        yield f'      <failure type="{d.severity}" message="{_text(d.message)}">{_text(d.one_line)}'
        yield from (f"{kind}: {_text(text)}" for kind, text in _advice(d))
        yield "      </failure>"
        yield "    </testcase>"
    if not found:
        yield f'    <testcase classname="{path}" name="no problems"/>'
    yield "  </testsuite>"


def _advice(d: Diagnostic) -> Iterator[tuple[str, str]]:
    if d.help:
        yield "help", d.help
    yield from (("note", note) for note in d.notes)


def _text(text: str) -> str:
    """A text on one line, without the characters that XML 1.0 cannot hold: these do not print either."""
    return printable(text).translate(_ESCAPES)
