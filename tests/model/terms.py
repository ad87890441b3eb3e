"""For tests: a seed in, random terms out; and a term in, its external term format out."""

from __future__ import annotations

import math
import struct
from random import Random

from relupc.model.order import term_order
from relupc.model.term import Atom, Bin, Float, Fun, Int, List, Map, Str, Term, Tuple

ATOMS = [
    "a",
    "b",
    "ok",
    "update",
    "load_module",
    "brutal_purge",
    "soft_purge",
    "Upper",
    "ünï",
    "ß",
    "ÿ",
    "×x",
    "a@b",
    "_x",
    "9a",
    "maybe",
    "else",
    "end",
    "αβγ",
]
ODD_ATOMS = ["", " ", "a b", "it's", "back\\slash", "tab\t", "nul\0", "\x7f\x85\xa0", "日本語", "ñé'", "x" * 255]
TEXTS = ["1.0", "2.1.7", "a", 'say "hi"', "back\\slash", "tab\tline\nend\r", "\x1b[0m", "\x7f", "\xa0åäö", "αβ", "\x85"]


def random_term(random: Random, depth: int, *, atom_keys: bool = True) -> Term:
    """Any term, at most `depth` deep; without `atom_keys` no map has a key with an atom in it."""
    if depth <= 0 or random.random() < 0.3:
        return random_leaf(random)
    size = random.choice((0, 1, 1, 2, 2, 3, 3, 4, 5, 12))
    items = [random_term(random, depth - random.choice((1, 1, 2)), atom_keys=atom_keys) for _ in range(size)]
    match random.randrange(11):
        case 0 | 1 | 2:
            return List(tuple(items))
        case 3 | 4 | 5:
            return Tuple((random_atom(random), *items))
        case 6:
            return Tuple(tuple(items))
        case 7:
            return List(tuple(random_leaf(random) for _ in range(random.randrange(60))))
        case 8:
            tail = random_term(random, depth - 2, atom_keys=atom_keys)
            return List(tuple(items), tail) if items and not isinstance(tail, List | Str) else List(tuple(items))
        case 9:
            return Tuple((random_atom(random), *(random_leaf(random) for _ in range(random.randrange(1, 12)))))
        case _:
            return random_map(random, depth, atom_keys)


def random_map(random: Random, depth: int, atom_keys: bool) -> Term:
    """A map of up to 32 keys, in no order."""
    pairs: dict[object, tuple[Term, Term]] = {}
    for _ in range(random.choice((0, 1, 2, 3, 8, 32))):
        key = random_term(random, min(depth - 1, 2)) if atom_keys else Int(random.randrange(-(10**6), 10**6))
        pairs[term_order(key)] = key, random_term(random, depth - 2, atom_keys=atom_keys)
    return Map(tuple(pairs.values()))


def random_leaf(random: Random) -> Term:
    """A term that is not made of others, or text."""
    match random.randrange(12):
        case 0 | 1 | 2 | 3:
            return random_atom(random)
        case 4:
            return Int(random.choice((0, 1, -1, random.randrange(-1000, 1000), random.getrandbits(70), 10**100)))
        case 5:
            return random_float(random)
        case 6 | 7:
            return Str(random_text(random))
        case 8:
            return Bin(random_text(random).encode(random.choice(("utf-8", "utf-16"))))
        case 9:
            return random_bits(random)
        case 10:
            return List(tuple(Int(random.choice((10, 65, 97, 255, 127, 300, -1))) for _ in range(random.randrange(9))))
        case _:
            return Fun(random_atom(random).name, random_atom(random).name, random.randrange(256))


def random_atom(random: Random) -> Atom:
    kind = random.random()
    if kind < 0.05:
        return Atom(random.choice(ODD_ATOMS))
    if kind < 0.4:
        return Atom("m" * random.choice((1, 5, 10, 15, 20, 30, 36, 37, 38, 39, 40, 60, 90)))
    return Atom(random.choice(ATOMS))


def random_text(random: Random) -> str:
    return "".join(random.choice(TEXTS) for _ in range(random.choice((1, 1, 1, 1, 2, 8))))


def random_bits(random: Random) -> Bin:
    unused = random.choice((0, 0, random.randrange(8)))
    data = random.randbytes(random.choice((1, 1, 2, 3, 20, 30, 100)))
    return Bin(data[:-1] + bytes([data[-1] >> unused << unused]), unused)


def random_float(random: Random) -> Float:
    """Any bit pattern, or a decimal one."""
    if random.random() < 0.5:
        (value,) = struct.unpack(">d", random.randbytes(8))
        return Float(value if math.isfinite(value) else 1e308)
    return Float(round(random.uniform(-10, 10), random.randrange(6)) * 10.0 ** random.randrange(-12, 25))


def to_etf(term: Term) -> bytes:
    """The external term format of a term, with its version byte."""
    return b"\x83" + _etf(term)


def _etf(term: Term) -> bytes:
    match term:
        case Atom(name):
            text = name.encode()
            return struct.pack(">BH", 118, len(text)) + text
        case Int(value):
            size = max(1, (value.bit_length() + 7) // 8)
            return struct.pack(">BIB", 111, size, value < 0) + abs(value).to_bytes(size, "little")
        case Float(value):
            return struct.pack(">Bd", 70, value)
        case Str(value):
            return struct.pack(">BI", 108, len(value)) + b"".join(_etf(Int(ord(c))) for c in value) + b"j"
        case Bin(data, 0):
            return struct.pack(">BI", 109, len(data)) + data
        case Bin(data, unused):
            return struct.pack(">BIB", 77, len(data), 8 - unused) + data
        case Tuple(items):
            return struct.pack(">BI", 105, len(items)) + b"".join(map(_etf, items))
        case List(items, tail):
            head = struct.pack(">BI", 108, len(items)) if items else b""
            return head + b"".join(map(_etf, items)) + (b"j" if tail is None else _etf(tail))
        case Map(pairs):
            return struct.pack(">BI", 116, len(pairs)) + b"".join(_etf(key) + _etf(value) for key, value in pairs)
        case Fun(module, function, arity):
            return b"\x71" + _etf(Atom(module)) + _etf(Atom(function)) + bytes([97, arity])
    raise AssertionError(f"{term} has no value")
