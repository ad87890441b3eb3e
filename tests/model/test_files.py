from __future__ import annotations

from relupc.model.files import Files, together


def test_the_later_text_counts() -> None:
    archive = Files({"/a/x": b"old", "/a/y": b"y"}, {"/a": ("x", "y")})
    fixes = Files({"/a/x": b"new"})
    assert together([archive, fixes]) == Files({"/a/x": b"new", "/a/y": b"y"}, {"/a": ("x", "y")})
    assert together([]) == Files()
