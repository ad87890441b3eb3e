from __future__ import annotations

from relupc.model.codes import A105, A306, R002, T001, T008
from relupc.model.diagnostic import Diagnostic
from relupc.model.source import Source, Span
from relupc.suppress import by_paths


def inside(path: str) -> str | None:
    """Paths as a folder above has them."""
    return None if path.startswith("../") else f"apps/{path}"


def here(path: str) -> Diagnostic:
    return A105.at(Span(Source(path, "x"), 0, 1), "here")


def test_codes_and_names_and_families_by_place() -> None:
    ignores = {"apps/old/**": ("circular-depmods",), "apps/*.rel": ("R",), "gone/**": ("A306",)}
    found = [here("old/a.appup"), here("new/a.appup"), here("../old/a.appup"), R002.at(None, "x", path="a.rel")]
    done = by_paths(found, ignores, inside)
    assert [d.suppressed for d in done] == ["config", None, None, "config"]
    assert by_paths(found, {}, inside) == found


def test_not_what_keeps_relupc_from_looking_nor_what_has_no_file() -> None:
    found = [T001.at(Span(Source("a", "x"), 0, 1), "x"), T008.at(None, "x"), A306.at(None, "x")]
    assert by_paths(found, {"**": ("all",)}, inside) == found
