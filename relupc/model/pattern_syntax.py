"""The text of a version pattern in, its tree out: the part of PCRE whose meaning is sure, all else is refused."""

from __future__ import annotations

import re
from typing import TypeAlias

from relupc.model.pattern_chars import (
    Invalid,
    PatternError,
    Ranges,
    Reader,
    Refused,
    complement,
    literal,
    read_class,
    read_escape,
)
from relupc.model.value import NamedTuple

MAX_NESTING = 50  # PCRE itself goes to 250
MAX_REPEAT = 65535
MAX_TEXT = 20_000  # bytes of a pattern; to read a longer one would take too long

_COUNT = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_COUNT_28 = re.compile(r"\{[ \t]*[0-9]*[ \t]*(?:,[ \t]*([0-9]*)[ \t]*)?\}")
_NAME = re.compile(r"(?:P?<|('))([A-Za-z_][A-Za-z0-9_]{0,31})(?(1)'|>)")
_NAMED = re.compile(r"P?<(?![=!>])")
_OPTIONS = re.compile(r"([ims]*)(?:-([ims]+))?([):])")
_REFUSED_GROUPS = {
    **dict.fromkeys(["=", "!", "<=", "<!"], "lookaround"),
    **dict.fromkeys(["R", "&", "P>", "P=", "+", *"0123456789"], "a reference to a group"),
    ">": "an atomic group",
    "|": "a branch reset",
    "(": "a condition",
    "#": "a comment",
    "C": "a callout",
}


class Chars(NamedTuple):
    """One character of these ranges."""

    ranges: Ranges


class Look(NamedTuple):
    """A place: `^ $` and with (?m) `m^ m$`, `A z Z b B`."""

    kind: str


class Repeat(NamedTuple):
    """`low` up to `high` times, None for no bound."""

    item: Node
    low: int
    high: int | None
    greedy: bool


class Choice(NamedTuple):
    """A group: its alternatives, the first that leads to a match wins."""

    branches: list[list[Node]]


Node: TypeAlias = Chars | Look | Repeat | Choice


def parse(pattern: bytes, otp: int) -> tuple[Choice, int | None]:
    """The tree of a pattern, and the place of something that is sure for versions of ASCII only; or a PatternError."""
    if len(pattern) > MAX_TEXT:
        raise PatternError(Refused(0, "too large a pattern"))
    if b"\0" in pattern:
        raise PatternError(Refused(len(pattern.partition(b"\0")[0].decode(errors="replace")), "a NUL"))
    try:
        reader = Reader(pattern.decode("utf-8"), otp)
    except UnicodeDecodeError as error:
        raise PatternError(Invalid(len(pattern[: error.start].decode()), "not UTF-8")) from None
    tree = _choice(reader)
    if reader.at < len(reader.text):
        reader.invalid(reader.at, "a `)` without its `(`")
    return tree, reader.ascii_only


def _choice(reader: Reader) -> Choice:
    """Alternatives up to a `)` or the end. Options set inside hold up to its end, also in later alternatives."""
    branches: list[list[Node]] = [[]]
    while reader.at < len(reader.text) and not reader.ahead(")"):
        if reader.take("|"):
            branches.append([])
            continue
        items, can_repeat = _item(reader)
        start = reader.at
        count = _quantifier(reader)
        if count is not None:
            if not can_repeat:
                reader.invalid(start, "nothing to repeat", 28)
            low, high, greedy = count
            items = [*items[:-1], Repeat(items[-1], low, high, greedy)]
            after = reader.at
            if reader.take("+"):
                reader.refuse(start, "a possessive quantifier")
            if _quantifier(reader) is not None:
                reader.invalid(after, "nothing to repeat", 28)
        branches[-1] += items
    return Choice(branches)


