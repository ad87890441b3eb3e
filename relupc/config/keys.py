"""The settings that relupc.toml may hold: name, type, default, and what can be wrong with a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from relupc.model.diagnostic import SEVERITIES
from relupc.model.glob import fault_of
from relupc.model.otp import NEWEST_OTP, OLDEST_OTP
from relupc.model.policy import FORBIDDEN
from relupc.model.selection import ALWAYS, code_called, codes_meant, nearest_word
from relupc.model.value import NamedTuple

LEVELS = (*SEVERITIES, "never")
PLAN_FORMATS = ("table", "timeline", "svg", "html", "mermaid", "dot", "term", "json")
MAX_FAULTS = 100  # of a file; whoever gets more has given the wrong file
_LARGEST = 1_000_000_000
_LONGEST = 60  # characters of a value in a sentence
_IN_OUT = ("{from}", "{to}", "{name}")


class Fault(NamedTuple):
    """Something wrong: what, what to write instead, and where.

    `path` leads from the setting into its table. `word` is the part of the value that is wrong: None for all of
    it, the empty text for the name of the setting itself.
    """

    label: str
    help: str
    path: tuple[str, ...] = ()
    word: str | None = None


class Key(NamedTuple):
    """A setting: its type for readers, its default (None: there is none), and a check of its value."""

    kind: str
    default: Any
    check: Callable[[Any], Iterator[Fault]]


def known_settings(document: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[tuple[str, ...], Fault]]]:
    """A document -> the values of the settings in it, and what is wrong, each with the path to its setting."""
    found: dict[str, Any] = {}
    faults: list[tuple[tuple[str, ...], Fault]] = []
    for name, value in document.items():
        if name not in SECTIONS:
            _take((name,), value, found, faults)
        elif isinstance(value, dict):
            for inner, part in value.items():
                _take((name, inner), part, found, faults)
        else:
            faults.append(
                ((name,), Fault(f"`{name}` is a section", f"write `[{name}]`, and its settings below", (), ""))
            )
    return found, faults


def faults_of(name: str, value: Any) -> list[Fault]:
    """What is wrong with the value of a setting that there is."""
    return list(islice(KEYS[name].check(value), MAX_FAULTS))


def meant(word: str, words: Iterable[str]) -> str:
    """Help for a word that is none of these: the nearest, or all of them."""
    import difflib  # noqa: PLC0415 - only for a mistake

    known = list(words)
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean `{close[0]}`?" if close else f"there are {', '.join(known)}"


def _take(
    path: tuple[str, ...], value: Any, found: dict[str, Any], faults: list[tuple[tuple[str, ...], Fault]]
) -> None:
    """Put a value where it belongs, or say that there is no such setting."""
    name = ".".join(path)
    if name in KEYS and len(path) == name.count(".") + 1:
        found[name] = value
        faults += ((path, fault) for fault in islice(KEYS[name].check(value), max(MAX_FAULTS - len(faults), 0)))
    elif len(faults) < MAX_FAULTS:
        faults.append((path, Fault(f"`{_cut(name)}` is no setting", _help_for(path), (), "")))


def _help_for(path: tuple[str, ...]) -> str:
    """What was probably meant by a setting that there is not."""
    *section, last = path
    elsewhere = [key for key in KEYS if key.rpartition(".")[2] == last]
    if elsewhere:
        above, _, _ = elsewhere[0].rpartition(".")
        return f"it belongs under `[{above}]`" if above else "it belongs at the top of the file, above all sections"
    if not section:
        return meant(last, [*SECTIONS, *(key for key in KEYS if "." not in key)])
    return meant(last, [key.partition(".")[2] for key in KEYS if key.startswith(f"{section[0]}.")])


def _cut(value: Any) -> str:
    """A value for a sentence."""
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _string(value: Any) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault("not a string", 'write it in quotes: `"..."`')
    elif not value or "\0" in value:
        yield Fault("an empty string" if not value else "a string with a NUL character", "delete this setting")


def _version(value: Any) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault("not a string", f'write `"{OLDEST_OTP}"`, or another up to `"{NEWEST_OTP}"`')
    elif value.partition(".")[0] not in map(str, range(OLDEST_OTP, NEWEST_OTP + 1)):
        yield Fault(f"`{_cut(value)}` is no OTP whose rules are known", f"name one from {OLDEST_OTP} to {NEWEST_OTP}")


def _boolean(value: Any) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield Fault("neither true nor false", "write `true` or `false`, without quotes")


def _level(value: Any) -> Iterator[Fault]:
    if value not in LEVELS:
        yield Fault(f"`{_cut(value)}` is no severity", "name error, warning, note or never")


def _plan_format(value: Any) -> Iterator[Fault]:
    if value not in PLAN_FORMATS:
        yield Fault(f"`{_cut(value)}` is no format of a plan", meant(str(value), PLAN_FORMATS))


def _forbidden(value: Any) -> Iterator[Fault]:
    yield from _strings(value)
    for word in value if isinstance(value, list) else ():
        if isinstance(word, str) and word and word not in FORBIDDEN:
            yield Fault(f"`{_cut(word)}` is nothing that can be forbidden", meant(word, FORBIDDEN), (), word)


def _functions(value: Any) -> Iterator[Fault]:
    yield from _strings(value)
    for word in value if isinstance(value, list) else ():
        if isinstance(word, str) and word and ":" not in word:
            advice = 'write `"MODULE:FUNCTION"` or `"MODULE:FUNCTION/ARITY"`, with `*` for any characters'
            yield Fault(f"`{_cut(word)}` is no function", advice, (), word)


def _out(value: Any) -> Iterator[Fault]:
    yield from _string(value)
    rest = str(value)
    for part in _IN_OUT:
        rest = rest.replace(part, "")
    if "{" in rest or "}" in rest:
        yield Fault("braces around something else", f"there are {', '.join(_IN_OUT)}")


def _strings(value: Any, path: tuple[str, ...] = ()) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault("not a list", 'write `["..."]`', path)
        return
    for item in value:
        if not isinstance(item, str) or not item or "\0" in item:
            yield Fault(
                f"`{_cut(item)}` is no string" if item else "an empty string", "a list of strings", path, str(item)
            )


def _codes(value: Any, path: tuple[str, ...] = ()) -> Iterator[Fault]:
    yield from _strings(value, path)
    for word in (item for item in value if isinstance(item, str) and item) if isinstance(value, list) else ():
        if not codes_meant(word):
            yield Fault(f"`{_cut(word)}` is no code and no name", _near_code(word), path, word)


def _near_code(word: str) -> str:
    near = nearest_word(word)
    return f"did you mean `{near}`?" if near else "`relupc explain` lists all codes and names"


def _ignored(value: Any, path: tuple[str, ...] = ()) -> Iterator[Fault]:
    yield from _codes(value, path)
    for word in value if isinstance(value, list) else ():
        code = code_called(word) if isinstance(word, str) else None
        if code and code.code in ALWAYS:
            yield Fault(f"{code.code} cannot be switched off", "without it nothing would be checked", path, word)


def _globs(value: Any) -> Iterator[Fault]:
    yield from _strings(value)
    for item in value if isinstance(value, list) else ():
        if isinstance(item, str) and item and (fault := fault_of(item)):
            yield Fault(fault, "write it as it begins in the folder of this file", (), item)


def _table(value: Any, example: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault("not a table", f"write {example}")


def _severities(value: Any) -> Iterator[Fault]:
    yield from _table(value, '`A306 = "note"` below `[lint.severity]`')
    for word, level in value.items() if isinstance(value, dict) else ():
        code = code_called(word)
        if not codes_meant(word):
            yield Fault(f"`{_cut(word)}` is no code and no name", _near_code(word), (word,), "")
        elif code and code.code in ALWAYS:
            yield Fault(f"{code.code} is always an error", "without it nothing would be checked", (word,), "")
        if level not in SEVERITIES:
            advice = "name error, warning or note; `ignore` switches a code off"
            yield Fault(f"`{_cut(level)}` is no severity" if level else f"no severity for `{word}`", advice, (word,))


def _per_path(value: Any) -> Iterator[Fault]:
    yield from _table(value, '`"apps/old/**" = ["A306"]` below `[lint.per-path-ignores]`')
    for pattern, words in value.items() if isinstance(value, dict) else ():
        if fault := fault_of(pattern):
            yield Fault(fault, "write it as it begins in the folder of this file", (pattern,), "")
        yield from _ignored(words, (pattern,))


def _rules(value: Any) -> Iterator[Fault]:
    yield from _table(value, "`max-steps = 20` below `[lint.rule.suspend-timeout]`")
    for word, options in value.items() if isinstance(value, dict) else ():
        code = code_called(word)
        if code is None:
            yield Fault(f"`{_cut(word)}` is no code and no name", _near_code(word), (word,), "")
        elif not code.options:
            yield Fault(f"{code.code} has no options", "delete this section", (word,), "")
        elif not isinstance(options, dict):
            yield Fault("not a table", f"write `[lint.rule.{word}]`, and its options below", (word,))
        else:
            yield from _options(word, options, dict(code.options))


def _options(word: str, options: Mapping[str, Any], known: Mapping[str, int]) -> Iterator[Fault]:
    for option, number in options.items():
        if option not in known:
            yield Fault(f"`{_cut(option)}` is no option of {word}", meant(option, known), (word, option), "")
        elif isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= _LARGEST:
            yield Fault("not a number", f"write a whole number up to {_LARGEST}", (word, option))


KEYS: dict[str, Key] = {
    "target-otp": Key("string", None, _version),
    "builds.new": Key("BUILD", None, _string),
    "builds.from": Key("list of BUILD", [], _strings),
    "builds.path": Key("list of folders, with `*`", [], _strings),
    "builds.appups": Key("folder", None, _string),
    "compile.out": Key("path, with `{from}`, `{to}`, `{name}`", None, _out),
    "compile.down": Key("bool", True, _boolean),
    "lint.select": Key("list of codes", ["default"], _codes),
    "lint.ignore": Key("list of codes", [], _ignored),
    "lint.fail-on": Key("severity, or `never`", "warning", _level),
    "lint.exclude": Key("list of globs", ["deps/**", "_build/**"], _globs),
    "lint.baseline": Key("path", None, _string),
    "lint.otp-apps": Key("bool", False, _boolean),
    "lint.severity": Key("table: code to severity", {}, _severities),
    "lint.per-path-ignores": Key("table: glob to list of codes", {}, _per_path),
    "lint.rule": Key("table: code to table of options", {}, _rules),
    "plan.format": Key("format of `plan`", "table", _plan_format),
    "plan.forbid": Key("list of words", [], _forbidden),
    "plan.require": Key("list of modules", [], _strings),
    "plan.allow-apply": Key("list of functions, with `*`", [], _functions),
}
SECTIONS = tuple(dict.fromkeys(key.partition(".")[0] for key in KEYS if "." in key))
