"""What people want explained -> pages of docs/codes; for what OTP says, rows of docs/otp-errors.md."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from relupc.model.codes import TABLE
from relupc.model.diagnostic import Code
from relupc.model.selection import code_called, codes_meant
from relupc.model.value import dataclass

MAX_ASKED = 20_000  # characters of a pasted error that are looked at
MAX_ERRORS = 8  # errors that are explained at once
_CELL = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"[ARCDT][0-9]{3}")
_QUOTED = re.compile(r"`([^`]+)`")
_REPORTED = re.compile(r"\[([ARCDT][0-9]{3})(?: [a-z0-9-]+)?\]")
_WORD = re.compile(r"(?<![A-Za-z0-9_@])[a-z][A-Za-z0-9_@]*")
_SPACE = re.compile(r"\s+|(?<=[{\[,]):|(?<=\s):")  # what an Elixir term has more than one of Erlang
_IN_A_TERM = re.compile(r'(?:^|[{\[,/:"])([a-z][A-Za-z0-9_@]*)')  # elsewhere a word like `read` may be English


@dataclass(frozen=True, slots=True)
class OtpError:
    """A row of docs/otp-errors.md: what OTP prints, our codes, and what it means.

    Each of `reasons` is a set of names that the term of the error has.
    """

    texts: tuple[str, ...]
    reasons: tuple[tuple[str, ...], ...]
    codes: tuple[Code, ...]
    meaning: str


def page(code: Code) -> str | None:
    """The page of a code, Markdown; None if it has none."""
    file = documents() / "codes" / f"{code.code}.md"
    return file.read_text("utf-8") if file.is_file() else None


def command_page() -> str:
    """The page of the command line, Markdown."""
    return (documents() / "cli.md").read_text("utf-8")


def codes_of(what: str) -> tuple[Code, ...]:
    """The codes that a code, a name or a prefix stands for, or that a line of a report of relupc has in brackets."""
    one = code_called(what)
    if one:
        return (one,)
    reported = dict.fromkeys(TABLE[code] for code in _REPORTED.findall(what[:MAX_ASKED]) if code in TABLE)
    return tuple(reported) or codes_meant(what)


def otp_errors(what: str) -> tuple[OtpError, ...]:
    """The rows of docs/otp-errors.md for what OTP said, in the order in which it is said there; none if it is unknown.

    It is looked for as sentences that OTP prints and as an error term, then as a part of a sentence, then as the
    beginning of one.
    """
    asked = " ".join(what[:MAX_ASKED].split()).lower()
    table = rows()
    ways = (_sentences, _terms, _containing, _beginnings)
    if asked.startswith(("{", "[")):
        ways = (_terms, _sentences, _containing, _beginnings)
    return next(filter(None, (way(asked, table) for way in ways)), ())


def codes_titled(what: str) -> tuple[Code, ...]:
    """The codes whose title has these words."""
    asked = " ".join(what[:MAX_ASKED].split()).lower()
    return tuple(code for code in TABLE.values() if " " in asked and asked in code.title.lower())


def suggestions(what: str) -> list[str]:
    """Codes, names and reasons of OTP that were perhaps meant."""
    known = [word for code in TABLE.values() for word in (code.code, code.name)]
    reasons = [names[0] for row in rows() for names in row.reasons if len(names) == 1]
    return difflib.get_close_matches(what[:80], dict.fromkeys([*known, *reasons]), n=3, cutoff=0.6)


def documents() -> Path:
    """Where docs/ is: beside the package in a checkout, in it where relupc is installed."""
    package = Path(__file__).resolve().parent
    installed = package / "docs"
    return installed if installed.is_dir() else package.parent / "docs"


@cache
def rows() -> tuple[OtpError, ...]:
    """The rows of docs/otp-errors.md."""
    text = (documents() / "otp-errors.md").read_text("utf-8")
    lines = [_cells(line) for line in text.splitlines() if line.startswith("| `")]
    return tuple(
        OtpError(
            tuple(_QUOTED.findall(printed)),
            tuple(tuple(words.lower().split(", ")) for words in _QUOTED.findall(reason)),
            tuple(TABLE[code] for code in _CODE.findall(codes)),
            meaning,
        )
        for printed, reason, codes, meaning in lines
    )


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _CELL.split(line.strip("|"))]


def _parts(text: str) -> list[str]:
    """The fixed parts of what OTP prints, as they are looked for."""
    return [" ".join(part.split()).lower() for part in text.split("...") if part.strip()]


def _is_sentence(text: str) -> bool:
    return not text.startswith("{")


def _sentences(asked: str, table: tuple[OtpError, ...]) -> tuple[OtpError, ...]:
    """Rows with a sentence of which all parts are in what was asked; the longest is found first, and taken out."""
    found: dict[OtpError, int] = {}
    for _ in range(MAX_ERRORS):
        matches = [(spans, row) for row in table for spans in _matches(row, asked)]
        if not matches:
            break
        longest = max(_letters(spans) for spans, _ in matches)
        for spans, row in [match for match in matches if _letters(match[0]) == longest]:
            found.setdefault(row, spans[0][0])
            for start, end in spans:
                asked = asked[:start] + " " * (end - start) + asked[end:]
    return tuple(sorted(found, key=found.__getitem__))


def _matches(row: OtpError, asked: str) -> Iterator[list[tuple[int, int]]]:
    """Where the parts of each sentence of a row are, for those that are there as a whole."""
    for text in filter(_is_sentence, row.texts):
        parts = _parts(text)
        spans = _spans(parts, asked)
        if len(spans) == len(parts):
            yield spans


def _spans(parts: list[str], asked: str) -> list[tuple[int, int]]:
    """The places of the leading parts that are there, in their order."""
    spans: list[tuple[int, int]] = []
    for part in parts:
        at = asked.find(part, spans[-1][1] if spans else 0)
        if at < 0:
            break
        spans.append((at, at + len(part)))
    return spans


def _letters(spans: list[tuple[int, int]]) -> int:
    return sum(end - start for start, end in spans)


def _terms(asked: str, table: tuple[OtpError, ...]) -> tuple[OtpError, ...]:
    """The rows with the longest reason whose names are all in what was asked, and others that are as clear.

    One whose names could be anything else, such as `undef`, is clear only where nothing else is known.
    """
    term = _SPACE.sub("", asked)
    words = {word for word in _WORD.findall(asked) if "_" in word} | set(_IN_A_TERM.findall(term))
    fits: dict[OtpError, tuple[str, ...]] = {}
    for row in table:
        known = [names for names in row.reasons if words.issuperset(names)]
        if not row.reasons and not _is_sentence(row.texts[0]):
            parts = _parts(row.texts[0])
            known += [tuple(parts)] if len(_spans(parts, term)) == len(parts) else []
        if known:
            fits[row] = max(known, key=_size)
    longest = max(map(_size, fits.values()), default=0)
    used = {name for names in fits.values() if _size(names) == longest for name in names}
    return tuple(
        row
        for row, names in fits.items()
        if _size(names) == longest or (used.isdisjoint(names) and all("_" in name for name in names))
    )


def _size(names: tuple[str, ...]) -> int:
    return sum(map(len, names))


def _containing(asked: str, table: tuple[OtpError, ...]) -> tuple[OtpError, ...]:
    """The rows that have what was asked, at least two words, in one of their sentences."""
    part = asked.rstrip(":. ")
    return tuple(row for row in table if " " in part and any(part in text.lower() for text in row.texts))


def _beginnings(asked: str, table: tuple[OtpError, ...]) -> tuple[OtpError, ...]:
    """The rows of which most is in what was asked, from the beginning and at least two words: the rest was cut off."""
    fits: dict[OtpError, int] = {}
    for row in table:
        for parts in map(_parts, filter(_is_sentence, row.texts)):
            if " " in parts[0] and (spans := _spans(parts, asked)):
                fits[row] = max(fits.get(row, 0), _letters(spans))
    return tuple(row for row, fit in fits.items() if fit == max(fits.values()))
