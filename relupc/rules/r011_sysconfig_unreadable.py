"""R011 sysconfig-unreadable: an upgrade to what cannot be read puts all applications back to their defaults."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relupc.model.codes import R011
from relupc.model.diagnostic import Diagnostic
from relupc.model.lint import ReleaseFolder
from relupc.model.term import Atom, List, Term, Tuple, as_list, as_string

ON = ReleaseFolder
PRINTED = re.compile(r"(?:Fun|Ref|Port|)<[\w.@/]{1,100}>")
PLAIN = "write plain data, or `fun module:function/arity`"
SHAPE = "write `[{Application, [{Key, Value}, ...]}, ...].`"
LOST = "OTP reads nothing of it in an upgrade, without a word: all applications get the defaults of their .app files"
CRASH = "the installation fails on it with `change_appl_data`, and the node restarts with the old release"
SKIPPED = "OTP skips it in an upgrade, without a word, but does not start with it"


def check(folder: ReleaseFolder) -> Iterator[Diagnostic]:
    config = folder.sys_config
    if isinstance(config, Diagnostic):
        printed = config.span and PRINTED.match(config.span.source.text, config.span.start)
        label, advice = (
            (f"`{'#' * printed[0][0].isalpha()}{printed[0]}` is a value as it was printed", PLAIN)
            if printed
            else (config.label, config.help)
        )
        yield R011.at(config.span, label, path=config.path, help=advice, notes=(LOST,))
    elif config is not None:
        for term, label, note in _odd(config):
            yield R011.at(term.span or config.span, label, help=SHAPE, notes=(note,))


def _odd(config: Term) -> Iterator[tuple[Term, str, str]]:
    """What is no configuration of an application, nor the name of a file with more of them."""
    if not isinstance(config, List):
        yield config, "this is no list", CRASH
        return
    for item in config.items:
        match item:
            case _ if as_string(item) is not None:
                pass
            case Tuple((Atom(name), env)):
                pairs = as_list(env)
                if pairs is None or not all(isinstance(pair, Tuple) and len(pair.items) == 2 for pair in pairs):
                    yield env, f"the configuration of `{name}` is no list of pairs", CRASH
                else:
                    keys = (pair.items[0] for pair in pairs if isinstance(pair, Tuple))
                    yield from ((k, "this key is no atom", SKIPPED) for k in keys if not isinstance(k, Atom))
            case _:
                yield item, "this is no configuration of an application", SKIPPED
    if config.tail is not None:
        yield config.tail, "the list must end with `]`", CRASH
