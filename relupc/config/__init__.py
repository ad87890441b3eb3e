"""Flags, environment and relupc.toml in, one Config out, and what is wrong with any of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from relupc.config.file import DEEPEST, find, places, read
from relupc.config.keys import KEYS, faults_of, known_settings
from relupc.model import disk
from relupc.model.codes import T008, T013
from relupc.model.config import BASELINE, Config
from relupc.model.diagnostic import Diagnostic
from relupc.model.policy import Policy
from relupc.model.selection import code_called, levels
from relupc.model.value import NamedTuple, dataclass, field

VARIABLE = "RELUPC_CONFIG"
_TABLES = ("lint.severity",)  # a flag changes single entries of these


class Flag(NamedTuple):
    """A setting that a flag gives: the setting, its value as the file would have it, and the flag."""

    key: str
    value: Any
    flag: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration of a run, what each setting was set to and by whom, and what is wrong with it.

    `entries` says by whom the entries of tables were set, by their paths.
    """

    config: Config
    values: Mapping[str, tuple[Any, str]]
    problems: tuple[Diagnostic, ...] = ()
    entries: Mapping[tuple[str, ...], str] = field(default_factory=dict)


def settings_from(
    flags: Iterable[Flag] = (),
    *,
    file: str | None = None,
    search: bool = True,
    folder: str = ".",
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings in force: those of flags, else of the file, else the defaults.

    `file` is the relupc.toml to take; else the one that RELUPC_CONFIG names in `environment`, else the one that is
    found from `folder` upwards. Without `search` there is none.
    """
    path = _path(file, folder, environment or {}) if search else None
    document, entries, problems = _document(path) if path else ({}, {}, [])
    values = {key: (KEYS[key].default, "default") for key in KEYS}
    root = os.path.dirname(path or "") or "."
    if disk.is_file(os.path.join(root, BASELINE)):
        values["lint.baseline"] = (BASELINE, "default, since it is there")
    values |= document
    for key, value, flag in flags:
        faults = faults_of(key, value) if value is not None else []
        problems += (T008.at(None, fault.label, path=flag, help=fault.help) for fault in faults)
        before, origin = values[key]
        if key in _TABLES and before and isinstance(before, dict):
            values[key] = ({**before, **value}, f"{origin} and {flag}")
            entries |= {(*key.split("."), name): f"from {flag}" for name in value}
        else:
            values[key] = (value, f"from {flag}")
    config = Config(root, path) if problems else _config(root, path, values)
    return Settings(config, values, tuple(problems), entries)


def _path(file: str | None, folder: str, environment: Mapping[str, str]) -> str | None:
    return file if file is not None else environment.get(VARIABLE) or find(folder)


def _document(path: str) -> tuple[dict[str, tuple[Any, str]], dict[tuple[str, ...], str], list[Diagnostic]]:
    """The settings of a file, each with its place, the places of the entries of tables, and what is wrong."""
    done = read(path)
    if isinstance(done, Diagnostic):
        return {}, {}, [done]
    source, document = done
    found, faults = known_settings(document)
    where = places(source)
    problems = [
        T013.at(where.find((*name, *fault.path), fault.word), fault.label, path=path, help=fault.help)
        for name, fault in faults
    ]
    entries = {
        whole: f"from {path}:{span.line}"
        for key, value in found.items()
        for whole in [tuple(key.split(".")), *_paths(tuple(key.split(".")), value)]
        if (span := where.find(whole, ""))
    }
    values = {key: (value, entries.get(tuple(key.split(".")), f"from {path}")) for key, value in found.items()}
    return values, entries, problems


def _paths(above: tuple[str, ...], value: Any) -> Iterator[tuple[str, ...]]:
    """The paths of all entries of a table."""
    for name, part in value.items() if isinstance(value, dict) and len(above) < DEEPEST else ():
        yield (*above, name)
        yield from _paths((*above, name), part)


def _config(root: str, path: str | None, settings: Mapping[str, tuple[Any, str]]) -> Config:
    values = {key: value for key, (value, _) in settings.items()}

    def here(key: str, value: str) -> str:
        """A path as the working folder sees it; one of a flag, and a version in a root named before, is as it is."""
        is_so = root == "." or value.startswith("@") or settings[key][1].startswith("from --")
        return value if is_so else os.path.join(root, value)

    def place(key: str) -> str | None:
        return None if values[key] is None else here(key, values[key])

    return Config(
        root=root,
        path=path,
        target_otp=values["target-otp"],
        new=place("builds.new"),
        old=tuple(here("builds.from", old) for old in values["builds.from"]),
        folders=tuple(here("builds.path", element) for element in values["builds.path"]),
        appups=place("builds.appups"),
        out=place("compile.out"),
        down=values["compile.down"],
        select=tuple(values["lint.select"]),
        ignore=tuple(values["lint.ignore"]),
        fail_on=values["lint.fail-on"],
        exclude=tuple(values["lint.exclude"]),
        baseline=place("lint.baseline"),
        otp_apps=values["lint.otp-apps"],
        severity=levels(values["lint.severity"]),
        per_path_ignores={pattern: tuple(words) for pattern, words in values["lint.per-path-ignores"].items()},
        options={code.code: table for word, table in values["lint.rule"].items() if (code := code_called(word))},
        plan_format=values["plan.format"],
        policy=Policy(*(tuple(values[f"plan.{key}"]) for key in ("forbid", "require", "allow-apply"))),
    )
