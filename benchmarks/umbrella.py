"""A shape in, a system as an umbrella project has it out: two releases of many applications, as plain files.

    python benchmarks/umbrella.py OUT --apps 20 --modules 100 [--changed 0.5] [--cycles 0.1] [--beams DIR ...]

Below OUT are `rel/old.rel` and `rel/new.rel`, and in `lib/NAME-VSN/ebin` the .app file of each version and the appup of
the new one. The same arguments give the same bytes everywhere. No OTP is needed to read them: there are a kernel,
a stdlib and a sasl without modules. With --beams the modules are there too, each a .beam file found below DIR
under another name; those that did not change have the same bytes in both builds.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.donors import Donors

PLACES = ("cart", "price", "stock", "order", "mail", "audit", "store", "tax", "parcel", "till")
PARTS = ("sup", "server", "codec", "cache", "query", "rules", "index", "event", "pool", "view", "store", "log")
KINDS = ("load",) * 8 + ("soft",) * 3 + ("advanced",) * 3 + ("add", "delete")
GROUP = 6  # modules that depend on each other: a server and its helpers
OTP = (("kernel", "99.0", ()), ("stdlib", "99.1", ("kernel",)), ("sasl", "99.2", ("kernel", "stdlib")))


class Shape(NamedTuple):
    """What a system is like. `changed` is the share of modules that an upgrade is about, `cycles` that of the groups
    whose DepMods lead back; where not `linked`, there are no DepMods."""

    apps: int
    modules: int
    changed: float = 0.5
    linked: bool = True
    cycles: float = 0.0
    seed: int = 1


class Change(NamedTuple):
    """What an appup says of a module: `load`, `soft`, `advanced`, `supervisor`, `add` or `delete`, and its DepMods."""

    module: str
    kind: str
    needs: tuple[str, ...] = ()


class App(NamedTuple):
    """An application of both builds."""

    name: str
    old: str
    new: str
    uses: tuple[str, ...]
    modules: tuple[str, ...]
    changes: tuple[Change, ...]

    def inside(self, is_new: bool) -> tuple[str, ...]:
        """The modules of one build."""
        absent = {change.module for change in self.changes if change.kind == ("delete" if is_new else "add")}
        return tuple(module for module in self.modules if module not in absent)


def applications(shape: Shape) -> list[App]:
    """The applications of a system. What one is like does not depend on how many there are."""
    names = [f"{PLACES[at % len(PLACES)]}{at // len(PLACES)}" for at in range(shape.apps)]
    return [_app(at, name, names[max(0, at - 2) : at], shape) for at, name in enumerate(names)]


def _app(at: int, name: str, uses: Sequence[str], shape: Shape) -> App:
    chance = random.Random(f"{shape.seed}:{at}")
    parts = (PARTS[i % len(PARTS)] + (str(i // len(PARTS)) if i >= len(PARTS) else "") for i in range(shape.modules))
    modules = tuple(f"{name}_{part}" for part in parts)
    picked = [module for module in modules if chance.random() < shape.changed] or [modules[-1]]
    kinds = {module: chance.choice(KINDS) for module in picked}
    kinds[picked[0]] = "load"  # no build is without modules
    kinds |= {module: "supervisor" for module in picked if module.endswith("_sup")}
    needs = _needs(picked, chance, shape) if shape.linked else {}
    changes = tuple(Change(module, kind, needs.get(module, ())) for module, kind in kinds.items())
    major, minor = 1 + chance.randrange(4), chance.randrange(20)
    return App(name, f"{major}.{minor}.0", f"{major}.{minor}.1", tuple(uses), modules, changes)


def _needs(picked: Sequence[str], chance: random.Random, shape: Shape) -> dict[str, tuple[str, ...]]:
    """The DepMods of each module: earlier ones of its group, and for a cycle the first and the last one."""
    order = [module for module in picked if not module.endswith("_sup")]  # `supervisor` takes no DepMods
    chance.shuffle(order)
    needs: dict[str, tuple[str, ...]] = {}
    for start in range(0, len(order), GROUP):
        group = order[start : start + GROUP]
        for at, module in enumerate(group[1:], 1):
            if chance.random() < 0.7:
                needs[module] = tuple(chance.sample(group[:at], min(at, chance.choice((1, 1, 1, 2)))))
        if len(group) > 1 and chance.random() < shape.cycles:
            needs[group[0]], needs[group[-1]] = (group[-1],), (group[0],)
    return needs


def write(shape: Shape, out: Path, donors: Donors | None = None) -> None:
    """Write a system below `out`, a folder that is not there yet; with `donors` its modules too."""
    apps = applications(shape)
    for name, vsn, uses in OTP:
        _put(out / "lib" / f"{name}-{vsn}" / "ebin" / f"{name}.app", _app_text(name, vsn, (), uses))
    for app in apps:
        changed = {change.module for change in app.changes}
        for is_new, vsn in enumerate((app.old, app.new)):
            ebin, modules = out / "lib" / f"{app.name}-{vsn}" / "ebin", app.inside(bool(is_new))
            _put(ebin / f"{app.name}.app", _app_text(app.name, vsn, modules, ("kernel", "stdlib", *app.uses)))
            for module in modules if donors else ():
                assert donors is not None
                generation = is_new if module in changed else 0
                (ebin / f"{module}.beam").write_bytes(donors.beam(module, f"{shape.seed}:{generation}"))
        _put(out / "lib" / f"{app.name}-{app.new}" / "ebin" / f"{app.name}.appup", _appup_text(app))
    _put(out / "rel" / "old.rel", _rel_text("1.0.0", [(app.name, app.old) for app in apps]))
    _put(out / "rel" / "new.rel", _rel_text("1.1.0", [(app.name, app.new) for app in apps]))


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def _rel_text(vsn: str, apps: Sequence[tuple[str, str]]) -> str:
    inside = [*((name, number) for name, number, _ in OTP), *apps]
    rows = ",\n  ".join(f'{{{name}, "{number}"}}' for name, number in inside)
    return f'{{release, {{"umbrella", "{vsn}"}}, {{erts, "13.1.5"}},\n [{rows}]}}.\n'


def _app_text(name: str, vsn: str, modules: Sequence[str], uses: Sequence[str]) -> str:
    listed = ",\n            ".join(modules)
    return (
        f'{{application, {name},\n [{{description, "The {name} of the umbrella"}},\n  {{vsn, "{vsn}"}},\n'
        f"  {{modules, [{listed}]}},\n  {{registered, []}},\n  {{applications, [{', '.join(uses)}]}},\n"
        f'  {{env, [{{limit, 100}}, {{ratio, 0.5}}, {{folder, "/var/lib/{name}"}}, {{tag, <<"{name}">>}}]}}]}}.\n'
    )


def _appup_text(app: App) -> str:
    up, down = (",\n   ".join(_instructions(app.changes, is_up)) for is_up in (True, False))
    key = f'"{app.old}"'
    return f'{{"{app.new}",\n [{{{key},\n  [{up}]}}],\n [{{{key},\n  [{down}]}}]}}.\n'


def _instructions(changes: Sequence[Change], is_up: bool) -> Iterator[str]:
    turned = {} if is_up else {"add": "delete", "delete": "add"}
    for module, kind, needs in changes:
        words = {
            "load": f"load_module, {module}",
            "soft": f"update, {module}, soft",
            "advanced": f"update, {module}, {{advanced, []}}",
            "supervisor": f"update, {module}, supervisor",
            "add": f"add_module, {module}",
            "delete": f"delete_module, {module}",
        }[turned.get(kind, kind)]
        yield f"{{{words}, [{', '.join(needs)}]}}" if needs else f"{{{words}}}"


def main() -> int:
    """Write one system; the exit code."""
    parser = argparse.ArgumentParser(description="Write two releases of a large system, the same for the same flags.")
    parser.add_argument("out", type=Path, help="a folder that is not there yet")
    parser.add_argument("--apps", type=int, default=20, help="applications [20]")
    parser.add_argument("--modules", type=int, default=100, help="modules of each [100]")
    parser.add_argument("--changed", type=float, default=0.5, help="share of modules that change [0.5]")
    parser.add_argument("--cycles", type=float, default=0.0, help="share of groups with a cycle of DepMods [0]")
    parser.add_argument("--no-links", dest="linked", action="store_false", help="no DepMods")
    parser.add_argument("--seed", type=int, default=1, help="[1]")
    parser.add_argument("--beams", type=Path, nargs="*", default=[], metavar="DIR", help="where to take modules from")
    args = parser.parse_args()
    if args.out.exists():
        parser.error(f"{args.out} is there already")
    shape = Shape(args.apps, args.modules, args.changed, args.linked, args.cycles, args.seed)
    write(shape, args.out, Donors(args.beams) if args.beams else None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
