"""A term in, its text in Elixir out."""

from __future__ import annotations

import re

from relupc.model.spelling import module_name, spell_simple
from relupc.model.term import Atom, Bin, Float, Int, List, Map, Str, Term, Tuple, as_string

_BARE = re.compile(r"[a-z_][A-Za-z0-9_@]*[?!]?")
_WORDS = {"nil": "nil", "true": "true", "false": "false"}
_QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"', "#": "\\#", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def in_elixir(term: Term) -> str | None:
    """A term as Elixir code; None for what has no short text there, such as a string of Erlang."""
    match term:
        case Atom(name):
            return _atom(name)
        case Int() | Float():
            return spell_simple(term, 25)
        case Bin(data, 0):
            return _text(data)
        case Str():
            return None
        case Tuple(items):
            return _all(items, "{", "}")
        case List(items, None) if not items or as_string(term) is None:
            return _all(items, "[", "]")
        case Map(pairs):
            return _map(pairs)
    return None


def _atom(name: str) -> str:
    alias = module_name(name)
    if alias != name and name.startswith("Elixir.") and alias[0] != "'":
        return alias
    return _WORDS.get(name) or (f":{name}" if _BARE.fullmatch(name) else f':"{name.translate(_QUOTED)}"')


def _map(pairs: tuple[tuple[Term, Term], ...]) -> str | None:
    """A map, in the short form where every key is an atom that can have it."""
    texts = [(in_elixir(key), in_elixir(value)) for key, value in pairs]
    known = [(key, value) for key, value in texts if key and value]
    short = all(key[0] == ":" for key, _ in known)
    items = [f"{key[1:]}: {value}" if short else f"{key} => {value}" for key, value in known]
    return f"%{{{', '.join(items)}}}" if len(known) == len(pairs) else None


def _text(data: bytes) -> str | None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return f'"{text.translate(_QUOTED)}"' if text.isprintable() else None


def _all(items: tuple[Term, ...], begin: str, end: str) -> str | None:
    texts = [text for item in items if (text := in_elixir(item))]
    return f"{begin}{', '.join(texts)}{end}" if len(texts) == len(items) else None
