"""A simple Erlang term in, its unbreakable text out: atoms, numbers, strings, binaries that are text, funs.

As `io_lib:format("~tp")` spells them with the default character range, Latin-1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from relupc.model.lazy import regex
from relupc.model.term import Atom, Bin, Float, Fun, Int, List, Map, Str, Term, Tuple, Unknown

MOST = 4  # names of a list, before `and 12 more`
_WORDS = (
    "after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if let not of or orelse receive"
    " rem try when xor"
)
RESERVED = frozenset(_WORDS.split())
RESERVED_27 = RESERVED | {"maybe", "else"}

_BARE = re.compile("[a-zß-öø-ÿ][A-Za-z0-9_@À-ÖØ-öø-ÿ]*")
_BARE_IN_FUN = re.compile(_BARE.pattern.replace("@", ""))
_ALIAS = regex(r"Elixir(?:\.[A-Z][A-Za-z0-9_]*)+")
_PRINTABLE = regex("[\\x08-\\x0d\\x1b\\x20-\\x7e\\xa0-\\xff]+")
_CONTROLS = {code: f"\\{code:03o}" for code in (*range(32), *range(128, 160))}
_NAMED = {8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 27: "\\e", 127: "\\d", 92: "\\\\"}
_IN_ATOM = str.maketrans({**_CONTROLS, **_NAMED, 39: "\\'"})
_IN_STRING = str.maketrans({**_CONTROLS, **_NAMED, 34: '\\"'})
_IN_FUN = {code: text for code, text in _IN_ATOM.items() if code not in (27, 127)} | {27: "\\033"}
_DIGITS_AT_ONCE = 4000  # Python refuses to print integers of more than 4300 digits


def spell_atom(name: str, *, otp: int = 25) -> str:
    """The text of an atom, in quotes when needed; from OTP 27 `maybe` and `else` are reserved too."""
    if _BARE.fullmatch(name) and name not in (RESERVED if otp < 27 else RESERVED_27):
        return name
    return f"'{name.translate(_IN_ATOM)}'"


def module_name(name: str) -> str:
    """A module as its language writes it: `Shop.Cart` for `'Elixir.Shop.Cart'`; for sentences, not for what to type."""
    return name.removeprefix("Elixir.") if _ALIAS.fullmatch(name) else spell_atom(name)


def listed(names: Iterable[str], most: int = MOST) -> str:
    """`a, b, c, d and 12 more`, each name once; for sentences."""
    once = list(dict.fromkeys(names))
    return ", ".join(once[:most]) + (f" and {len(once) - most} more" if len(once) > most else "")


def function_name(module: str, name: str, arity: int) -> str:
    """A function as the language of its module writes it; for sentences."""
    said = module_name(module)
    return f"{said}{'.' if said != module and not said.startswith(chr(39)) else ':'}{name}/{arity}"


def spell_simple(term: Term, otp: int) -> str | None:
    """The text of a term that the layout never breaks; None for a compound one."""
    match term:
        case Tuple(items):
            return None if items else "{}"
        case Atom(name):
            return spell_atom(name, otp=otp)
        case Int(value):
            return spell_int(value)
        case Float(value):
            return spell_float(value)
        case Str(value):
            return spell_string(value)
        case Bin(data, unused):
            return spell_binary(data) if unused == 0 else None
        case List(items, tail):
            return _spell_list(items, tail)
        case Map(pairs):
            return None if pairs else "#{}"
        case Fun(module, function, arity):
            return f"fun {_spell_fun_atom(module)}:{_spell_fun_atom(function)}/{arity}"
        case Unknown(text):
            return text


def spell_int(value: int) -> str:
    """Decimal digits, of any length."""
    if value.bit_length() < 3 * _DIGITS_AT_ONCE:
        return str(value)
    if value < 0:
        return "-" + spell_int(-value)
    groups = []
    while value:
        value, group = divmod(value, 10**_DIGITS_AT_ONCE)
        groups.append(f"{group:0{_DIGITS_AT_ONCE}d}")
    return "".join(reversed(groups)).lstrip("0")


def spell_float(value: float) -> str:
    """The fewest digits that read back equal; plain unless an exponent is shorter or the magnitude is 2^53 or more."""
    mantissa, _, exponent = f"{value!r}e".partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, fraction = mantissa.removeprefix("-").partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent.rstrip("e") or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    if not digits:
        return sign + "0.0"
    scientific = f"{digits[0]}.{digits[1:] or '0'}e{point - 1}"
    plain_length = max(len(digits), point) + 1 + (point >= len(digits)) if point > 0 else 2 - point + len(digits)
    if abs(value) >= 2**53 or len(scientific) < plain_length:
        return sign + scientific
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    return f"{sign}{digits[:point].ljust(point, '0')}.{digits[point:] or '0'}"


def spell_string(value: str) -> str | None:
    """A string in double quotes; `[]` for the empty one; None if it prints as a list of integers."""
    if not value:
        return "[]"
    return f'"{value.translate(_IN_STRING)}"' if _PRINTABLE.fullmatch(value) else None


def spell_binary(data: bytes) -> str | None:
    """A binary that is text, as `<<"..">>` or `<<"../utf8>>`; None if it prints as bytes."""
    if not data:
        return "<<>>"
    try:
        value = data.decode("utf-8")
    except UnicodeDecodeError:
        value = data.decode("latin-1")
    if not _PRINTABLE.fullmatch(value):
        return None
    return f'<<"{value.translate(_IN_STRING)}"{"/utf8" if len(value) < len(data) else ""}>>'


def _spell_fun_atom(name: str) -> str:
    """An atom in a fun, spelled by the emulator and not by io_lib: its UTF-8 bytes as characters, no word reserved."""
    quoted = name if _BARE_IN_FUN.fullmatch(name) else f"'{name.translate(_IN_FUN)}'"
    return quoted.encode().decode("latin-1")


def _spell_list(items: tuple[Term, ...], tail: Term | None) -> str | None:
    """The text of a list that is empty or a string."""
    if not items:
        return "[]"
    if tail is not None or type(items[0]) is not Int:
        return None
    codes = [item.value for item in items if type(item) is Int and 0 <= item.value <= 255]
    return spell_string("".join(map(chr, codes))) if len(codes) == len(items) else None
