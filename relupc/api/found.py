"""What a lint has gathered so far."""

from __future__ import annotations

from relupc.model.diagnostic import Problems
from relupc.model.progress import Progress
from relupc.model.value import dataclass, field


@dataclass(slots=True)
class Found:
    """Values for the rules, problems met on the way, the files read, and which releases were compared.

    `scripts` are the paths of .appup.src files in which a value may stand elsewhere than where it was written.
    `progress` is who is told how far the work is.
    """

    values: list[object] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    files: list[str] = field(default_factory=list)
    headlines: list[str] = field(default_factory=list)
    scripts: set[str] = field(default_factory=set)
    progress: Progress = field(default_factory=Progress)
