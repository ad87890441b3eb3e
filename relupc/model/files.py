"""What stands in for files on disk: what fixes make of them, standard input, what archives hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from relupc.model.value import dataclass, field


@dataclass(frozen=True, slots=True)
class Files:
    """What there is besides the disk, all by real paths: the contents of files, and the names in folders.

    A file that an archive holds is in `texts` only if anybody would read it.
    """

    texts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    folders: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)


def together(parts: Iterable[Files]) -> Files:
    """All of them as one; of two texts for one file the later one counts."""
    texts: dict[str, bytes] = {}
    folders: dict[str, tuple[str, ...]] = {}
    for part in parts:
        texts |= part.texts
        folders |= part.folders
    return Files(texts, folders)
