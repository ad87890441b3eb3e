"""Pairs of versions of an application, and who writes their appups -> how the upgrade of a real node went, up and down.

The measure: an upgraded node looks like one that has booted the new version, and after the way back like one that has
booted the old version: loaded code by MD5, supervision tree, shapes of states, answers of every process and function.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from relupc.api.compile import attempt
from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.outcome import Linted, Options, Outcome
from tests.otp import nodes

#: The folders of the new and the old version of an application in; the appup out, or why there is none.
Propose: TypeAlias = Callable[[Path, Path], "str | Refused"]


@dataclass(frozen=True, slots=True)
class Refused:
    """There is no appup, and why."""

    reason: str


@dataclass(slots=True)
class Upgraded:
    """How one pair went: the steps that were as they should be, and all that was wrong."""

    root: Path
    appup: str = ""
    good: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    kept: int = 0
    processes: int = 0

    @property
    def passed(self) -> bool:
        return self.good >= set(STEPS)


#: What a pair can pass, in this order.
STEPS = [
    "proposed",
    "lint without errors",
    "compiled",
    "upgraded",
    "up: modules",
    "up: tree",
    "up: states",
    "up: answers",
    "up: no crash",
    "downgraded",
    "down: modules",
    "down: tree",
    "down: states",
    "down: answers",
    "down: no crash",
]
_KINDS = {
    "modules": ("version", "module"),
    "tree": ("tree",),
    "states": ("state",),
    "answers": ("call",),
    "no crash": ("crash",),
}


def run(roots: Sequence[Path], app: str, vsns: tuple[str, str], propose: Propose, driver: Path) -> list[Upgraded]:
    """How each root went: `lay_down` and `build` have made them. `vsns` are the old version and the new one."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda root: run_one(root, app, vsns, propose, driver), roots))


def run_one(root: Path, app: str, vsns: tuple[str, str], propose: Propose, driver: Path) -> Upgraded:
    """The same for one root."""
    done = Upgraded(root)
    old, new = vsns
    old_folder, new_folder = (root / "lib" / f"{app}-{vsn}" for vsn in vsns)
    place = new_folder / "ebin" / f"{app}.appup"
    place.unlink(missing_ok=True)
    proposed = propose(new_folder, old_folder)
    if isinstance(proposed, Refused):
        done.wrong.append(f"not proposed: {proposed.reason}")
        return done
    done.appup = proposed
    done.good.add("proposed")
    place.write_text(proposed, "utf-8")
    _judge("lint without errors", _errors(examine([str(new_folder)], [str(old_folder)], Options(), Config())), done)
    rels = [str(root / f"releases/{vsn}/start.rel") for vsn in (new, old)]
    outcome = attempt(rels[0], rels[1:], rels[1:], Options([f"{root}/lib/*/ebin"], isolated=True, lint=False))
    if outcome.compiled is None:
        done.wrong += [f"not compiled: {line}" for line in _errors(outcome)]
        return done
    done.good.add("compiled")
    (root / f"releases/{new}/relup").write_text(outcome.compiled.text, "utf-8")
    fresh = nodes.look(root, driver, app, new)
    looks = nodes.look(root, driver, app, old, old, new)
    assert "old" in fresh, f"no node boots the new version: see {root}/log"
    assert "old" in looks, f"no node boots the old version: see {root}/log"
    done.wrong += [f"the test ends: {line}" for line in looks.get("broken", {}).get("failed", [])]
    _compare("up", looks, fresh["old"], done)
    _compare("down", looks, looks["old"], done)
    _count_kept(looks, done)
    return done


def _errors(said: Linted | Outcome) -> list[str]:
    return [d.one_line for d in said.diagnostics if d.severity == "error"]


def _judge(step: str, wrong: list[str], done: Upgraded) -> None:
    if wrong:
        done.wrong += [f"{step}: {line}" for line in wrong]
    else:
        done.good.add(step)


def _compare(way: str, looks: nodes.Looks, wanted: dict[str, list[str]], done: Upgraded) -> None:
    """Judge one way of the upgrade: whether it was gone, and how the node looks then."""
    found = looks.get(way)
    if found is None or "failed" in found:
        done.wrong.append(f"{way}graded: {found['failed'][0] if found else 'not reached, see the log of the node'}")
        return
    done.good.add(f"{way}graded")
    for step, kinds in _KINDS.items():
        is_, should = ([line for kind in kinds for line in look.get(kind, [])] for look in (found, wanted))
        wrong = [f"is     {line}" for line in is_ if line not in should]
        _judge(f"{way}: {step}", wrong + [f"should {line}" for line in should if line not in is_], done)


def _count_kept(looks: nodes.Looks, done: Upgraded) -> None:
    """How many of the processes of the old version that have the same place in the new one are the same processes."""
    before, after = (
        dict(line.rsplit(",", 1) for line in looks.get(phase, {}).get("pid", [])) for phase in ("old", "up")
    )
    both = before.keys() & after.keys()
    done.processes, done.kept = len(both), sum(before[place] == after[place] for place in both)
