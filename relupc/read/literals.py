"""The text of one literal in, its value out; a Flaw if erl_scan would refuse it."""

from __future__ import annotations

import re
from math import inf

from relupc.model.codes import T001, T007
from relupc.model.diagnostic import Code
from relupc.model.source import Source, Span
from relupc.model.term import SURROGATES, Atom, Bin, Float, Int, List, Str, Term
from relupc.model.value import NamedTuple
from relupc.read.file import MAX_ATOM

MAX_DIGITS = 4000  # below the 4300 that Python converts at once
_NO_EXPONENT = "an exponent without digits"
_MAX_EXPONENT = 10_000  # in any base, more is zero or too big for a float

_ESCAPE = re.compile(r"\\(?:x\{([0-9a-fA-F]*)\}|x([0-9a-fA-F]{2})|([0-7]{1,3})|\^(.)|(.))", re.DOTALL)
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "v": "\v", "b": "\b", "f": "\f", "e": "\x1b", "s": " ", "d": "\x7f"}
_SIGIL = re.compile(r"~([^\"'`#|/(\[{<]*)(\"{3,}|.)(.*)", re.DOTALL)
_SIGILS = "sigils are `~` `~b` `~B` for a binary, `~s` `~S` for a string, and take no suffix"
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}


class Flaw(Exception):  # noqa: N818 - it is no error of the program, but of the text
    """The scanner cannot go on at `start`; what is wrong there, in words."""

    def __init__(self, start: int, end: int, label: str, help_text: str | None = None, code: Code = T001) -> None:
        super().__init__(label)
        self.start, self.end, self.label, self.help_text, self.code = start, end, label, help_text, code


class Odd(NamedTuple):
    """An expression that Erlang parses, but that is no constant: what is wrong at `span`, in words.

    `at` is where OTP says that the whole expression is: "bad term" is reported there.
    """

    span: Span
    label: str
    help_text: str | None
    at: int
    code: Code = T001


class Place(NamedTuple):
    """A literal that was found: where it is, and for which OTP it is read."""

    source: Source
    start: int
    end: int
    otp: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def span(self) -> Span:
        return Span(self.source, self.start, self.end)


def unescape(text: str, offset: int, otp: int) -> str:
    """Replace the escapes of `text`, which begins at `offset` of its source (erl_scan; `\\^` is stricter from 26)."""
    if "\\" not in text:
        return text

    def value(match: re.Match[str]) -> str:
        start, end = offset + match.start(), offset + match.end()
        code = _code_point(match, otp)
        if code is None or code in SURROGATES or code in (0xFFFE, 0xFFFF) or code > 0x10FFFF:
            known = r"escapes are \n \r \t \v \b \f \e \s \d, \0 to \777, \xFF, \x{263A} and \^A"
            raise Flaw(start, end, "no escape that Erlang knows", known)
        return chr(code)

    return _ESCAPE.sub(value, text)


def _code_point(match: re.Match[str], otp: int) -> int | None:
    braced, pair, octal, control, plain = match.groups()
    if braced is not None:
        return int(braced, 16) if 0 < len(braced.lstrip("0") or "0") <= 8 and braced else None
    if pair is not None:
        return int(pair, 16)
    if octal is not None:
        return int(octal, 8)
    if control is not None:
        if otp >= 26:
            allowed = control == "?" or "@" <= control <= "_" or "a" <= control <= "z"
            return None if not allowed else 127 if control == "?" else ord(control) & 31
        return ord(control) & 31
    return None if plain in ("x", "^") else ord(_NAMED.get(plain, plain))


def atom(place: Place) -> tuple[Term, int]:
    """A bare or quoted atom of at most 255 characters."""
    text = place.text
    name = unescape(text[1:-1], place.start + 1, place.otp) if text[0] == "'" else text
    if len(name) > MAX_ATOM:
        raise Flaw(place.start, place.end, f"an atom of {len(name)} characters", "an atom has at most 255 characters")
    return Atom(name, place.span), place.end


def string(place: Place) -> tuple[Term, int]:
    """A string in double quotes. From OTP 27 white space must stand between two of them."""
    text = place.source.text
    if place.otp >= 27 and text.startswith('"', place.end):
        raise _unspaced(place)
    return text_term(unescape(place.text[1:-1], place.start + 1, place.otp), place.span), place.end


def _unspaced(place: Place) -> Flaw:
    if place.end - place.start == 2:
        help_text = 'after `"""` the line must end, and a line that begins with `"""` ends the string'
        return Flaw(place.start, place.end + 1, "a triple-quoted string that has no end", help_text)
    return Flaw(place.end, place.end + 1, "a string that touches the one before", "put a space between the two")


def text_term(value: str, span: Span) -> Term:
    """A string literal; the empty one is the empty list."""
    return Str(value, span) if value else List((), None, span)


def char(place: Place) -> tuple[Term, int]:
    """`$a`, `$\\n`: a character's code point."""
    return Int(ord(unescape(place.text[1:], place.start + 1, place.otp)), place.span), place.end


def integer(place: Place) -> tuple[Term, int]:
    """`10`, `1_000`, `16#ff`. Of a based integer only the digits that the base has are taken."""
    head, based, digits = place.text.partition("#")
    if not based:
        return Int(_decimal(head, place), place.span), place.end
    base = _base(head, place)
    taken = _digits(digits, base)
    if not taken:
        label = f"no digit of base {base} after `#`"
        raise Flaw(place.start, place.end, label, f"write digits below {base} after `{head}#`")
    place = place._replace(end=place.start + len(head) + 1 + len(taken))
    _bounded(taken, place)
    return Int(int(taken.replace("_", ""), base), place.span), place.end


