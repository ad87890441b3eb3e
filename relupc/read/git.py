"""Questions to git -> its answers. git is a program of its own, called with fixed arguments, and changes nothing.

Paths are taken as they stand, not as patterns, and always behind `--`. What a user calls a revision becomes a hash
first.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from relupc.model.checkout import Commit
from relupc.model.value import dataclass

# No hook runs, the index is not refreshed, replaced objects do not count. What .git/config says of files does, as for
# any `git status`: `filter.NAME.clean` is a program, and without it each file that it made would seem to have changed.
_FIXED = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-replace-objects")
_ENVIRONMENT = {"GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C"}
# Of `git rev-parse --local-env-vars`: inside a hook these name the hook's repository, index and objects.
_ELSEWHERE = re.compile(
    "GIT_(ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|DIR|GRAFT_FILE|IMPLICIT_WORK_TREE|INDEX_FILE|INTERNAL_SUPER_PREFIX"
    "|OBJECT_DIRECTORY|PREFIX|REPLACE_REF_BASE|SHALLOW_FILE|WORK_TREE)"
)
_SUBMODULE = "160000"
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Refused:
    """git could not answer: `why` in its own words, or that it is not there."""

    why: str


NO_GIT = Refused("there is no program `git`")


def ask(folder: str, *arguments: str) -> bytes | Refused:
    """What git prints when it is called in a folder."""
    import subprocess  # noqa: PLC0415 - only here

    command = [*_FIXED, "-C", folder, *arguments]
    inherited = {name: value for name, value in os.environ.items() if not _ELSEWHERE.fullmatch(name)}
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, stdin=subprocess.DEVNULL, env=inherited | _ENVIRONMENT
        )
    except (OSError, ValueError) as error:  # ValueError: a NUL in a path
        return NO_GIT if isinstance(error, FileNotFoundError) else Refused(str(error))
    if done.returncode == 0:
        return done.stdout
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return Refused(lines[0].removeprefix("fatal: ").rstrip(".") if lines else f"it ended with {done.returncode}")


def lacking(folder: str) -> tuple[str, str] | None:
    """Why a folder has no whole history, and what to do about it; None where it has one."""
    if not os.path.isdir(folder):
        return "there is no such folder", "name the folder of a checkout"
    inside = ask(folder, "rev-parse", "--is-inside-work-tree")
    if isinstance(inside, Refused):
        return _no_answer(inside)
    if inside.strip() != b"true":
        return "this is no working tree of git", "name a folder of a git checkout"
    if ask(folder, "rev-parse", "--is-shallow-repository") != b"false\n":
        return "this clone has only part of the history", "run `git fetch --unshallow`, in CI fetch with depth 0"
    if revision(folder, "HEAD") is None:
        return "there is no commit yet", "commit the applications"
    return None


def _no_answer(refused: Refused) -> tuple[str, str]:
    if refused == NO_GIT:
        return refused.why, "install git"
    if "not a git repository" in refused.why:
        return "this is in no git repository", "name a folder of a git checkout"
    return f"git says: {refused.why}", "see what `git status` says there"


def revision(folder: str, name: str) -> str | None:
    """The whole hash of the commit that a name stands for; None if it stands for none."""
    if name.startswith("-") or "\0" in name:
        return None
    found = ask(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    text = found.decode("ascii", "replace").strip() if isinstance(found, bytes) else ""
    return text if _HASH.fullmatch(text) else None


def holds(folder: str, path: str) -> bool:
    """Whether a path lies in the working tree that a folder is part of."""
    top = ask(folder, "rev-parse", "--show-toplevel")
    if isinstance(top, Refused):
        return False
    root = os.path.realpath(os.fsdecode(top.removesuffix(b"\n")))
    return os.path.commonpath([root, os.path.realpath(path)]) == root


def tracked(folder: str) -> tuple[list[str], list[str]] | Refused:
    """The files of the index below a folder, and its submodules; paths relative to it."""
    found = ask(folder, "ls-files", "-z", "--stage")
    if isinstance(found, Refused):
        return found
    files, submodules = list[str](), list[str]()
    for record in found.split(b"\0")[:-1]:
        facts, _, path = record.partition(b"\t")
        (submodules if facts.startswith(_SUBMODULE.encode()) else files).append(os.fsdecode(path))
    return files, submodules


def unclean(folder: str, paths: Sequence[str]) -> list[str] | Refused:
    """The files among paths that are not as HEAD has them, or that git does not know and does not ignore.

    They are relative to `folder`. A submodule counts if it is at another commit, or has changes of its own.
    """
    prefix = ask(folder, "rev-parse", "--show-prefix")
    fixed = ("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=none")
    found = ask(folder, *fixed, "--", *paths)
    if isinstance(found, Refused) or isinstance(prefix, Refused):
        return found if isinstance(found, Refused) else Refused("no prefix")
    start = os.fsdecode(prefix.rstrip(b"\n"))
    return sorted(_below(os.fsdecode(record[3:]), start) for record in found.split(b"\0")[:-1])


def _below(path: str, prefix: str) -> str:
    if path.startswith(prefix):
        return path.removeprefix(prefix)
    return os.path.relpath(path, prefix or ".")


def last_commit(folder: str, paths: Sequence[str]) -> Commit | None:
    """The last commit of HEAD's history that touched one of the paths.

    A merge counts only if what it holds there is in none of its parents: as `git log` simplifies history.
    """
    found = ask(folder, "rev-list", "--max-count=1", "--format=%ct", "HEAD", "--", *paths)
    words = found.decode("ascii", "replace").split() if isinstance(found, bytes) else []
    return Commit(words[1], int(words[2])) if len(words) == 3 and words[2].isdigit() else None


def changed_since(folder: str, old: str, paths: Sequence[str]) -> list[str] | Refused:
    """The files among paths that differ between the commit `old`, a hash, and HEAD; relative to `folder`."""
    fixed = ("diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--relative")
    found = ask(folder, *fixed, old, "HEAD", "--", *paths)
    return found if isinstance(found, Refused) else [os.fsdecode(path) for path in found.split(b"\0")[:-1]]


def text_at(folder: str, commit: str, path: str) -> bytes | None:
    """What a file held at a commit, a hash; None if it was not there."""
    found = ask(folder, "cat-file", "blob", f"{commit}:./{path}")
    return found if isinstance(found, bytes) else None
