"""Bytes of .beam files in, the nouns of relupc/model/beam.py out. Nothing of a module is ever run."""

from relupc.beam.code import check_code, open_code, read_code
from relupc.beam.etf import BadTerm, read_etf
from relupc.beam.file import locals_of, read_beam, read_beam_file, read_bytes
from relupc.beam.fit import fit_of
from relupc.beam.names import names_of, tags_of
from relupc.beam.records import Known, record_fields, records

__all__ = [
    "BadTerm",
    "Known",
    "check_code",
    "fit_of",
    "locals_of",
    "names_of",
    "open_code",
    "read_beam",
    "read_beam_file",
    "read_bytes",
    "read_code",
    "read_etf",
    "record_fields",
    "records",
    "tags_of",
]
