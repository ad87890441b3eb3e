from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from relupc.analyse.ex import modules_from
from relupc.model.code import Module
from relupc.model.source import Source
from tests.analyse.elixirs import module_text
from tests.analyse.test_ex import compiled_at, differences

#: The last ones once had less when they were compiled.
SEEDS = (*range(60), 50129, 50297, 50408, 50434, 50608, 50703, 50755, 50765)


def read(text: str) -> set[str]:
    """The functions of a module that are read."""
    (module,) = modules_from(Source("a.ex", f"defmodule A do\n{text}\nend"))
    return names(module)


def names(module: Module) -> set[str]:
    return {fa.name for fa, each in module.functions.items() if each.place and not fa.name.startswith("-")}


LOOP = "def loop(x) do\n receive do\n  y -> loop(y)\n end\nend\n"


def test_what_stands_behind_a_call_that_does_not_return() -> None:
    assert read(LOOP + "def f(x) do\n loop(x)\n Shop.add(x)\nend") == {"loop"}
    assert read(LOOP + "def f(x), do: [1, loop(x)]") == {"loop", "f"}
    assert read("def f(x) do\n g(x)\n Shop.add(x)\nend\ndef g(x), do: f(x)") == {"g"}
    assert read("def f(x) do\n g(x)\n Shop.add(x)\nend\ndef g(x), do: exit(x)") == {"g"}
    assert read("def f(x) do\n g(x)\n Shop.add(x)\nend\ndef g(x), do: (for y <- x, do: y)") == set()
    assert read("def f(x) do\n g(x)\n Shop.add(x)\nend\ndef g([]), do: 1\ndef g(x), do: g(tl(x))") == {"f", "g"}


@pytest.mark.parametrize(
    ("given", "heads"),
    [
        (":a", [":b", "_"]),
        ("{:ok, x}", [":error", "{:ok, _}"]),
        ("[x]", ["[]", "[_ | _]"]),
        ("1", [":one", "2", "_"]),
        ("x + 1", ["[]", "_"]),
        ("length(x)", ["[]", "_"]),
        ("fn -> x end", ["[]", "_"]),
        ("Process.self()", ["[]", "_"]),
        ("%{a: x}", ["[]", "_"]),
    ],
)
def test_what_a_private_function_is_called_with(given: str, heads: list[str]) -> None:
    clauses = "\n".join(f"defp g({head}), do: Shop.add(1)" for head in heads)
    assert read(f"def f(x), do: g({given})\n{clauses}") == {"f"}
    assert read(f"def f(x), do: g({given})\ndef h(x), do: g(x)\n{clauses}") == {"f", "g", "h"}
    assert read(f"def f(x), do: g({given})\ndef h, do: &g/1\n{clauses}") == {"f", "g", "h"}


@pytest.fixture(scope="module")
def random_modules(elixirc: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the texts of random modules, and what Elixir made of them."""
    folder = tmp_path_factory.mktemp("random")
    for seed in SEEDS:
        (folder / f"m{seed}.ex").write_text(module_text(seed))
    names = sorted(path.name for path in folder.glob("*.ex"))
    subprocess.run([elixirc, "-o", ".", *names], cwd=folder, check=True, capture_output=True)
    return folder


def test_random_modules_have_no_less_when_compiled(random_modules: Path) -> None:
    seen = Counter[str]()
    for path in sorted(random_modules.glob("*.ex")):
        for module in modules_from(Source(path.name, path.read_text())):
            assert not differences(module, compiled_at(random_modules / f"{module.name}.beam")), path.read_text()
            seen.update(names(module))
    assert len(seen) == 5
    assert min(seen.values()) > 3
