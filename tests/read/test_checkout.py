"""Which applications a checkout holds, and what their sources call their versions."""

from __future__ import annotations

from pathlib import Path

import pytest

from relupc.model.checkout import Declared
from relupc.read.checkout import applications_in, declared, is_built, place_of
from tests.repository import write

MIX = """defmodule Shop.MixProject do
  use Mix.Project
  @version "1.4.0"
  def project, do: [app: :shop, version: @version]
end
"""


def found(folder: Path, files: dict[str, str]) -> list[tuple[str, str, str | None]]:
    write(folder, files)
    return [(one.app, one.folder, one.vsn) for one in applications_in(str(folder), files, [])]


def test_the_usual_layouts(tmp_path: Path) -> None:
    app = '{application, shop, [{description, ""}, {vsn, "1.3.0"}]}.'
    assert found(tmp_path / "a", {"src/shop.app.src": app}) == [("shop", ".", "1.3.0")]
    assert found(tmp_path / "b", {"mix.exs": MIX}) == [("shop", ".", "1.4.0")]
    assert found(tmp_path / "c", {"ebin/shop.app": app}) == [("shop", ".", "1.3.0")]
    several = {"apps/b/src/b.app.src": app, "lib/c/ebin/c.app": app, "apps/a/mix.exs": MIX}
    assert [one[:2] for one in found(tmp_path / "d", several)] == [("shop", "apps/a"), ("b", "apps/b"), ("c", "lib/c")]


def test_what_is_no_application(tmp_path: Path) -> None:
    umbrella = 'def project, do: [apps_path: "apps"]'
    files = {"mix.exs": umbrella, "test/src/x.app.src": "", "deps/a/mix.exs": MIX, "apps/a/b/src/b.app.src": ""}
    assert found(tmp_path, files) == []


def test_the_first_of_several_descriptions_counts(tmp_path: Path) -> None:
    files = {"ebin/shop.app": "", "mix.exs": MIX, "src/shop.app.src": '{application, shop, [{vsn, "2"}]}.'}
    assert found(tmp_path, files) == [("shop", ".", "2")]


@pytest.mark.parametrize(
    "text",
    [
        "{application, shop, [{vsn, git}]}.",
        '{application, shop, [{vsn, {cmd, "x"}}]}.',
        "nonsense",
        "",
        '{application, shop, [{vsn, "%VSN%"}]}.',
    ],
)
def test_a_version_that_is_left_to_the_build(text: str) -> None:
    assert declared("src/shop.app.src", ".", text.encode(), "shown") == Declared("shop", ".", "src/shop.app.src")


def test_where_the_version_stands() -> None:
    one = declared("mix.exs", ".", MIX.encode(), "shown/mix.exs")
    assert one
    assert one.span
    assert (one.span.source.path, one.span.text, one.span.line) == ("shown/mix.exs", '"1.4.0"', 3)
    two = declared("src/a.app.src", ".", b'{application, a, [\n {vsn, "1"}]}.', "x")
    assert two
    assert two.span
    assert (two.span.text, two.span.line) == ('"1"', 2)


def test_what_is_built_from() -> None:
    assert all(is_built(f"apps/a/{part}/x", "apps/a") for part in ("src", "include", "priv", "lib"))
    assert not any(is_built(f"apps/a/{part}", "apps/a") for part in ("README.md", "test/x.erl", "doc/x"))
    assert is_built("src/x.erl", ".")
    assert not is_built("README.md", ".")
    assert is_built("rebar.config", "apps/a"), "it was named with --include"


def test_a_submodule_stands_for_what_is_in_it(tmp_path: Path) -> None:
    write(tmp_path, {"apps/a/src/a.app.src": "", "apps/a/ebin/x": "", "other/src/b.app.src": ""})
    [one] = applications_in(str(tmp_path), [], ["apps/a", "other"])
    assert (one.app, one.folder) == ("a", "apps/a")
    assert place_of(one, ["apps/a"]) == "apps/a"
    assert place_of(one, ["apps"]) == "apps"
    assert place_of(one, []) == "apps/a"
