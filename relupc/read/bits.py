"""The segments of `<<...>>` in, a Bin out; an Odd if Erlang could not build it (erl_bits, eval_bits)."""

from __future__ import annotations

import struct
from math import copysign, inf

from relupc.model.codes import T007
from relupc.model.source import Span
from relupc.model.term import SURROGATES, Bin, Float, Int, Term
from relupc.model.value import NamedTuple
from relupc.read.literals import Odd

MAX_BITS = 8 * 1024 * 1024
_KINDS = ("integer", "float", "binary", "utf8", "utf16", "utf32")
_WITH_UNIT = {"bytes": 8, "bits": 1, "bitstring": 1}  # a binary of this unit
_SIGNS = ("signed", "unsigned")
_ENDS = ("big", "little", "native")
_DEFAULTS = {"integer": (8, 1), "float": (64, 1), "binary": (None, 8)}
_NO_FLOAT = "a float is a number in 16, 32 or 64 bits"
_FLOATS = {16: "e", 32: "f", 64: "d"}


class Segment(NamedTuple):
    """`Value:Size/type-unit:N`, as written."""

    value: Term
    text: str | None  # of a string literal
    size: Term | None
    types: tuple[tuple[str, int | None], ...]
    span: Span


class _Spec(NamedTuple):
    kind: str
    size: int | None  # None: not given, or all of a binary
    unit: int
    little: bool


class _BadSegmentError(Exception):
    """What is wrong with a segment, in words."""


class _TooBigError(Exception):
    """A segment is longer than MAX_BITS."""


def binary(segments: list[Segment], span: Span) -> Bin | Odd:
    """Build a binary. One of more than MAX_BITS bits is refused (T007), not built."""
    bits = _Bits()
    for segment in segments:
        try:
            _write(bits, segment)
        except _BadSegmentError as wrong:
            return Odd(segment.span, str(wrong), None, span.start)
        except _TooBigError:
            return Odd(segment.span, f"a binary of more than {MAX_BITS // 8} bytes", None, span.start, T007)
    return bits.bin(span)


