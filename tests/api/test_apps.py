from __future__ import annotations

from pathlib import Path

import pytest

from relupc.api.lint import examine
from relupc.model.config import Config
from relupc.model.outcome import Options


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def linted(name: str, text: str) -> list[str]:
    Path(name).write_text(text)
    found = examine([name], [], Options(), Config())
    assert found.files == (name,)
    return [f"{d.code.code} {d.otp.error_class if d.otp else '-'}: {d.label}" for d in found.diagnostics]


def test_an_app_file() -> None:
    text = '{application, shop, [{description, ""}, {vsn, "1"}, {modules, []}, {registered, []}, {applications, []}]}.'
    assert linted("shop.app", text) == []
    assert linted("shop.app", text.replace('"1"', "1")) == [
        "R105 systools_make/error_reading/EXIT: bad value of `vsn`",
    ]
    assert linted("shop.app", text.replace("{registered, []}, ", "")) == [
        "R105 systools_make/error_reading/missing_param: `registered` is missing",
    ]


def test_an_app_file_before_the_build() -> None:
    assert linted("shop.app.src", "{application, shop, [{vsn, git}]}.") == []
    assert linted("shop.app.src", "{application, shop, [{vsn, git}, {mod, shop_app}]}.") == [
        "R105 -: bad value of `mod`"
    ]


def test_what_is_no_term() -> None:
    assert linted("shop.app", "{application") == ["T001 -: expected `,` or `}` before the end of the text"]
    assert examine(["none.app"], [], Options(), Config()).diagnostics[0].code.code == "T003"
