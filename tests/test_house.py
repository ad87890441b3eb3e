"""The rules of the house: who may import whom, which library is used where, how big things may be."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "relupc"
FILES = sorted(PACKAGE.rglob("*.py"))
SPEAKERS = {"cli", "__main__", "__init__"}
LIBRARIES = {"lark": "read/text.py", "networkx": "plan/graph.py", "tabulate": "report/table.py"}
CLI_MAY = {"api", "report", "save", "model"}
MAX_LINES, MAX_FUNCTION, MAX_RULE = 300, 40, 60


def name_of(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def imports(file: Path) -> Iterator[str]:
    """Every module that a file imports, also inside functions and under TYPE_CHECKING."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{node.module}.{node.names[0].name}" if node.module == "relupc" else str(node.module)


def part_of(file: Path) -> str:
    """The noun folder or the verb that a file belongs to."""
    first = file.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def may_import(part: str, other: str) -> bool:
    if part == "model":
        return other == "model"
    if part == "api":
        return other not in SPEAKERS
    if part in SPEAKERS:
        return other in CLI_MAY | SPEAKERS or other.startswith("__")
    return other in ("model", part)


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_verbs_meet_only_in_the_api(file: Path) -> None:
    """Nouns import nouns, a verb imports nouns and itself, the api imports all, the command the api and the report."""
    for module in imports(file):
        if module.startswith("relupc."):
            other = module.split(".")[1]
            assert may_import(part_of(file), other), f"{name_of(file)} must not import {module}"


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_one_library_one_place(file: Path) -> None:
    for module in imports(file):
        top = module.split(".")[0]
        if top not in sys.stdlib_module_names and top != "relupc":
            assert top in LIBRARIES, f"{name_of(file)} imports {top}, which is no dependency of relupc"
            assert name_of(file) == LIBRARIES[top], f"only {LIBRARIES[top]} may import {top}, not {name_of(file)}"


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_nothing_is_long(file: Path) -> None:
    limit = MAX_RULE if part_of(file) == "rules" else MAX_LINES
    lines = file.read_text().count("\n")
    assert lines <= limit, f"{name_of(file)} has {lines} lines, {limit} is the limit"
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.FunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            assert size <= MAX_FUNCTION, f"{node.name} in {name_of(file)} has {size} lines, {MAX_FUNCTION} is the limit"


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_what_is_public_says_what_it_is(file: Path) -> None:
    tree = tree_of(file)
    assert ast.get_docstring(tree), f"{name_of(file)} has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and file.parent.name != "rules":
            small = (node.end_lineno or 0) - node.lineno < 5
            assert small or ast.get_docstring(node), f"{node.name} in {name_of(file)} has no docstring"


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_no_inheritance_beyond_exceptions(file: Path) -> None:
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.ClassDef):
            bases = {ast.unparse(base) for base in node.bases}
            allowed = {"Exception", "RelupcError", "NamedTuple"}
            assert bases <= allowed, f"{node.name} in {name_of(file)} inherits from {bases}"


def test_every_source_file_has_its_tests() -> None:
    for file in FILES:
        if file.name not in ("__init__.py", "__main__.py", "codes.py") and part_of(file) != "rules":
            tests = ROOT / "tests" / file.relative_to(PACKAGE).with_name(f"test_{file.name}")
            assert tests.exists(), f"{name_of(file)} has no {tests.relative_to(ROOT)}"


def test_codes_are_used_and_their_names_unique() -> None:
    text = (PACKAGE / "model" / "codes.py").read_text()
    table = re.findall(r'^(\w+) = Code\("(\w+)", "([a-z0-9-]+)"', text, re.MULTILINE)
    names = [name for _, _, name in table]
    assert len(set(names)) == len(names), "two codes share a name"
    users = "".join(file.read_text() for file in FILES if file.name != "codes.py")
    for variable, code, _ in table:
        assert variable == code, f"{variable} stands for {code}"
        assert re.search(rf"\b{code}\b", users), f"nothing ever says {code}"


def test_the_repository_stands_alone() -> None:
    for pattern in ("*.py", "*.md", "Makefile", "*.toml", "*.escript", "*.sh"):
        for file in ROOT.rglob(pattern):
            if not any(part.startswith(".") or part in ("build", "dist") for part in file.relative_to(ROOT).parts):
                text = file.read_text()
                assert "/" + "work/" not in text, f"{file} names a folder of one machine"
                assert "../" + "shared" not in text, f"{file} leads out of the repository"