def _decimal(digits: str, place: Place) -> int:
    _bounded(digits, place)
    return int(digits.replace("_", ""))


def _bounded(digits: str, place: Place) -> None:
    if len(digits) > MAX_DIGITS:
        raise Flaw(place.start, place.end, f"a number of {len(digits)} digits", code=T007)


def _base(head: str, place: Place) -> int:
    base = _decimal(head, place)
    if not 2 <= base <= 36:
        raise Flaw(place.start, place.start + len(head), f"no base {base}", "a base is 2 to 36")
    return base


def _digits(text: str, base: int) -> str:
    """The longest start of `text` that is a number in this base."""
    low = "0-9" if base > 9 else f"0-{base - 1}"
    letters = f"a-{chr(ord('a') + base - 11)}A-{chr(ord('A') + base - 11)}" if base > 10 else ""
    found = re.match(f"[{low}{letters}]+(?:_[{low}{letters}]+)*", text)
    return found[0] if found else ""


def real(place: Place) -> tuple[Term, int]:
    """`1.5e-3`; a value too big for a float is refused, one too small is zero."""
    text = place.text.replace("_", "")
    _bounded(text, place)
    if text[-1] in "eE+-":
        raise Flaw(place.start, place.end, _NO_EXPONENT)
    return _finite(float(text), place), place.end


def based_real(place: Place) -> tuple[Term, int]:
    """`16#0.8#e2`: 0.5 * 16 ** 2 (OTP 28). If a digit is none of the base, what is before it is an integer."""
    head, _, rest = place.text.partition("#")
    base = _base(head, place)
    mantissa, _, exponent = rest.partition("#")
    whole, _, part = mantissa.partition(".")
    if _digits(whole, base) != whole or not _digits(part, base):
        return integer(place._replace(end=place.start + len(head) + 1 + len(whole)))
    taken = _digits(part, base)
    if taken != part:
        place = place._replace(end=place.start + len(head) + len(whole) + len(taken) + 2)
        exponent = ""
    _bounded(whole + taken, place)
    power = _power(exponent, place)
    number = int((whole + taken).replace("_", ""), base)
    from fractions import Fraction  # noqa: PLC0415 - few texts have such a number

    scale = Fraction(base) ** (power - len(taken.replace("_", "")))
    try:
        return _finite(float(number * scale), place), place.end
    except OverflowError:
        return _finite(inf, place), place.end


def _power(exponent: str, place: Place) -> int:
    digits = exponent[1:].replace("_", "")
    if not exponent:
        return 0
    if not digits.lstrip("+-"):
        raise Flaw(place.start, place.end, _NO_EXPONENT)
    return max(-_MAX_EXPONENT, min(_MAX_EXPONENT, _decimal(digits, place)))


def _finite(value: float, place: Place) -> Float:
    if value == inf:
        raise Flaw(place.start, place.end, "no number that a float can hold", "a float is at most 1.8e308")
    return Float(value, place.span)


def triple(place: Place) -> tuple[Term, int]:
    """A triple-quoted string (EEP 64): always verbatim."""
    quotes = len(place.text) - len(place.text.lstrip('"'))
    if place.source.text.startswith('"', place.end):
        raise Flaw(place.end, place.end + 1, "a string that touches the one before", "put a space between the two")
    return text_term(_lines(place.text, place.start, quotes), place.span), place.end


def sigil(place: Place) -> tuple[Term | Odd, int]:
    """`~"x"`, `~b(x)`, `~S"..."`: a UTF-8 binary, for `s` and `S` a string (EEP 66)."""
    found = _SIGIL.match(place.text)
    assert found is not None, "the grammar lets only sigils through"
    kind, opening, rest = found.groups()
    after = place.start + found.start(3)
    closing = _CLOSING.get(opening, opening)
    body, _, suffix = rest.rpartition(closing)
    if kind not in ("", "b", "B", "s", "S"):
        return Odd(place.span, f"no sigil that Erlang knows: `~{kind}`", _SIGILS, place.start), place.end
    if suffix:
        return Odd(place.span, f"a sigil with the suffix `{suffix}`", _SIGILS, place.start), place.end
    if len(opening) >= 3:
        value = _lines(place.text[1 + len(kind) :], place.start + 1 + len(kind), len(opening))
        value = unescape(value, place.start, place.otp) if kind in ("b", "s") else value
    elif kind in ("B", "S"):
        value = body.replace("\\" + closing, closing)
    else:
        value = unescape(body, after, place.otp)
    if kind in ("s", "S"):
        return text_term(value, place.span), place.end
    return Bin(value.encode("utf-8"), 0, place.span), place.end


def _lines(text: str, start: int, quotes: int) -> str:
    """The lines between the quotes, without the indentation of the last one (EEP 64)."""
    first, *lines, last = text[quotes:-quotes].split("\n")
    if first.strip(_WHITE):
        raise Flaw(start + quotes, start + quotes + len(first), "text on the line of the opening quotes")
    at = start + quotes + len(first) + 1
    for number, line in enumerate(lines):
        if line in ("", "\r"):
            pass
        elif line.startswith(last):
            lines[number] = line[len(last) :]
        else:
            raise Flaw(at, at + len(line), "less indented than the closing quotes")
        at += len(line) + 1
    return "\n".join(lines).removesuffix("\r")


_WHITE = "".join(map(chr, (*range(0x21), *range(0x80, 0xA1))))
