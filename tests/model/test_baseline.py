from __future__ import annotations

from relupc.model.baseline import Recorded


def test_findings_are_in_the_order_of_their_files() -> None:
    found = [Recorded("b", "A1", "0", "x"), Recorded("a", "A2", "1", "x"), Recorded("a", "A1", "2", "x")]
    assert [one.fingerprint for one in sorted(found)] == ["2", "1", "0"]
