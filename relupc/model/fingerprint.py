"""Diagnostics in, for each 16 hex digits out that stay the same when lines or files move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from relupc.model.diagnostic import Diagnostic


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """The fingerprint of each: of its code, of whom it is about, and of the marked text without white space.

    The diagnostics are all of a run, as `ordered` has them: of those that are equal in all this, the second and
    later ones have their number in it too. A path or a line is not in it.
    """
    seen: Counter[str] = Counter()
    found = []
    for d in diagnostics:
        s = d.subject
        marked = "".join(d.span.text.split()) if d.span else ""
        key = "\0".join(part or "" for part in (d.code.code, s.app, s.direction, s.old, s.new, s.module, marked))
        seen[key] += 1
        text = key if seen[key] == 1 else f"{seen[key]}\0{key}"
        found.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16])
    return found
