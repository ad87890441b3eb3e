from __future__ import annotations

from pathlib import Path

import pytest

from relupc.api.complete import builds


def test_versions_of_a_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for vsn in ("1.3.0", "1.4.0", "empty"):
        Path("shop@home/releases", vsn).mkdir(parents=True)
    for vsn in ("1.3.0", "1.4.0"):
        Path("shop@home/releases", vsn, "shop.rel").touch()
    assert builds("shop@home@") == builds("shop@home@1.3") == ["shop@home@1.3.0", "shop@home@1.4.0"]
    for word in ("", "@", "@1.3", "shop", "shop@", "gone@1", "\0@1"):
        assert builds(word) == []
