"""A release archive in, the files in it out, by their names below the archive's own path. Nothing is unpacked to disk.

Archives as systools:make_tar, relx and `mix release` make them.
"""

from __future__ import annotations

import os

from relupc.model import disk
from relupc.model.codes import T003, T007
from relupc.model.diagnostic import Diagnostic
from relupc.model.files import Files
from relupc.read.file import MAX_BYTES
from relupc.read.tar import MAX_NAME, Broken, Member, Reader, TooBig, inflated, members, padding

MAX_FOLDERS = 100_000
MAX_KEPT = 512 << 20  # bytes of all files that are kept
_KEPT = (".beam", ".app", ".appup", ".rel", ".config", ".erl", ".hrl", ".ex", ".exs", "/vm.args", "/relup", ".data")
_NATIVE = (".so", ".dylib", ".dll")  # to compare; where one is too big to read, that cannot be done


def read_archive(path: str) -> Files | Diagnostic:
    """The files of an archive. They are below the real path of the archive, as if that were a folder."""
    try:
        with disk.stream(path) as read:
            if read is None:
                return _refused(path, "not a regular file")
            return _files(disk.real(path), Reader(inflated(read)))
    except TooBig as fault:
        return T007.at(None, str(fault), path=path)
    except Broken as fault:
        return _refused(path, str(fault))
    except OSError as error:
        return _refused(path, (error.strerror or "cannot be read").lower())


def _refused(path: str, label: str) -> Diagnostic:
    return T003.at(None, label, path=path, help="make it again, or name the release unpacked")


def _files(top: str, reader: Reader) -> Files:
    texts: dict[str, bytes] = {}
    folders: dict[str, dict[str, None]] = {"": {}}
    kept = 0
    for member in members(reader):
        name = _safe_name(member)
        if name:
            _add(folders, name, is_folder=member.is_folder)
        data = _contents(member, name, texts, reader)
        # Of two with one name the first counts: release_handler keeps what is there.
        if data is not None and texts.setdefault(name, data) is data:
            kept += len(data)
            if kept > MAX_KEPT:
                raise TooBig(f"its files come to more than the {MAX_KEPT} bytes that relupc reads")
    reader.finish()
    return Files(
        {os.path.join(top, name): data for name, data in texts.items()},
        {os.path.join(top, name) if name else top: tuple(sorted(found)) for name, found in folders.items()},
    )


def _contents(member: Member, name: str, texts: dict[str, bytes], reader: Reader) -> bytes | None:
    """What a member holds, if anybody would read it. The reader goes to the next one."""
    if member.link is not None:
        return texts.get(_parts(member.link)) if member.is_hard else None
    wanted = not member.is_folder and name.endswith(_KEPT)
    if wanted and member.size > MAX_BYTES:
        raise TooBig(f"`{name}` has {member.size} bytes, but relupc reads no more than {MAX_BYTES}")
    if not wanted and not (name.endswith(_NATIVE) and member.size <= MAX_BYTES):
        reader.skip(member.size + padding(member.size))
        return None
    data = reader.take(member.size)
    if len(data) < member.size:
        raise Broken("it is cut short")
    reader.skip(padding(member.size))
    return data


def _safe_name(member: Member) -> str:
    """The name of a member without needless parts; empty for the top. What leads out of the archive is refused."""
    if len(member.name) > MAX_NAME:
        raise TooBig(f"a name of {len(member.name)} characters, but relupc reads no more than {MAX_NAME}")
    if member.name.startswith("/") or ".." in member.name.split("/"):
        raise Broken(f"`{member.name}` leads out of the archive")
    at = "" if member.is_hard else os.path.dirname(member.name)
    if member.link is not None and (len(member.link) > MAX_NAME or _leads_out(member.link, at)):
        raise Broken(f"the link `{member.name}` leads out of the archive")
    return _parts(member.name)


def _leads_out(link: str, at: str) -> bool:
    """Whether a link in a folder of the archive leads out of it, be it on its way only."""
    depth = 0
    for part in (*at.split("/"), *link.split("/")):
        depth += -1 if part == ".." else part not in ("", ".")
        if depth < 0:
            return True
    return link.startswith("/")


def _parts(name: str) -> str:
    return "/".join(part for part in name.split("/") if part not in ("", "."))


def _add(folders: dict[str, dict[str, None]], name: str, *, is_folder: bool) -> None:
    """Add a name to its folder, and that to its own."""
    if is_folder:
        folders.setdefault(name, {})
    while name:
        above, _, last = name.rpartition("/")
        is_known = above in folders
        folders.setdefault(above, {})[last] = None
        if is_known:
            return
        if len(folders) > MAX_FOLDERS:
            raise TooBig(f"more than the {MAX_FOLDERS} folders that relupc reads")
        name = above
