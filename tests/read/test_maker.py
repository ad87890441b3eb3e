from __future__ import annotations

from pathlib import Path

import pytest

from relupc.read.maker import maker


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


CASES = [
    ("mix.exs", "_build/prod/rel/shop", "MIX_ENV=prod mix release"),
    ("mix.exs", "_build/dev/lib/shop", "MIX_ENV=dev mix compile"),
    ("mix.exs", "_build", "MIX_ENV=prod mix compile"),
    ("rebar.config", "_build/default/rel/shop", "rebar3 release"),
    ("rebar.config", "_build/prod/rel/shop", "rebar3 as prod release"),
    ("rebar.config", "_build/default/lib/shop", "rebar3 compile"),
    ("back/rebar.config", "back/_build/default/rel/shop/", "rebar3 release"),
    ("back/rebar.config", "_build/default/rel/shop", None),
    ("Makefile", "_rel/shop", "make rel"),
    ("Makefile", "rel/shop", None),
    ("mix.exs", "rel/shop.rel", None),
    ("README", "_build/prod/rel/shop", None),
]


@pytest.mark.parametrize(("file", "path", "command"), CASES, ids=[f"{f} {p}" for f, p, _ in CASES])
def test_the_command(file: str, path: str, command: str | None, tmp_path: Path) -> None:
    Path(file).parent.mkdir(exist_ok=True)
    Path(file).write_text("")
    assert maker(path) == command
    assert maker(str(tmp_path / path)) == command
