"""The configuration of applications: that of their .app files, and what a sys.config puts in place of it."""

from __future__ import annotations

from relupc.model.build import App
from relupc.model.diagnostic import Diagnostic
from relupc.model.lint import ReleaseFolder
from relupc.model.term import Atom, Term, Tuple, as_list

Environment = dict[str, tuple[Term, Term]]
"""Key -> the atom where it is written, and its value."""


def of_config(folder: ReleaseFolder, app: str) -> Environment:
    """What the sys.config of a release says of an application; nothing if it cannot be read."""
    config = folder.sys_config
    terms = as_list(config) if config is not None and not isinstance(config, Diagnostic) else None
    found: Environment = {}
    for term in terms or ():
        if isinstance(term, Tuple) and len(term.items) == 2 and term.items[0] == Atom(app):
            found |= of_list(term.items[1])
    return found


def of_list(env: Term) -> Environment:
    """A list of pairs of a key and its value."""
    pairs = [item.items for item in as_list(env) or () if isinstance(item, Tuple) and len(item.items) == 2]
    return {key.name: (key, value) for key, value in pairs if isinstance(key, Atom)}


def environment(folder: ReleaseFolder, app: App) -> Environment:
    """The configuration of an application in a release."""
    return of_list(app.env) | of_config(folder, app.name)


def differing(old: Environment, new: Environment) -> list[str]:
    """The keys that are not the same in both, by name."""
    return sorted(key for key in {*old, *new} if key not in old or key not in new or old[key][1] != new[key][1])
