from __future__ import annotations

from relupc.model.lint import spelled_version
from relupc.model.term import Atom, Bin, Str, Unknown


def test_versions_in_a_sentence() -> None:
    assert spelled_version(Str("1.0")) == "1.0"
    assert spelled_version(Bin(b"1\\..*")) == '<<"1\\\\..*">>'
    assert spelled_version(Unknown("VSN")) == "VSN"
    assert spelled_version(Atom("a")) == "a"