def _quantifier(reader: Reader) -> tuple[int, int | None, bool] | None:
    """A quantifier, if there is one: at least, at most, greedy."""
    start = reader.at
    low, high = 0, None
    if reader.take("?"):
        high = 1
    elif reader.take("+"):
        low = 1
    elif not reader.take("*"):
        counts = _counts(reader, start) if reader.ahead("{") else None
        if counts is None:
            return None
        low, high = counts
    return low, high, not reader.take("?")


def _counts(reader: Reader, start: int) -> tuple[int, int | None] | None:
    """`{2}`, `{2,}`, `{2,3}`, from OTP 28 `{,3}` too; None: a literal `{`."""
    found = _COUNT.match(reader.text, start)
    if found is None:
        wider = _COUNT_28.match(reader.text, start) if reader.otp >= 28 else None
        if wider is None:
            return None
        if wider[0] != f"{{,{wider[1]}}}" or not wider[1]:
            reader.refuse(start, "a quantifier or not, that depends on the version of PCRE")
        low, high = 0, _bounded(reader, start, wider[1])
        reader.at = wider.end()
        return low, high
    low = _bounded(reader, start, found[1])
    most = _bounded(reader, start, found[3]) if found[3] else None
    if most is not None and most < low:
        reader.invalid(start, "the numbers of the quantifier are out of order")
    reader.at = found.end()
    return low, most if found[2] else low


def _bounded(reader: Reader, at: int, digits: str) -> int:
    if len(digits.lstrip("0")) > 5 or int(digits) > MAX_REPEAT:
        reader.invalid(at, "a number above 65535 in a quantifier")
    return int(digits)


def _item(reader: Reader) -> tuple[list[Node], bool]:
    """What stands between two quantifiers, and whether a quantifier may follow: it counts for the last node."""
    start = reader.at
    if _quantifier(reader) is not None:
        reader.invalid(start, "nothing to repeat")
    char = reader.next()
    match char:
        case "(":
            group = _group(reader, start)
            return ([], False) if group is None else ([group], True)
        case "[":
            return [Chars(read_class(reader))], True
        case ".":
            return [Chars(complement(() if "s" in reader.flags else ((10, 10),)))], True
        case "^" | "$":
            return [Look(("m" if "m" in reader.flags else "") + char)], False
        case "\\":
            meant = read_escape(reader)
            return ([Look(meant)], False) if isinstance(meant, str) else (list(map(Chars, meant)), True)
    return [Chars(literal(reader, start, char))], True


def _group(reader: Reader, start: int) -> Choice | None:
    """After a `(`: a group; or None, options having been set."""
    if reader.ahead("*"):
        reader.refuse(start, "a verb")
    outer = reader.flags
    if reader.take("?") and not reader.take(":"):
        options = _OPTIONS.match(reader.text, reader.at)
        if options is None:
            _name(reader, start)
        else:
            if not options[1] and not options[2]:
                reader.refuse(start, "a group without a meaning")
            reader.at = options.end()
            reader.flags = (outer | set(options[1])) - set(options[2] or "")
            if options[3] == ")":
                return None
    reader.depth += 1
    if reader.depth > MAX_NESTING:
        reader.refuse(start, f"groups nested more than {MAX_NESTING} deep")
    group = _choice(reader)
    if not reader.take(")"):
        reader.invalid(start, "a `(` without its `)`")
    reader.depth -= 1
    reader.flags = outer
    return group


def _name(reader: Reader, start: int) -> None:
    """The name of a group; anything else that `(?` begins is refused."""
    name = _NAME.match(reader.text, reader.at)
    if name is None:
        if reader.text.isascii() and _NAMED.match(reader.text, reader.at):
            reader.invalid(start, "not a name of a group", 28)
        kinds = (kind for kind in _REFUSED_GROUPS if reader.ahead(kind))
        reader.refuse(start, _REFUSED_GROUPS.get(next(kinds, ""), "a group of an unknown kind"))
    if name[2] in reader.names:
        reader.invalid(start, "a name that another group has")
    reader.names.add(name[2])
    reader.at = name.end()
