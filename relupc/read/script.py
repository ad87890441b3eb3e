"""An .appup.src in, its term out, with Unknown for every part whose value relupc does not know.

Counterpart: `file:script/2`, which runs all forms of a file and gives the value of the last one. Build tools bind the
variable `VSN`, or put the version in place of `{{vsn}}` and the like.
"""

from __future__ import annotations

from relupc.model.codes import T007
from relupc.model.diagnostic import Diagnostic
from relupc.model.source import Source, Span
from relupc.model.term import Atom, Term, Unknown, string
from relupc.model.value import dataclass
from relupc.read.fast import only_blank, read_regular
from relupc.read.file import Unreadable
from relupc.read.halt import Halt
from relupc.read.run import Run
from relupc.read.template import filled
from relupc.read.text import form_tokens, no_term, parse_form

GIVEN = ("VSN", "CONFIG", "SCRIPT", "STATE")  # what build tools bind
MAX_TOKENS = 60_000  # of one script that have to be read with the grammar


@dataclass(frozen=True, slots=True)
class Script:
    """The value of a script, and what was not worked out. `plain`: every part stands where it was written."""

    term: Term
    notes: tuple[Diagnostic, ...]
    plain: bool


def read_script(source: Source, otp: int, vsn: str | None = None) -> Script | Unreadable:
    """Read a script; `vsn` is the version of its application, if that is known."""
    version: Term = Unknown("VSN") if vsn is None else string(vsn)
    run = Run(source, {name: Unknown(name) for name in GIVEN} | {"VSN": version}, set(GIVEN))
    value: Term | None = None
    pos = forms = 0
    while found := _read_form(pos, otp, run):
        if isinstance(found, Unreadable):
            return found
        (value, pos), forms = found, forms + 1
    if value is None:
        return no_term(source)
    return Script(filled(value, version, source.text), tuple(run.notes), forms == 1 and not run.moved)


def _read_form(start: int, otp: int, run: Run) -> tuple[Term, int] | Unreadable | None:
    """The value of the form at `start`, and the offset after its full stop; None if there is none."""
    regular = read_regular(run.source, start, otp, run.values)
    if isinstance(regular, tuple):
        return _bounded(regular[0], run), regular[1]
    if only_blank(run.source, start):
        return None
    from relupc.read import expression  # noqa: PLC0415 - most scripts hold no code
    from relupc.read.blocks import fold  # noqa: PLC0415
    from relupc.read.evaluate import evaluate  # noqa: PLC0415

    tokens = form_tokens(run.source, start, regular, otp, expression, MAX_TOKENS)
    if isinstance(tokens, Unreadable):
        return tokens
    run.tokens += len(tokens) + 8  # the way there costs as much
    if run.tokens >= MAX_TOKENS:
        label = f"{MAX_TOKENS} words and signs of Erlang code, or more"
        return Unreadable("read", Atom("read"), T007.at(Span(run.source, regular, regular + 1), label))
    folded = fold(tokens, lambda body: parse_form(body, expression, stop_needed=False))
    body = folded if isinstance(folded, Unreadable) else parse_form(folded, expression)
    if isinstance(body, Unreadable):
        return body
    return [evaluate(part, run) for part in body][-1], tokens[-1].span.end


def _bounded(term: Term, run: Run) -> Term:
    """The same term, if what its variables stand for does not make it too big."""
    try:
        return run.bounded(term)
    except Halt as halt:
        assert term.span is not None, "every term that is read has a span"
        run.note(term.span, halt.label)
        return Unknown("", term.span)
