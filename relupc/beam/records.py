"""A Beam in, the records out that its source defines, as far as it has debug information (`erl_parse` forms)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from relupc.beam.etf import BadTerm, read_part
from relupc.beam.raw import BadBeam, inflate
from relupc.model.beam import Beam
from relupc.model.term import Atom, Term, Tuple, as_atom, as_list, as_string, is_tagged
from relupc.model.value import NamedTuple

MAX_INFLATED = 64 * 1024 * 1024
_CHUNKS = ("Dbgi", "Abst")


def _spelled(name: bytes) -> bytes:
    """A pattern for an atom, in all the ways to encode it."""
    size = bytes((len(name),))
    return b"(?:[sw]" + re.escape(size) + b"|[dv]\\x00" + re.escape(size) + b")" + name


# {attribute, ...}, a tuple of four, and what follows in every form: {debug_info_v1, erl_abstract_code, {Forms, _}}
_ATTRIBUTE = re.compile(b"h\\x04" + _spelled(b"attribute"), re.DOTALL)
# The place as compilers write it.
_NUMBER = b"(?:a.|b....)"
_PLACE = re.compile(b"(?:" + _NUMBER + b"|h\\x02" + _NUMBER + _NUMBER + b")", re.DOTALL)
_BACKEND = re.compile(b"h\\x03" + _spelled(b"debug_info_v1") + _spelled(b"erl_abstract_code"), re.DOTALL)
_OLD_FORMS = re.compile(b"h\\x02" + _spelled(b"raw_abstract_v1"), re.DOTALL)
_RECORD = re.compile(_spelled(b"record"), re.DOTALL)
_FILE = re.compile(_spelled(b"file"), re.DOTALL)


class Record(NamedTuple):
    """The definition of a record: its fields, in their order, and the path of its file, as the compiler had it."""

    fields: tuple[str, ...]
    file: str


# Definitions that were read, by how they begin: the bytes of each, and what they say. Modules share those of headers.
Known: TypeAlias = dict[bytes, list[tuple[bytes, tuple[str, tuple[str, ...]] | None]]]
_BEGINNING, _MOST_ALIKE = 24, 16


def record_fields(beam: Beam) -> dict[str, tuple[str, ...]]:
    """The fields of each record, in their order. Empty if the module was stripped, or has other debug information."""
    return {name: record.fields for name, record in records(beam).items()}


def records(beam: Beam, known: Known | None = None) -> dict[str, Record]:
    """The records that a module defines, those of its headers too; none without the debug information of `erlc`.

    The forms are not read as a whole, they are by far the largest part of a file: only definitions of records are.
    `known` are those that were met in other modules; they are added to.
    """
    for name in _CHUNKS:
        if name in beam.chunks:
            try:
                return dict(_records(_forms(beam.chunks[name]), {} if known is None else known))
            except (BadBeam, BadTerm):
                return {}
    return {}


def _forms(data: bytes) -> bytes:
    """The encoded forms; nothing if they are of another kind."""
    if data[:1] != b"\x83":
        return b""
    if data[1:2] == b"P":
        size = int.from_bytes(data[2:6], "big")
        data = inflate(data[6:], limit=min(size, MAX_INFLATED))
    else:
        data = data[1:]
    return data if _BACKEND.match(data) or _OLD_FORMS.match(data) else b""


def _records(data: bytes, known: Known) -> Iterator[tuple[str, Record]]:
    at, file = 0, ""
    while found := _ATTRIBUTE.search(data, at):
        plain = _PLACE.match(data, found.end())
        at = plain.end() if plain else read_part(data, found.end())[1]
        if tag := _FILE.match(data, at):
            place, at = read_part(data, tag.end())
            file = (as_string(place.items[0]) if isinstance(place, Tuple) and place.items else None) or file
        elif tag := _RECORD.match(data, at):
            text, record = _definition(data, tag.end(), known)
            at = tag.end() + len(text)
            if record:
                yield record[0], Record(record[1], file)


def _definition(data: bytes, at: int, known: Known) -> tuple[bytes, tuple[str, tuple[str, ...]] | None]:
    """The bytes of the definition at a place, and its name and fields."""
    alike = known.setdefault(data[at : at + _BEGINNING], [])
    for text, record in alike:
        if data.startswith(text, at):
            return text, record
    definition, end = read_part(data, at)
    found = data[at:end], _record(definition)
    if len(alike) < _MOST_ALIKE:
        alike.append(found)
    return found


def _record(definition: Term) -> tuple[str, tuple[str, ...]] | None:
    """`{Name, Fields}` of the form of a definition."""
    if not isinstance(definition, Tuple) or len(definition.items) != 2:
        return None
    name, fields = as_atom(definition.items[0]), as_list(definition.items[1])
    if name is None or fields is None:
        return None
    names = [_field(field) for field in fields]
    return (name, tuple(n for n in names if n is not None)) if None not in names else None


def _field(field: Term) -> str | None:
    """`{record_field, Anno, {atom, Anno, Name}}`, maybe with a default, maybe inside a `typed_record_field`."""
    if is_tagged(field, "typed_record_field", 3) and isinstance(field, Tuple):
        field = field.items[1]
    if not (is_tagged(field, "record_field", 3) or is_tagged(field, "record_field", 4)) or not isinstance(field, Tuple):
        return None
    name = field.items[2]
    if is_tagged(name, "atom", 3) and isinstance(name, Tuple) and isinstance(name.items[2], Atom):
        return name.items[2].name
    return None
