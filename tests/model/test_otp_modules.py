from __future__ import annotations

import pytest

from relupc.model.otp import OTP_APPLICATIONS
from relupc.model.otp_modules import application_of


@pytest.mark.parametrize(
    ("module", "app"),
    [
        ("crypto", "crypto"),
        ("httpc", "inets"),
        ("dbg", "runtime_tools"),
        ("Elixir.Mix", "mix"),
        ("Elixir.Mix.Project", "mix"),
        ("Elixir.IEx.Helpers", "iex"),
        ("Elixir.Mixer", None),
        ("Elixir.Shop.Mix", None),
        ("Elixir", None),
        ("lists", None),
        ("shop", None),
    ],
)
def test_what_is_known(module: str, app: str | None) -> None:
    assert application_of(module) == app


def test_they_are_applications_of_otp() -> None:
    names = {application_of(module) for module in ("compile", "cover", "ssl", "xref", "leex", "systools", "merl", "wx")}
    assert names <= OTP_APPLICATIONS
