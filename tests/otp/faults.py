"""Faults: each breaks one thing in a world. Every error that make_relup can give is one of them away."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeAlias

from tests.otp.fault_scripts import SCRIPT
from tests.otp.spelling import Atom, Raw, Value
from tests.otp.world import App, Release, World

Break: TypeAlias = Callable[[World, Random], None]

A, B = Atom("a"), Atom("b")
NOT_TERMS = [b"", b"% only a comment\n", b"{a,b", b"{a,b}", b"{a,\"open}.", b"\xff\xfe{a}.", b"\xef\xbb\xbf{a}.",
             b"{a,,b}.\n", b"{a, 1+2}.", b"{a, X}.", b"{a].\n", b"{a b}.\n\n", b"'\\x{110000}'.", b"{a, foo(1)}.\n",
             b"\x00\x01\x02\x03", b"{a, 17#zz}.", b"{a, \xe4}.", b"{a, 'x\ny}.",
             b"a:b.\n", b"\n\n{a,\n#{}}"]  # fmt: skip

KEYS = ["vsn", "id", "description", "modules", "registered", "applications", "optional_applications",
        "included_applications", "mod", "start_phases", "env", "maxT", "maxP"]  # fmt: skip
OTHER_TERMS = [
    b"ok.\n",
    b"{a,b,c}.",
    b"[].",
    b'"text".',
    b'{release,{"a","1"},[],[]}.\n',
    b"#{}.",
    b"{application,a,b}.",
]


def _appup(change: Callable[[list[Value], Random], None]) -> Break:
    def fault(world: World, rnd: Random) -> None:
        for appup in [app.appup for app in world.upgraded() if app.appup and len(app.appup) == 3]:
            change(appup, rnd)
            if rnd.random() < 0.3:
                return

    return fault


def no_entry(appup: list[Value], rnd: Random) -> None:
    appup[rnd.choice([1, 2])] = rnd.choice([[], [("no such version", [])]])


def bad_regex(appup: list[Value], rnd: Random) -> None:
    bad = rnd.choice([b"*", b"(", b"[a", b"a{3,1}", b"(?<n", b"\\", b"\xff", b"(?P<1>a)", b"+1"])
    place = rnd.choice([1, 2])
    appup[place] = [(bad, []), *appup[place]] if rnd.random() < 0.7 else [*appup[place], (bad, [])]


def wrong_shape(appup: list[Value], rnd: Random) -> None:
    change: list[list[Value]] = [appup[:2], [*appup, []], [], [list(appup)], ["1"]]
    appup[:] = rnd.choice(change)


def part_no_list(appup: list[Value], rnd: Random) -> None:
    appup[rnd.choice([1, 2])] = rnd.choice([Atom("x"), (), 1, Raw('[{"0",[]}|x]'), b"", "text"])


def script_no_list(appup: list[Value], rnd: Random) -> None:
    place = rnd.choice([1, 2])
    odd = rnd.choice([Atom("x"), (Atom("load_module"), A), Raw("[{load_module,m}|x]"), 1, b"x", "text"])
    appup[place] = [
        (entry[0], odd) if isinstance(entry, tuple) and len(entry) == 2 else entry for entry in appup[place]
    ]


APPUP = tuple(map(_appup, (no_entry, bad_regex, wrong_shape, part_no_list, script_no_list)))


def _app(world: World, rnd: Random) -> App:
    """A version of an application that is in a release asked for."""
    used = [world.app(n, spec[0].name) for n in {0, *world.up, *world.down} for spec in world.releases[n].specs]
    return rnd.choice([app for app in used if app is not None])


def missing_key(world: World, rnd: Random) -> None:
    keys = _app(world, rnd).keys
    keys.pop(rnd.choice(["vsn", "description", "modules", "registered", "applications"]), None)


def bad_key(world: World, rnd: Random) -> None:
    bad: list[Value] = [
        Atom("x"),
        (A,),
        ["x"],
        [A, 1],
        Raw("[a|b]"),
        b"x",
        "text",
        0,
        -1,
        [(A, B, A)],
        [(1, 2)],
        (1, 2),
    ]
    _app(world, rnd).keys[rnd.choice(KEYS)] = rnd.choice(bad)


def other_version(world: World, rnd: Random) -> None:
    app = _app(world, rnd)
    app.keys["vsn"] = rnd.choice(["other", "", app.vsn + ".1"])


def other_name(world: World, rnd: Random) -> None:
    _app(world, rnd).inside = rnd.choice(["other", "kernel"])


def unknown_uses(world: World, rnd: Random) -> None:
    key = rnd.choice(["applications", "included_applications"])
    for app in {id(a): a for a in (_app(world, rnd), _app(world, rnd))}.values():
        app.keys[key] = [*app.keys.get(key, []), *map(Atom, rnd.sample(["nope", "nil", "gone too"], rnd.randint(1, 2)))]


def _shared(key: str, *names: str) -> Break:
    """Let applications of one release share modules, registered names or included applications."""

    def fault(world: World, rnd: Random) -> None:
        specs = rnd.choice([world.releases[number].specs for number in {0, *world.up, *world.down}])
        for name, vsn, *_ in rnd.sample(specs, min(3, len(specs))):
            app = world.apps.get((name.name, str(vsn)))
            if app is not None:
                app.keys[key] = [*app.keys.get(key, []), *map(Atom, names[: rnd.randint(1, 2)])]

    return fault


SHARED = (
    _shared("modules", "shared", "also"),
    _shared("modules", "sasl_lib"),
    _shared("registered", "shared", "also"),
    _shared("included_applications", "kernel"),
)


APP = (missing_key, bad_key, bad_key, other_version, other_name, unknown_uses, *SHARED)


def circle(world: World, rnd: Random) -> None:
    first, second = _app(world, rnd), _app(world, rnd)
    for app, used in ((first, second), (second, first)):
        app.keys["applications"] = [*app.keys["applications"], Atom(used.name)]


def nested_includes(world: World, rnd: Random) -> None:
    """Three applications in a row, the last of which uses the middle one."""
    names = rnd.sample([spec[0] for spec in world.releases[0].specs], 3)
    for number, key, used in ((0, "included_applications", 1), (1, "included_applications", 2), (2, "applications", 1)):
        for (name, _), app in world.apps.items():
            if name == names[number].name:
                app.keys[key] = [*app.keys.get(key, []), names[used]]


GRAPH = (circle, nested_includes)


def _release(world: World, rnd: Random) -> Release:
    return world.releases[rnd.choice([0, *world.up, *world.down])]


def no_core(world: World, rnd: Random) -> None:
    release = _release(world, rnd)
    gone = rnd.choice([["kernel"], ["stdlib"], ["sasl"], ["kernel", "stdlib"]])
    release.apps = [spec for spec in release.specs if spec[0].name not in gone]


def no_sasl(world: World, rnd: Random) -> None:
    """As if nobody needed it."""
    release = _release(world, rnd)
    release.apps = [spec for spec in release.specs if spec[0].name != "sasl"]
    for app in world.apps.values():
        app.keys["applications"] = [used for used in app.keys["applications"] if used != Atom("sasl")]


def core_type(world: World, rnd: Random) -> None:
    for spec in _release(world, rnd).specs:
        if spec[0].name in {"kernel", "stdlib"} and rnd.random() < 0.7:
            spec[2:] = [Atom(rnd.choice(["load", "none", "transient", "temporary"]))]


def bad_spec(world: World, rnd: Random) -> None:
    apps = _release(world, rnd).apps
    bad: list[Value] = [["x", "1"], [Atom("x")], [Atom("x"), "1", Atom("odd")], [Atom("x"), A], Atom("x"), "text",
                        [Atom("x"), "1", [1]], [Atom("x"), "1", A, []], [Atom("x"), "1", Atom("load"), [], []],
                        [Atom("x"), b"1"], Raw("{x,\"1\",[a|b]}"), 1, [Atom("x"), [A]], []]  # fmt: skip
    for one in rnd.sample(bad, rnd.randint(1, 2)):
        apps.insert(rnd.randint(0, len(apps)), one)


def bad_head(world: World, rnd: Random) -> None:
    bad: list[Value] = [Atom("x"), (), 1, b"x", [A], Raw("[97|b]"), [1, -1]]
    setattr(_release(world, rnd), rnd.choice(["name", "vsn", "erts"]), rnd.choice(bad))


def bad_name(world: World, rnd: Random) -> None:
    _release(world, rnd).name = rnd.choice([[A], [1, -1]])


def bad_vsn(world: World, rnd: Random) -> None:
    _release(world, rnd).vsn = rnd.choice([[A], [1, -1]])


def unknown_app(world: World, rnd: Random) -> None:
    apps = _release(world, rnd).apps
    apps.insert(rnd.randint(0, len(apps)), [Atom(rnd.choice(["nowhere", "x y", "ö"])), "1"])


def unknown_vsn(world: World, rnd: Random) -> None:
    rnd.choice(_release(world, rnd).specs)[1] = rnd.choice(["9.9.9", ""])


def unknown_include(world: World, rnd: Random) -> None:
    rnd.choice(_release(world, rnd).specs).append([Atom("kernel"), Atom("nobody")])


def other_file(world: World, rnd: Random) -> None:
    """The release is asked for by a name that it does not have, or found as something else."""
    release = _release(world, rnd)
    release.erts = Raw(f'"{release.erts}"}}, extra, {{a') if rnd.random() < 0.5 else Raw('"1"}, [], {erts, "1"')


def twice(world: World, rnd: Random) -> None:
    release = _release(world, rnd)
    release.apps.append(list(rnd.choice(release.specs)))


REL = (
    no_core,
    no_sasl,
    core_type,
    bad_spec,
    bad_spec,
    bad_head,
    bad_name,
    bad_vsn,
    unknown_app,
    unknown_vsn,
    unknown_include,
    other_file,
    twice,
)


def _file(what: str, suffix: str) -> Break:
    return lambda world, _: world.spoiled.append((what, suffix))


WHATS = ("not terms", "not terms", "cut", "absent", "directory", "no stop", "other term")
FILE = tuple(_file(what, suffix) for what in WHATS for suffix in (".rel", ".app", ".appup"))
FAULTS: tuple[Break, ...] = (*SCRIPT, *APPUP, *APPUP, *APP, *REL, *GRAPH, *FILE)


def spoil(files: dict[str, bytes | None], what: str, suffix: str, rnd: Random) -> dict[str, bytes | None]:
    """Put something unreadable in the place of a file, or nothing."""
    name = rnd.choice([name for name in files if name.endswith(suffix)] or list(files))
    content = files[name] or b""
    if what == "absent":
        return {key: value for key, value in files.items() if key != name}
    broken: dict[str, bytes | None] = {
        "not terms": rnd.choice(NOT_TERMS),
        "cut": content[: rnd.randrange(len(content) + 1)],
        "directory": None,
        "no stop": content.rstrip().rstrip(b"."),
        "other term": rnd.choice(OTHER_TERMS),
    }
    return {**files, name: broken[what]}
