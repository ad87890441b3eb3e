"""The bytes of a .beam file in, a Beam out: everything but its code."""

from __future__ import annotations

from relupc.beam import chunks as read
from relupc.beam.etf import BadTerm
from relupc.beam.raw import MAX_BYTES, BadBeam, inflate, unreadable
from relupc.model import disk
from relupc.model.beam import FA, Beam
from relupc.model.codes import T003, T007
from relupc.model.diagnostic import Diagnostic

_GZIP = b"\x1f\x8b"  # how a file begins that was compiled with the option `compressed`


def read_beam_file(path: str) -> Beam | Diagnostic:
    """Read the tables of the module in a file."""
    data = read_bytes(path)
    return data if isinstance(data, Diagnostic) else read_beam(path, data)


def read_bytes(path: str) -> bytes | Diagnostic:
    """Read a regular file of at most MAX_BYTES bytes."""
    data = disk.contents(path, MAX_BYTES)
    if isinstance(data, bytes):
        return data
    if data.why == "size":
        return T007.at(None, f"more than the {MAX_BYTES} bytes that relupc reads", path=path)
    return T003.at(None, data.label, path=path, help="name a regular file that can be read")


def read_beam(path: str, data: bytes) -> Beam | Diagnostic:
    """Read the tables of a module, as the loader of OTP and beam_lib do; `path` is where it is from."""
    try:
        return _beam(path, inflate(data, gzip=True) if data[:2] == _GZIP else data)
    except (BadBeam, BadTerm) as fault:
        return unreadable(path, str(fault))


def _beam(path: str, data: bytes) -> Beam:
    chunks = read.directory(data)
    names = read.read_atoms(chunks)
    atoms = dict(enumerate(names, 1))
    read.needed(chunks, "Code")
    return Beam(
        path=path,
        module=names[0],
        md5=read.md5(chunks),
        atoms=names,
        exports=read.read_functions(read.needed(chunks, "ExpT"), atoms),
        imports=read.read_imports(read.needed(chunks, "ImpT"), atoms),
        lambdas=read.read_lambdas(chunks.get("FunT"), atoms),
        attributes=read.read_properties(chunks.get("Attr")),
        compile_info=read.read_properties(chunks.get("CInf")),
        chunks=chunks,
    )


def locals_of(beam: Beam) -> frozenset[FA]:
    """The functions that are not exported; none where the module was stripped of their names. Raises BadBeam.

    Nothing is read of them before: OTP loads a module whatever is in this chunk, and no rule asks for it.
    """
    return read.read_functions(beam.chunks.get("LocT"), dict(enumerate(beam.atoms, 1)))
