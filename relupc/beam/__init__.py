"""Bytes of .beam files in, the nouns of relupc/model/beam.py out. Nothing of a module is ever run."""

from relupc.beam.code import read_code
from relupc.beam.etf import BadTerm, read_etf
from relupc.beam.file import read_beam, read_beam_file
from relupc.beam.fit import fit_of
from relupc.beam.records import record_fields, records

__all__ = ["BadTerm", "fit_of", "read_beam", "read_beam_file", "read_code", "read_etf", "record_fields", "records"]
