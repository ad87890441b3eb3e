"""A term with `{{vsn}}`, `%VSN%` and the like in, the term with the version, or Unknown, in their places out.

Build tools put something there before Erlang reads the file.
"""

from __future__ import annotations

import re

from relupc.model.term import Atom, Bin, List, Map, Str, Term, Tuple, Unknown
from relupc.model.value import replace

_TEMPLATE = re.compile(r"\{\{\{?\s*(?P<a>[\w.-]+)\s*\}?\}\}|%(?P<b>\w+)%|@(?P<c>\w+)@|\$\{(?P<d>\w+)\}")
_DIGIT = re.compile("[0-9]")
_VERSIONS = ("vsn", "version")


def is_version(text: str) -> bool:
    """Whether the `vsn` of an .app.src is a version already: neither a template nor the name of a way to get it."""
    return _DIGIT.search(text) is not None and _TEMPLATE.search(text) is None


def filled(term: Term, version: Term, text: str) -> Term:
    """The term of the file that holds `text`; a template for the version stands for `version`."""
    return _filled(term, version) if _TEMPLATE.search(text) else term


def _filled(term: Term, version: Term) -> Term:
    match term:
        case Str(text):
            return _of_template(term, text, version)
        case Bin(data):
            return _of_template(term, data.decode("latin-1"), Unknown(""))
        case Tuple((Tuple((Atom(name),)),)):
            return _of_template(term, f"{{{{{name}}}}}", version)
        case Tuple(items) | List(items):
            return replace(term, items=tuple(_filled(item, version) for item in items))
        case Map(pairs):
            return replace(term, pairs=tuple((_filled(key, version), _filled(value, version)) for key, value in pairs))
    return term


def _of_template(term: Term, text: str, version: Term) -> Term:
    """What stands in the place of a term that holds this text."""
    found = _TEMPLATE.search(text)
    if found is None:
        return term
    name = next(filter(None, found.groups()))
    if found[0] == text and name.lower() in _VERSIONS and isinstance(version, Str):
        return replace(version, span=term.span)
    return Unknown(term.span.text if term.span else text, term.span)
