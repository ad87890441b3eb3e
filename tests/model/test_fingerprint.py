from __future__ import annotations

import hashlib
from dataclasses import replace

from relupc.model.codes import A101
from relupc.model.diagnostic import Diagnostic, Subject
from relupc.model.fingerprint import fingerprints
from relupc.model.source import Source, Span
from tests.report.cases import unknown_module

ABOUT = Subject("shop", "cart", "f/1", "up", "1", "2")


def one(d: Diagnostic) -> str:
    return fingerprints([d])[0]


def test_what_goes_in() -> None:
    d = A101.at(Span(Source("x", "{load, a}"), 0, 9), "label", subject=ABOUT)
    key = "\0".join(["A101", "shop", "up", "1", "2", "cart", "{load,a}"])
    assert one(d) == hashlib.sha256(key.encode()).hexdigest()[:16]


def test_a_moved_finding_keeps_it() -> None:
    d = unknown_module()
    assert d.span is not None
    moved = Source("elsewhere", "\n" * 20 + d.span.source.text)
    assert one(replace(d, span=Span(moved, d.span.start + 20, d.span.end + 20))) == one(d)


def test_white_space_and_words_do_not_count() -> None:
    texts = ("{load,\n  a}", "{load, a}")
    found = [A101.at(Span(Source("x", text), 0, len(text)), text, help=text, subject=ABOUT) for text in texts]
    assert one(found[0]) == one(found[1])


def test_another_subject_has_another() -> None:
    d = A101.at(None, "x", subject=ABOUT)
    others = [replace(ABOUT, app="a"), replace(ABOUT, module="m"), replace(ABOUT, direction="down")]
    others += [replace(ABOUT, old="0"), replace(ABOUT, new="3")]
    assert len({one(replace(d, subject=subject)) for subject in (ABOUT, *others)}) == 6


def test_twins_have_different_ones() -> None:
    d = unknown_module()
    found = fingerprints([d, d, d])
    assert len(set(found)) == 3
    assert found[:2] == fingerprints([d, d])
    forged = [replace(d, span=Span(Source("x", text), 0, len(text))) for text in ("a", "a", "a\x002")]
    assert len(set(fingerprints(forged))) == 3


def test_any_text_has_one() -> None:
    assert len(one(A101.at(Span(Source("x", "\ud800"), 0, 1), ""))) == 16
