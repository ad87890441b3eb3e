"""A `Random` in, a world of releases out: the top release first, then its bases, and every application's versions.

Applications refer only to those with a lower number, so the releases of a world have no circles of its making;
what OTP's own rewriting makes of includes is left to OTP.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.otp.spelling import Atom, Raw, Value, atoms

CORE = ("kernel", "stdlib", "sasl")
APP_NAMES = [
    "alder",
    "birch",
    "cedar",
    "dogwood",
    "elm",
    "fir",
    "ginkgo",
    "hazel",
    "iris",
    "juniper",
    "kapok-tree",
    "Larch_app",
    "märz",
    "öl",
    "after",
    "x@1",
]
VERSIONS = ["1", "1.0", "1.1", "1.0.1", "1.10.0", "2.0", "0.9.1", "2.0-rc.1+b7", "10.2", "2024.03", "3a", "5.0"]
SUFFIXES = [
    "app",
    "sup",
    "srv",
    "fsm",
    "event",
    "worker",
    "cache",
    "codec",
    "db",
    "http",
    "util",
    "lib",
    "stat",
    "pool",
]
ODD_MODULES = ["Elixir.Shop.Cart", "Elixir.Repo", "with space", "it's", "grün", "日本", "Čeština", "end", "x\ty", ""]
TYPES = ("permanent", "transient", "temporary", "load", "none")


@dataclass(slots=True)
class App:
    """One version of an application; `keys` is its `.app` file, `appup` its appup's term, if it has one.

    `inside` is the name in the `.app` file, where that is another one.
    """

    name: str
    vsn: str
    folder: str
    keys: dict[str, Value]
    appup: list[Value] | None = None
    inside: str | None = None

    @property
    def modules(self) -> list[str]:
        return [module.name for module in self.keys["modules"]]


@dataclass(slots=True)
class Release:
    """A `.rel` file without its suffix, and its content; an element of `apps` is what follows the brace."""

    file: str
    name: Value
    vsn: Value
    erts: Value
    apps: list[list[Value]]

    @property
    def specs(self) -> list[list[Value]]:
        """The elements of `apps` that are about an application; others are faults."""
        return [spec for spec in self.apps if isinstance(spec, list) and len(spec) > 1 and isinstance(spec[0], Atom)]

    def app_vsn(self, name: str) -> str | None:
        return next((str(spec[1]) for spec in self.specs if spec[0] == Atom(name)), None)


@dataclass(slots=True)
class World:
    """`releases[0]` is the top; `up` and `down` are the numbers of the bases asked for.

    The applications `restarted` are restarted by their appups; `spoiled` says what is to happen to which files.
    """

    releases: list[Release]
    apps: dict[tuple[str, str], App]
    up: list[int]
    down: list[int]
    restarted: set[str] = field(default_factory=set)
    spoiled: list[tuple[str, str]] = field(default_factory=list)

    def app(self, release: int, name: str) -> App | None:
        """The version of an application that is in a release."""
        vsn = self.releases[release].app_vsn(name)
        return None if vsn is None else self.apps.get((name, vsn))

    def changed(self) -> list[str]:
        """The applications whose appup is asked for, in any of the bases."""
        tops = [(str(spec[0].name), str(spec[1])) for spec in self.releases[0].specs]
        used = [*self.up, *self.down]
        return [n for n, v in tops if any(self.releases[b].app_vsn(n) not in {None, v} for b in used)]

    def upgraded(self) -> list[App]:
        """The changed applications that have an appup."""
        return [app for name in self.changed() if (app := self.app(0, name)) and app.appup is not None]


def build(rnd: Random, size: int) -> World:
    """A world with up to `size` applications beside the core, whose appups are not written yet."""
    count = rnd.choice([2, 2, 2, 3, 4])
    names = rnd.sample(APP_NAMES, rnd.randint(1, size))
    matrix = {name: _core_versions(name, count, rnd) for name in CORE}
    matrix |= {name: _versions(count, rnd) for name in names}
    everywhere = [name for name, row in matrix.items() if None not in row]
    apps: dict[tuple[str, str], App] = {}
    for number, (name, row) in enumerate(matrix.items()):
        lower = list(matrix)[:number]
        for app in _app_versions(name, sorted({v for v in row if v is not None}), lower, everywhere, number, rnd):
            apps[name, app.vsn] = app
    _include(apps, names, everywhere, rnd)
    releases = [_release(i, {n: row[i] for n, row in matrix.items()}, apps, rnd) for i in range(count)]
    bases = list(range(1, count))
    up = (
        rnd.choices(bases, k=rnd.randint(1, count))
        if rnd.random() < 0.2
        else rnd.sample(bases, rnd.randint(1, count - 1))
    )
    down = rnd.sample(bases, rnd.randint(0, count - 1))
    up += [0] * (rnd.random() < 0.04)
    lenders = [name for name in names if rnd.random() < 0.12]
    return World(releases, apps, up, down, set(lenders))


def _core_versions(name: str, count: int, rnd: Random) -> list[str | None]:
    top = "4.2" if name == "sasl" else "5.0"
    older = ["4.0", "2.1", "10.2", "1.9.4"] if name == "sasl" else ["4.9", "4.0"]
    return [top, *(rnd.choice(older) if rnd.random() < 0.15 else top for _ in range(count - 1))]


def _versions(count: int, rnd: Random) -> list[str | None]:
    known = rnd.sample(VERSIONS, rnd.randint(2, 4))
    top = None if rnd.random() < 0.1 else known[0]
    bases: list[str | None] = []
    for _ in range(count - 1):
        bases.append(rnd.choices([None, known[0], rnd.choice(known[1:])], [0.15, 0.25, 0.6])[0])
    return [top, *bases]


def _app_versions(
    name: str, versions: list[str], lower: list[str], everywhere: list[str], number: int, rnd: Random
) -> list[App]:
    """The versions of one application: much the same modules and dependencies in each."""
    modules = _modules(name, number, rnd)
    found = []
    for vsn in versions:
        own = [m for m in modules if rnd.random() < 0.8]
        uses = [u for u in lower if rnd.random() < 0.3] or ["kernel"] * (name != "kernel")
        rnd.shuffle(uses)
        missing = [u for u in uses if u not in everywhere]
        keys: dict[str, Value] = {
            "description": rnd.choice(["", "made up", "Über λ", 'one "two" \\three']),
            "vsn": vsn,
            "modules": atoms(own),
            "registered": atoms([f"{name}_reg{i}" for i in range(rnd.randint(0, 2))]),
            "applications": atoms(uses + ["gone"] * bool(missing)),
        }
        if missing:
            keys["optional_applications"] = atoms([*missing, "gone"])
        keys = _other_keys(name, rnd) | keys
        order = rnd.sample(list(keys), len(keys)) if rnd.random() < 0.3 else list(keys)
        found.append(App(name, vsn, f"lib/{_folder(name)}-{number}-{vsn}/ebin", {k: keys[k] for k in order}))
    return found


def _folder(name: str) -> str:
    return "".join(c for c in name if c.isascii() and c.isalnum()) or "app"


def _modules(name: str, number: int, rnd: Random) -> list[str]:
    count = rnd.choice([0, 1, 2, 3, 4, 5, 6, 8])
    modules = [f"{name}_{suffix}" for suffix in rnd.sample(SUFFIXES, count)]
    if rnd.random() < 0.2:
        modules = [f"Elixir.{name.title()}.{module.title()}" for module in modules]
    if rnd.random() < 0.15:
        modules += [odd + str(number) for odd in rnd.sample(ODD_MODULES, 2)]
    return modules


def _other_keys(name: str, rnd: Random) -> dict[str, Value]:
    keys: dict[str, Value] = {
        "id": "an id",
        "mod": rnd.choice([[], (Atom(f"{name}_app"), [])]),
        "env": [(Atom("level"), 3), (Atom("dir"), "/var"), (Atom("f"), Raw("fun lists:map/2"))],
        "start_phases": rnd.choice([Atom("undefined"), [(Atom("go"), [])]]),
        "maxT": rnd.choice([Atom("infinity"), 5000]),
        "maxP": Atom("infinity"),
        "included_applications": [],
        "optional_applications": atoms(["never_there"]),
        "runtime_dependencies": ["erts-12.0"],
    }
    return {key: value for key, value in keys.items() if rnd.random() < 0.12}


def _include(apps: dict[tuple[str, str], App], names: list[str], everywhere: list[str], rnd: Random) -> None:
    """Let some applications include others of a lower number; each is included once at most."""
    free = [name for name in names if name in everywhere]
    for number, name in enumerate(names):
        wanted = [n for n in free if n in names[:number] and rnd.random() < 0.08]
        for key, app in apps.items():
            if key[0] != name or not wanted:
                continue
            app.keys["included_applications"] = atoms(wanted)
            uses = [u for u in app.keys["applications"] if u.name not in wanted]
            app.keys["applications"] = uses
        free = [n for n in free if n not in wanted]


def _release(number: int, row: dict[str, str | None], apps: dict[tuple[str, str], App], rnd: Random) -> Release:
    present = [(name, vsn) for name, vsn in row.items() if vsn is not None]
    if rnd.random() < 0.5:
        present = rnd.sample(present, len(present))
    specs = [_rel_spec(apps[name, vsn], rnd) for name, vsn in present]
    name = rnd.choice(["node", "node", f"node{number}", "Ünit λ"])
    erts = "13.1.5" if number == 0 or rnd.random() < 0.8 else rnd.choice(["12.3", "5.8.5", ""])
    file = rnd.choice(["releases/", "releases/", "", "other/deep/"]) + f"r{number}" + rnd.choice(["", ".rc", "-x y"])
    return Release(file, name, rnd.choice([f"1.{number}", f"{number}", f"2.0-ß{number}"]), erts, specs)


def _rel_spec(app: App, rnd: Random) -> list[Value]:
    spec: list[Value] = [Atom(app.name), app.vsn]
    fixed = app.name in {"kernel", "stdlib"}
    if rnd.random() < 0.25:
        spec.append(Atom("permanent" if fixed else rnd.choice(TYPES)))
    included = app.keys.get("included_applications", [])
    if rnd.random() < 0.1:
        spec.append([name for name in included if rnd.random() < 0.7])
    return spec
