from __future__ import annotations

from pathlib import Path

import pytest

from relupc.model.diagnostic import Problems
from relupc.model.source import Source
from relupc.model.term import Atom, List, Map, Str, Term, Tuple, Unknown
from relupc.read.emqx import OtherRelup, modules_below, other_relup, other_script
from relupc.read.file import Unreadable
from relupc.read.relup import read_relup
from relupc.read.text import read_all
from tests.cases import FIXTURES, Case, compare, told


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def answer(case: Case) -> str:
    """The modules of another upgrader's relup, and all that is said of it."""
    terms, problems = read_all(Source("given", case.given)), Problems()
    assert not isinstance(terms, Unreadable), case.title
    found = other_relup(terms, problems)
    head = "% a relup of OTP, or none" if found is None else f"modules: {[m.name for m in found.modules]}"
    return "\n".join([head, *map(told, problems.found)])


def test_fixtures(refresh: bool) -> None:
    compare(FIXTURES / "relup" / "emqx.txt", answer, refresh)


def test_what_is_unknown_is_let_through() -> None:
    unknown = Unknown("node()")
    changes: tuple[Term, ...] = (
        unknown,
        Tuple((Atom("load_module"), unknown)),
        Tuple((Atom("update"), Atom("till"), unknown)),
        Tuple((Atom("apply"), Atom("cart"), Atom("warm"), unknown)),
    )
    values: dict[str, Term] = {"from_version": unknown, "target_version": Str("2"), "code_changes": List(changes)}
    problems = Problems()
    found = other_relup((Map(tuple((Atom(key), value) for key, value in values.items())),), problems)
    assert found is not None
    assert [module.name for module in found.modules] == ["till"]
    assert [d.code.code for d in problems.found] == ["T005"]


def test_modules_of_the_applications_in_folders() -> None:
    app = (
        '{application, shop, [{vsn, "1"}, {description, ""}, {registered, []}, {applications, []}, {modules, [cart]}]}.'
    )
    Path("ebin").mkdir()
    assert modules_below(["ebin"], 25) == frozenset()
    Path("ebin/shop.app").write_text(app)
    Path("ebin/other").write_text("x")
    assert modules_below(["ebin"], 25) == {"cart"}
    Path("ebin/bad.app").write_text("{")
    assert modules_below(["ebin"], 25) == frozenset()


def test_a_script_that_gives_a_map() -> None:
    text = """
        Common = [{load_module, cart}],
        #{from_version => "1", target_version => "2",
          code_changes => Common ++ [{apply, cart, warm, [node()]}, {load, x}]}.
    """
    Path("hop.relup").write_text(text)
    problems = Problems()
    found = read_relup("hop.relup", 25, problems)
    assert found == OtherRelup((Atom("cart"),))
    assert sorted(d.code.code for d in problems.found) == ["A101", "T004", "T005"]


def test_a_script_that_gives_no_map() -> None:
    problems = Problems()
    assert other_script(Source("relup", "X = 1, {X, [], []}."), 25, problems) is None
    assert other_script(Source("relup", "#{a => }."), 25, problems) is None
    assert problems.found == []
