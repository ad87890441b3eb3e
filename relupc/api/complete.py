"""What is typed so far of a build -> how it may go on."""

from __future__ import annotations

from relupc.read.find import versions_in


def builds(word: str) -> list[str]:
    """`ROOT@` and what follows -> each version in that release root; nothing for other words, which name files.

    >>> builds("fixtures/read")
    []
    """
    root, at, _ = word.rpartition("@")
    return [f"{root}@{vsn}" for vsn in versions_in(root)] if at and root else []
