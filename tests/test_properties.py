"""What holds for every plan: nothing is lost, the order respects its graph, chance plays no part."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from hypothesis import assume, given, settings

import relupc
from relupc.model.plan import Plan
from relupc.model.term import Atom, Term, Tuple, as_atom, as_list, is_tagged
from tests.otp import case, judge, releases

MODULE_INSTRUCTIONS = {"update", "load_module", "add_module", "delete_module"}
ROOT = Path(__file__).parent.parent
#: Prints what relupc makes of the cases named on standard input, in the order of their directories.
PROGRAM = """
import json, sys
from pathlib import Path
from tests.otp import judge
print(json.dumps([[m.text, m.messages] for m in map(judge.run_relupc, map(Path, sys.stdin.read().split()))]))
"""


@settings(max_examples=60, deadline=None)
@given(releases.plain_cases())
def test_every_module_instruction_is_carried_out_once(made: releases.Made) -> None:
    for plan in _plans(made):
        done = Counter(_moved(plan))
        for module, name in ((module, kind) for module, kind, _ in _asked(plan)):
            assert done[module, "remove" if name == "delete_module" else "load"] == 1, (module, name)


@settings(max_examples=60, deadline=None)
@given(releases.plain_cases())
def test_the_order_respects_its_graph(made: releases.Made) -> None:
    """Up, what a module needs is loaded before it; down, after it. Members of a cycle are free of each other."""
    for plan in _plans(made):
        needs = {module: deps for module, _, deps in _asked(plan)}
        place = {(module, kind): number for number, (module, kind) in enumerate(_moved(plan))}
        kinds = {module: "remove" if kind == "delete_module" else "load" for module, kind, _ in _asked(plan)}
        for module, deps in needs.items():
            for dep in deps:
                if dep not in kinds or module in _reach(dep, needs):
                    continue
                first, second = (dep, module) if plan.direction == "up" else (module, dep)
                assert place[first, kinds[first]] < place[second, kinds[second]], (module, dep, plan.direction)


@settings(max_examples=40, deadline=None)
@given(releases.plain_cases())
def test_a_script_has_one_point_of_no_return_behind_all_object_code(made: releases.Made) -> None:
    for plan in _plans(made):
        instructions = [step.instruction for step in plan.steps]
        assert instructions.count(Atom("point_of_no_return")) == 1
        after = instructions[instructions.index(Atom("point_of_no_return")) :]
        assert not [i for i in after if is_tagged(i, "load_object_code", 2)]


def test_neither_hash_seeds_nor_the_order_of_files_play_in(tmp_path: Path) -> None:
    seeds = [*range(25)]
    outcomes = []
    for run, hash_seed in enumerate(("0", "1", "4242")):
        places = []
        for seed in seeds:
            made = (releases.plain if seed % 3 else releases.broken)(seed)
            names = Random(run).sample(sorted(made.files), len(made.files))
            places.append(tmp_path / str(run) / str(seed))
            case.write(places[-1], made.call, {name: made.files[name] for name in names})
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            input="\n".join(map(str, places)),
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        outcomes.append(json.loads(done.stdout))
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert len(outcomes[0]) == len(seeds)


@settings(max_examples=60, deadline=None)
@given(releases.broken_cases())
def test_whatever_is_broken_is_a_diagnostic(made: releases.Made) -> None:
    with _laid_down(made) as directory:
        mine = judge.run_relupc(directory)
    assert (mine.text is None) == bool(mine.messages)


@contextmanager
def _laid_down(made: releases.Made) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as scratch:
        case.write(Path(scratch), made.call, made.files)
        yield Path(scratch)


def _plans(made: releases.Made) -> tuple[Plan, ...]:
    """The plans of a case; those few that do not compile are not wanted."""
    with _laid_down(made) as directory:
        try:
            return judge.compiled(directory).plans
        except relupc.RelupcError:
            assume(False)
            raise


def _asked(plan: Plan) -> list[tuple[str, str, list[str]]]:
    """(module, instruction, what it depends on) of every module instruction of the appups."""
    found = []
    for script in plan.scripts:
        for step in script.steps:
            instruction = step.instruction
            kind = as_atom(instruction.items[0]) if isinstance(instruction, Tuple) and instruction.items else None
            if kind in MODULE_INSTRUCTIONS and isinstance(instruction, Tuple):
                deps = as_list(instruction.items[-1]) or ()
                found.append((_atom(instruction.items[1]), kind, [_atom(dep) for dep in deps]))
    return found


def _moved(plan: Plan) -> list[tuple[str, str]]:
    """(module, load or remove) of every such step, in order."""
    found = []
    for step in plan.steps:
        for kind in ("load", "remove"):
            if is_tagged(step.instruction, kind, 2) and isinstance(step.instruction, Tuple):
                what = step.instruction.items[1]
                assert isinstance(what, Tuple)
                found.append((_atom(what.items[0]), kind))
    return found


def _atom(term: Term) -> str:
    name = as_atom(term)
    assert name is not None
    return name


def _reach(start: str, needs: dict[str, list[str]]) -> set[str]:
    seen, todo = {start}, [start]
    while todo:
        for dep in needs.get(todo.pop(), []):
            if dep not in seen:
                seen.add(dep)
                todo.append(dep)
    return seen