class _Bits:
    """Whole bytes, and the bits that do not fill one yet."""

    def __init__(self) -> None:
        self.bytes = bytearray()
        self.rest, self.count = 0, 0

    def add(self, value: int, count: int) -> None:
        """Append the low `count` bits of `value`."""
        if len(self.bytes) * 8 + count > MAX_BITS:
            raise _TooBigError
        total = self.count + count
        value = self.rest << count | value & (1 << count) - 1
        self.count = total % 8
        self.bytes += (value >> self.count).to_bytes(total // 8, "big")
        self.rest = value & (1 << self.count) - 1

    def bin(self, span: Span) -> Bin:
        if not self.count:
            return Bin(bytes(self.bytes), 0, span)
        last = self.rest << 8 - self.count
        return Bin(bytes(self.bytes) + bytes([last]), 8 - self.count, span)


def _write(bits: _Bits, segment: Segment) -> None:
    spec = _spec(segment)
    if segment.text is None:
        _write_value(bits, segment.value, spec)
    elif not segment.types and segment.size is None:
        data = bytes(ord(c) & 255 for c in segment.text)
        bits.add(int.from_bytes(data, "big"), 8 * len(data))
    elif spec.kind == "binary":
        raise _BadSegmentError(f"a string cannot be stored as `{spec.kind}`")
    else:
        for c in segment.text:
            _write_value(bits, Int(ord(c)), spec)


def _write_value(bits: _Bits, value: Term, spec: _Spec) -> None:
    if spec.kind.startswith("utf"):
        _write_utf(bits, value, spec)
    elif spec.kind == "integer":
        _write_integer(bits, value, spec)
    elif spec.kind == "float":
        _write_float(bits, value, spec)
    else:
        _write_bin(bits, value, spec)


def _write_utf(bits: _Bits, value: Term, spec: _Spec) -> None:
    if not isinstance(value, Int) or not 0 <= value.value <= 0x10FFFF or value.value in SURROGATES:
        raise _BadSegmentError("no Unicode code point")
    codec = spec.kind.replace("utf", "utf-")
    if spec.kind != "utf8":
        codec += "-le" if spec.little else "-be"
    data = chr(value.value).encode(codec)
    bits.add(int.from_bytes(data, "big"), 8 * len(data))


def _write_integer(bits: _Bits, value: Term, spec: _Spec) -> None:
    if not isinstance(value, Int):
        raise _BadSegmentError("only an integer can be stored without a type")
    count = _length(spec)
    low = value.value & (1 << count) - 1
    if not spec.little:
        bits.add(low, count)
        return
    whole, part = divmod(count, 8)
    data = (low & (1 << 8 * whole) - 1).to_bytes(whole, "little")
    bits.add(int.from_bytes(data, "big") << part | low >> 8 * whole, count)


def _write_float(bits: _Bits, value: Term, spec: _Spec) -> None:
    count = _length(spec)
    if not isinstance(value, Int | Float):
        raise _BadSegmentError(_NO_FLOAT)
    try:
        number = float(value.value)
    except OverflowError:
        raise _BadSegmentError("too big for a float") from None
    form = ("<" if spec.little else ">") + _FLOATS[count]
    try:
        data = struct.pack(form, number)
    except OverflowError:  # Erlang stores infinity
        data = struct.pack(form, copysign(inf, number))
    bits.add(int.from_bytes(data, "big"), count)


def _write_bin(bits: _Bits, value: Term, spec: _Spec) -> None:
    if not isinstance(value, Bin):
        raise _BadSegmentError(f"only a binary can be stored as `{spec.kind}`")
    have = 8 * len(value.data) - value.unused
    count = have if spec.size is None else _length(spec)
    if count > have:
        raise _BadSegmentError(f"{count} bits of a binary that has {have}")
    if spec.size is None and have % spec.unit:
        raise _BadSegmentError(f"{have} bits are not a multiple of {spec.unit}")
    bits.add(int.from_bytes(value.data, "big") >> 8 * len(value.data) - count, count)


def _length(spec: _Spec) -> int:
    count = (spec.size or 0) * spec.unit
    if count > MAX_BITS:
        raise _TooBigError
    return count


def _spec(segment: Segment) -> _Spec:
    """Types and size with their defaults; two of one group must agree (erl_bits:set_bit_type)."""
    chosen: dict[str, str | int] = {}
    for name, number in segment.types:
        for group, value in _choices(name, number):
            if chosen.setdefault(group, value) != value:
                raise _BadSegmentError(f"`{name}` contradicts what stands before it")
    kind = str(chosen.get("kind", "integer"))
    unit = chosen.get("unit")
    little = chosen.get("end") in ("little", "native")
    size = _size(segment.size)
    if kind.startswith("utf"):
        if segment.size is not None or unit is not None:
            raise _BadSegmentError(f"`{kind}` takes no size and no unit")
        return _Spec(kind, None, 1, little)
    default, default_unit = _DEFAULTS[kind]
    if unit is not None and size is None and default is not None:
        raise _BadSegmentError(f"`unit` without a size, for `{kind}`")
    spec = _Spec(kind, default if size is None else size, int(unit or default_unit), little)
    if kind == "float" and (spec.size or 0) * spec.unit not in _FLOATS:
        raise _BadSegmentError(_NO_FLOAT)
    return spec


def _choices(name: str, number: int | None) -> tuple[tuple[str, str | int], ...]:
    """What a type decides: (group, value) for each group."""
    if number is not None:
        if name != "unit" or not 1 <= number <= 256:
            raise _BadSegmentError("only `unit:1` to `unit:256` takes a number")
        return (("unit", number),)
    if name in _WITH_UNIT:
        return ("kind", "binary"), ("unit", _WITH_UNIT[name])
    for group, names in (("kind", _KINDS), ("sign", _SIGNS), ("end", _ENDS)):
        if name in names:
            return ((group, name),)
    raise _BadSegmentError(f"no segment type: `{name}`")


def _size(size: Term | None) -> int | None:
    if size is None:
        return None
    if not isinstance(size, Int) or size.value < 0:
        raise _BadSegmentError("a size is an integer that is not negative")
    return size.value
