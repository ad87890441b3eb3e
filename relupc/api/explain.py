"""What people want explained -> Markdown: a code, a name, OTP's words, a place in a file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from relupc.look_up import OtpError, codes_of, codes_titled, command_page, otp_errors, page, suggestions
from relupc.model.codes import T003, T008, TABLE
from relupc.model.config import Config
from relupc.model.diagnostic import Code, ConfigError, Diagnostic, InputError
from relupc.model.outcome import Explained, Options
from relupc.model.value import NamedTuple, replace

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>[0-9]{1,9})(?::(?P<column>[0-9]{1,9}))?:?")
_FILES = (".appup", ".appup.src", ".app", ".app.src", ".rel", "relup")


class Place(NamedTuple):
    """A place in a file; column 0 is the whole line."""

    path: str
    line: int
    column: int


def explain(what: str = "") -> str:
    """The page of a code or name, what an error of OTP means, or what is found at FILE:LINE[:COLUMN]; Markdown.

    Without anything: the list of all codes. Raises ConfigError for what is none of these, InputError for a file that
    is not there.

    >>> explain("A104").splitlines()[0]
    '# A104 depmod-without-instruction'
    """
    found = explained(what)
    if isinstance(found, Diagnostic):
        raise (InputError if found.code == T003 else ConfigError)([found])
    return found.text


def explained(what: str, config: Config | None = None) -> Explained | Diagnostic:
    """As `explain`, with the codes that it is about; a diagnostic for what cannot be explained.

    `config` is for the look at a file; what it excludes is looked at too.
    """
    asked = what.strip()
    if not asked:
        return Explained(_listed(TABLE.values()), tuple(TABLE.values()))
    codes = codes_of(asked)
    if codes:
        return _pages(codes)
    place = place_meant(asked)
    if place:
        return _at(place, replace(config or Config(), exclude=()))
    errors = otp_errors(asked)
    if errors:
        return _of_otp(errors)
    titled = codes_titled(asked)
    return _pages(titled) if titled else _unknown(asked)


def manual() -> str:
    """The manual of the command, Markdown."""
    return command_page()


def place_meant(what: str) -> Place | None:
    """The place in a file that is asked for: FILE:LINE[:COLUMN], if the file is there or has the name of one."""
    match = _PLACE.fullmatch(what.strip())
    if match and (os.path.exists(match["path"]) or (match["path"].endswith(_FILES) and " " not in match["path"])):
        return Place(match["path"], int(match["line"]), int(match["column"] or 0))
    return None


def _pages(codes: tuple[Code, ...]) -> Explained:
    """The page of one code, or a line for each of several."""
    return Explained(_page(codes[0]) if len(codes) == 1 else _listed(codes), codes)


def _page(code: Code) -> str:
    return page(code) or f"# {code.code} {code.name}\n\n{code.title[0].upper()}{code.title[1:]}.\n"


def _listed(codes: Iterable[Code]) -> str:
    return "".join(f"- {code.code} {code.name} ({code.severity}): {code.title}\n" for code in codes)


def _of_otp(errors: tuple[OtpError, ...]) -> Explained:
    """What each error means, then the page of the code, or a line for each of several."""
    codes = tuple(dict.fromkeys(code for error in errors for code in error.codes))
    said = [f"OTP says `{error.texts[0]}`: {error.meaning}\n" for error in errors]
    return Explained("\n".join([*said, *([_pages(codes).text] if codes else [])]), codes)


def _at(place: Place, config: Config) -> Explained | Diagnostic:
    """What lint finds at a place: the findings, then the page of each code."""
    if not os.path.exists(place.path):
        return T003.at(None, "no such file", path=place.path, help="correct the path")
    from relupc.api.lint import examine  # noqa: PLC0415 - not for a page

    linted = examine([place.path], (), Options(), config)
    if linted.failure:
        return next(d for d in linted.diagnostics if d.severity == "error")
    here = [d for d in linted.diagnostics if _is_at(d, place)]
    if not here:
        where = f"{place.path}:{place.line}" + (f":{place.column}" if place.column else "")
        return Explained(f"Nothing is found at {where}.\n", ())
    codes = tuple(dict.fromkeys(d.code for d in here))
    lead = "".join(f"- {d.one_line}{_silenced(d)}\n" for d in here)
    return Explained("\n".join([lead, *map(_page, codes)]), codes)


def _silenced(d: Diagnostic) -> str:
    by = {"comment": "by a comment", "config": "by the configuration", "baseline": "by the baseline", None: ""}
    return f", silenced {by[d.suppressed]}" if d.suppressed else ""


def _is_at(d: Diagnostic, place: Place) -> bool:
    if os.path.normpath(d.file or "") != os.path.normpath(place.path):
        return False
    if d.span is None:
        return place.line == 1
    line, column, end_line, end_column = d.span.extent
    if not place.column:
        return line <= place.line <= end_line
    return (line, column) <= (place.line, place.column) <= (end_line, end_column)


def _unknown(what: str) -> Diagnostic:
    near = suggestions(what)
    advice = (
        f"did you mean {' or '.join(f'`{word}`' for word in near)}?" if near else "`relupc explain` lists all codes"
    )
    return T008.at(None, "no code, no name, and nothing that OTP says", path=" ".join(what.split())[:80], help=advice)
