"""A release -> the files of its folder `releases/VSN`: sys.config, vm.args, runtime.exs, relup."""

from __future__ import annotations

import os

from relupc.model.build import Release
from relupc.model.codes import R011, T007
from relupc.model.diagnostic import Diagnostic, Problems
from relupc.model.files import Files
from relupc.model.lint import ReleaseFolder, RelupFile
from relupc.model.source import Source, Span
from relupc.model.term import Term
from relupc.read.file import Unreadable, read_source
from relupc.read.text import read_all
from relupc.read.tree import ON_DISK, is_file


def read_release_folder(
    release: Release, otp: int, problems: Problems, files: Files = ON_DISK, *, with_relup: bool = True
) -> ReleaseFolder:
    """What lies beside the .rel file; nothing of it has to be there. What is wrong with the relup is reported.

    Without `with_relup` that is left alone: it may be large, and about to be written anew.
    """
    folder = os.path.dirname(release.path)
    runtime_exs = os.path.join(folder, "runtime.exs")
    vm_args = read_source(os.path.join(folder, "vm.args"), texts=files.texts)
    return ReleaseFolder(
        release,
        _sys_config(os.path.join(folder, "sys.config"), otp, problems, files),
        vm_args if isinstance(vm_args, Source) else None,
        runtime_exs if is_file(runtime_exs, files) else None,
        _relup(os.path.join(folder, "relup"), otp, problems, files) if with_relup else None,
    )


def _sys_config(path: str, otp: int, problems: Problems, files: Files) -> Term | Diagnostic | None:
    """The one term of a sys.config, or why it has none: then release_handler takes nothing of it."""
    if not is_file(path, files):
        return None
    source = read_source(path, texts=files.texts)
    terms = read_all(source, otp) if isinstance(source, Source) else source
    if isinstance(terms, Unreadable):
        if terms.diagnostic.code is not T007:
            return terms.diagnostic
        problems.add(terms.diagnostic)  # OTP reads it
        return None
    if len(terms) == 1:
        return terms[0]
    assert isinstance(source, Source), "terms are read from a source"
    end = Span(source, len(source.text), len(source.text))
    label = "a second term, but only one is allowed" if terms else "no term in this file"
    return R011.at(terms[1].span if terms else end, label, help="write one list, and end it with `.`")


def _relup(path: str, otp: int, problems: Problems, files: Files) -> RelupFile | Diagnostic | None:
    if not is_file(path, files):
        return None
    from relupc.read.relup import read_relup  # noqa: PLC0415 - most releases have none yet

    found = Problems()
    relup = read_relup(path, otp, found, files.texts)
    problems.found += found.found
    return relup if isinstance(relup, RelupFile) else found.found[0]
