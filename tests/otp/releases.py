"""Whole release pairs, and sets of more, as cases: sound ones and broken ones.

`plain` and `broken` make the same case of the same seed and size, for any number of cases without hypothesis;
`plain_cases` and `broken_cases` are the strategies, which shrink to fewer applications.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from tests.otp import faults, world
from tests.otp.case import Base, Call, FailOn
from tests.otp.scripts import TERMS, write_appups
from tests.otp.spelling import Atom, Value, spell, spell_file

SIZE = 6
FAIL_ON: tuple[FailOn, ...] = ("warning", *("error",) * 30)


@dataclass(frozen=True, slots=True)
class Made:
    """A case that is not written yet: the call, and its files in the order of writing."""

    call: Call
    files: dict[str, bytes | None]


def plain(seed: int, size: int = SIZE) -> Made:
    """A case that OTP accepts, as a rule."""
    rnd = Random(seed)
    made = world.build(rnd, size)
    write_appups(made, rnd)
    return _render(made, rnd, plainly=False)


def broken(seed: int, size: int = SIZE) -> Made:
    """A case with one fault, seldom two, which OTP refuses, as a rule. Consecutive seeds go through all faults."""
    rnd = Random(seed)
    made = world.build(rnd, size)
    while not made.changed():
        made = world.build(rnd, size)
    write_appups(made, rnd)
    breaks = [faults.FAULTS[seed % len(faults.FAULTS)]]
    breaks += rnd.choices(faults.FAULTS, k=rnd.choice([0, 0, 0, 0, 1]))
    for fault in breaks:
        fault(made, rnd)
    case = _render(made, rnd, plainly=True)
    files = case.files
    for what, suffix in made.spoiled:
        files = faults.spoil(files, what, suffix, rnd)
    return Made(case.call, files)


def plain_cases() -> st.SearchStrategy[Made]:
    return st.builds(plain, st.integers(0, 2**32), st.integers(1, SIZE))


def broken_cases() -> st.SearchStrategy[Made]:
    return st.builds(broken, st.integers(0, 2**32), st.integers(1, SIZE))


def _render(made: world.World, rnd: Random, *, plainly: bool) -> Made:
    """The files and the call; `plainly` leaves out what makes OTP's answer depend on the order of a directory."""
    odd = rnd.choice([0.0, 0.0, 0.0, 0.0, 0.05, 0.3])
    files: dict[str, bytes | None] = {}
    for release in made.releases:
        files[release.file + ".rel"] = spell_file(_rel_term(release), rnd, odd)
    for app in made.apps.values():
        term = (
            Atom("application"),
            Atom(app.inside or app.name),
            [(Atom(key), value) for key, value in app.keys.items()],
        )
        files[f"{app.folder}/{app.name}.app"] = spell_file(term, rnd, odd)
        if app.appup is not None:
            files[f"{app.folder}/{app.name}.appup"] = spell_file(tuple(app.appup), rnd, odd)
    folders = sorted({app.folder for app in made.apps.values()})
    path = folders if plainly else _path(folders, rnd)
    if not plainly and rnd.random() < 0.1:
        files["lib/empty/ebin"] = None
        files["lib/README"] = b"no directory"
    names = [release.file for release in made.releases]
    up, down = ([_base(names[number], rnd) for number in bases] for bases in (made.up, made.down))
    if rnd.random() < 0.1:
        path, names[0] = _rel_in_path(path, names[0])
    restart, fail_on = rnd.random() < 0.1, rnd.choice(FAIL_ON)
    return Made(Call(names[0], tuple(up), tuple(down), tuple(path), restart, fail_on), files)


def _rel_term(release: world.Release) -> Value:
    apps: Value = [tuple(spec) if isinstance(spec, list) else spec for spec in release.apps]
    return (Atom("release"), (release.name, release.vsn), (Atom("erts"), release.erts), apps)


def _path(folders: list[str], rnd: Random) -> list[str]:
    first = folders[0].split("/")[1]
    styles = [
        ["lib/*/ebin"], ["lib/*/ebin"], ["lib/*/ebin"], folders, rnd.sample(folders, len(folders)),
        ["./lib/*/ebin"], ["nowhere/ebin", "", "lib/*/ebin"], ["*/*/ebin"], ["lib/[a-z]*/ebin", "lib/*/ebin"],
        [f"lib/{first[:3]}.*/ebin", "lib/*/ebin"], ["lib/*/eb*"], ["lib/*[0-9a-z]/ebin", *folders],
        ["lib/*(/ebin", *folders],
    ]  # fmt: skip
    return rnd.choice(styles)


def _base(name: str, rnd: Random) -> Base:
    if rnd.random() < 0.75:
        return name
    return name, spell(rnd.choice([*TERMS, "a patch"]), rnd, 0.1)


def _rel_in_path(path: list[str], name: str) -> tuple[list[str], str]:
    """The release named without its directory, which is in the search path instead."""
    directory, _, bare = name.rpartition("/")
    return [*path, directory or "."], bare
