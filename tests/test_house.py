"""The rules of the house: who may import whom, which library is used where, how big things may be."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import relupc
from docs.refresh import facts
from relupc import rules
from relupc.model.appup import Appup
from relupc.model.codes import TABLE
from relupc.model.diagnostic import Code
from relupc.model.lint import EntryPlan, Mirror, Packaged, ReleaseFolder, RelupFile, Upgrade
from relupc.model.product import Products
from relupc.model.program import EntryCode, ModuleCode, TreeCode, UpgradeCode

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "relupc"
FILES = sorted(PACKAGE.rglob("*.py"))
SPEAKERS = {"cli", "__main__", "__init__"}
LIBRARIES = {
    "lark": "read/text.py",
    "networkx": "plan/graph.py",
    "tabulate": "report/table.py",
    "erlang": "beam/etf.py",
}
CLI_MAY = {"api", "report", "save", "config", "remember", "model"}
#: Who asks the system otherwise than with model/disk.py, and why no answer that is kept depends on it unseen.
BESIDE = {
    "model/disk.py": "it is the way",
    "remember/key.py": "it is about what the name of an answer says",
    "remember/shelf.py": "the cache itself",
    "save.py": "it writes",
    "read/targets.py": "it says so, where git is asked",
    "read/text.py": "relupc's own grammar, which is part of the name of an answer",
    "config/file.py": "the working folder, which is part of the name of an answer",
    "look_up.py": "not for lint",
    "read/checkout.py": "not for lint",
    "read/git.py": "not for lint",
    "api/explain.py": "not for lint",
    "api/fixing.py": "no answer is kept of a lint that makes fixes",
    "api/placing.py": "it writes",
    "api/plan.py": "not for lint",
    "api/versions.py": "not for lint",
    **dict.fromkeys(
        ("cli/__init__.py", "cli/again.py", "cli/compile.py", "cli/fixing.py", "cli/output.py", "cli/progress.py",
         "cli/settings.py"),
        "cli/again.py makes what these ask part of the name of an answer",
    ),
}  # fmt: skip
ASKS = re.compile(
    r"os\.path\.(exists|lexists|isfile|isdir|islink|ismount|isjunction|realpath|samefile|get\w+|expanduser)"
    r"|os\.(open|listdir|scandir|f?walk|l?stat|readlink|access|environb?|getenvb?|fork\w*|popen|system|getcwdb?)"
)
OTHERS = {"subprocess", "shutil", "threading", "_thread", "multiprocessing", "concurrent", "asyncio", "pathlib", "glob",
          "tempfile", "mmap", "socket", "time", "datetime", "random", "secrets"}  # fmt: skip
MAX_LINES, MAX_FUNCTION, MAX_RULE = 300, 40, 60
SECTIONS = ["Why", "Example", "Instead", "When it is fine", "OTP says"]
#: What the page of a rule says it needs, for what the rule looks at.
NEEDED = {
    Appup: "the appup",
    EntryPlan: "the appup",
    Mirror: "the appup",
    RelupFile: "the relup",
    Packaged: "the .app file",
    ReleaseFolder: "a release",
    Upgrade: "two releases",
    ModuleCode: "a build",
    TreeCode: "a build",
    EntryCode: "a build",
    UpgradeCode: "two builds",
    Products: "a build",
}


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
def test_values_are_made_in_one_place(file: Path) -> None:
    """To import `dataclasses`, and to make a class with it, takes more time than the whole of a small command."""
    assert "dataclasses" not in imports(file) or name_of(file) == "model/value.py", "use those of relupc.model.value"


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_nothing_is_long(file: Path) -> None:
    limit = MAX_RULE if part_of(file) == "rules" and file.name != "__init__.py" else MAX_LINES
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
            allowed = {"Exception", "RelupcError", "NamedTuple", "Mapping[K, V]", "type"}
            assert bases <= allowed, f"{node.name} in {name_of(file)} inherits from {bases}"


def asks_the_system(file: Path) -> set[str]:
    """What a file asks of the disk, the environment, another program, thread or process, or the clock."""
    nodes = list(ast.walk(tree_of(file)))
    named = {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    parts = {f"from {node.module}" for node in nodes if isinstance(node, ast.ImportFrom)}
    imported = set(imports(file)) & OTHERS | parts & {"from os", "from os.path", "from io"}
    return {name for name in named if ASKS.fullmatch(name)} | called & {"open"} | imported


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_the_disk_is_asked_in_one_place(file: Path) -> None:
    """Else `relupc lint` would give an answer that it has kept, though what it depends on has changed."""
    asked = asks_the_system(file)
    assert not asked or name_of(file) in BESIDE, (
        f"{name_of(file)} uses {sorted(asked)}: ask model/disk.py, which is noted"
    )
    assert asked or name_of(file) not in BESIDE, f"{name_of(file)} asks nothing: take it out of BESIDE"


def test_every_source_file_has_its_tests() -> None:
    for file in FILES:
        if file.name not in ("__init__.py", "__main__.py", "codes.py") and part_of(file) != "rules":
            tests = ROOT / "tests" / file.relative_to(PACKAGE).with_name(f"test_{file.name}")
            assert tests.exists(), f"{name_of(file)} has no {tests.relative_to(ROOT)}"


def test_codes_are_used_and_their_names_unique() -> None:
    text = (PACKAGE / "model" / "codes.py").read_text()
    table = re.findall(r'^(\w+) = Code\("(\w+)", "([a-z0-9-]+)"', text, re.MULTILINE)
    assert [code for _, code, _ in table] == list(TABLE)
    names = [name for _, _, name in table]
    assert len(set(names)) == len(names), "two codes share a name"
    users = "".join(file.read_text() for file in FILES if file.name != "codes.py")
    for variable, code, _ in table:
        assert variable == code, f"{variable} stands for {code}"
        assert re.search(rf"\b{code}\b", users), f"nothing ever says {code}: it has no rule file, and no pass uses it"


@pytest.mark.parametrize("code", TABLE.values(), ids=lambda code: code.code)
def test_every_code_has_its_page(code: Code) -> None:
    page = ROOT / "docs" / "codes" / f"{code.code}.md"
    assert page.exists(), f"{code.code} has no page: write docs/codes/{code.code}.md"
    text, said = page.read_text("utf-8"), facts(code.code)
    assert text.startswith(f"# {code.code} {code.name}\n"), f"{page.name} should begin with `# {code.code} {code.name}`"
    assert said, f"{page.name} has no line such as *{code.severity}, since 0.1, needs the appup*"
    assert said["severity"] == code.severity, f"{page.name} says {said['severity']}, codes.py {code.severity}"
    sections = re.findall("^## (.*)$", text, re.MULTILINE)
    assert sections == SECTIONS, f"the sections of {page.name} should be {SECTIONS}"
    others = re.search(r"^See also: (.*)\.$", text, re.MULTILINE)
    assert others, f"{page.name} has no line `See also: ...`"
    assert set(re.findall(r"[ARCDT]\d{3}", others[1])) <= set(TABLE), f"{page.name} sees codes that there are not"
    words = {on.__name__: word for on, word in NEEDED.items()}
    needs = {words[rule.on] for rule in rules.rules() if rule.code == code.code}
    assert not needs or said["needs"] in needs, f"{page.name} says it needs {said['needs']}, its rule {needs}"


@pytest.mark.parametrize("code", TABLE.values(), ids=lambda code: code.code)
def test_every_code_has_its_fixtures(code: Code) -> None:
    folder = ROOT / "fixtures" / "codes" / code.code
    for part, what in (("bad", "that shows it"), ("good", "that does not")):
        assert (folder / part).is_dir(), f"{code.code} has no project {what}: fixtures/codes/{code.code}/{part}"
    assert (folder / "expected.txt").exists(), f"run pytest tests/test_codes.py -k {code.code} --refresh, and read it"


def test_every_rule_file_is_the_rule_of_a_code() -> None:
    """Rules share some files; those have no code in their name, and are no rules."""
    files = [file for file in FILES if part_of(file) == "rules" and file.name != "__init__.py"]
    named = {file: match for file in files if (match := re.fullmatch(r"([a-z][0-9]{3})_\w+\.py", file.name))}
    for file, match in named.items():
        code = match[1].upper()
        assert code in TABLE, f"{name_of(file)} has no line in model/codes.py"
        said = ast.get_docstring(tree_of(file)) or ""
        assert said.startswith(f"{code} {TABLE[code].name}"), f"{name_of(file)} should begin with its code and name"
    listed = {file: on for on, files in rules.FILES.items() for file in files}
    for file in named:
        looks_at = re.search(r"^ON\b.* = (\w+)$", file.read_text(), re.MULTILINE)
        assert looks_at, f"{name_of(file)} does not say what it looks at: ON = Appup, or another type"
        where = f"FILES of relupc/rules/__init__.py, under {looks_at[1]}"
        assert listed.get(file.stem) == looks_at[1], f"{name_of(file)} belongs into {where}"
    assert sorted(listed) == [file.stem for file in named], "FILES of relupc/rules/__init__.py names other files"
    assert all(list(files) == sorted(files) for files in rules.FILES.values())
    assert list(rules.FILES) == [on for on in rules.NEEDS if on in rules.FILES]
    assert [on.__name__ for on in NEEDED] == list(rules.NEEDS)
    shared = [file for file in files if file not in named]
    for file in shared:
        assert not re.search(r"^ON\b", file.read_text(), re.MULTILINE), f"{name_of(file)} has no code in its name"
    assert 3 * len(shared) <= len(named), "so many files that are no rules belong elsewhere"


def test_public_names_are_no_modules() -> None:
    """Else `relupc.NAME` is the function or the module, depending on what was imported before."""
    modules = {file.stem for file in PACKAGE.glob("*.py")} | {folder.name for folder in PACKAGE.iterdir()}
    assert not set(relupc.__all__) & modules


def test_the_repository_stands_alone() -> None:
    for pattern in ("*.py", "*.md", "Makefile", "*.toml", "*.escript", "*.sh"):
        for file in ROOT.rglob(pattern):
            if not any(part.startswith(".") or part in ("build", "dist") for part in file.relative_to(ROOT).parts):
                text = file.read_text()
                assert "/" + "work/" not in text, f"{file} names a folder of one machine"
                assert "../" + "shared" not in text, f"{file} leads out of the repository"
