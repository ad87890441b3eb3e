"""Steps -> numbered events: what each is called, which application and modules it is about, which lines caused it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from relupc.model.instruction import argument, modules, name_of
from relupc.model.plan import Step
from relupc.model.source import Span
from relupc.model.term import Atom, Term, Tuple, as_atom, as_list, as_string
from relupc.model.timeline import Cause, Event
from relupc.model.value import NamedTuple

STARTS = ("start", "ensure_started", "ensure_all_started", "load")
STOPS = ("stop", "unload")


class Homes(NamedTuple):
    """Which application a module belongs to, and which one brought in what stands in a text."""

    by_module: Mapping[str, str]
    by_source: Mapping[object, str]


def events_of(steps: Sequence[Step], homes: Homes) -> tuple[Event, ...]:
    """The steps, numbered from 1."""
    places = _lines(steps)
    known = dict(homes.by_module)
    still: set[str] = set()
    events = []
    for n, step in enumerate(steps, 1):
        instruction = step.instruction
        names = tuple(module.name for module in modules(instruction))
        for app, _ in read_by(instruction):
            known |= {name: known.get(name, app) for name in names}
        name = name_of(instruction) or "?"
        if name == "suspend":
            still.update(names)
        elif name == "resume":
            still.difference_update(names)
        app = _about(step, names, known, homes.by_source)
        because = tuple(dict.fromkeys(_cause(cause, places) for cause in step.because))
        events.append(Event(n, _called(name, instruction), instruction, app, names, because, bool(still)))
    return tuple(events)


def read_by(instruction: Term) -> Iterator[tuple[str, str]]:
    """The application and the version whose code a `load_object_code` reads."""
    match instruction:
        case Tuple((Atom("load_object_code"), Tuple((Atom(app), vsn, _)))):
            yield app, as_string(vsn) or ""


def called_by(instruction: Term) -> tuple[str, str, tuple[Term, ...] | None] | None:
    """Module, function and arguments of an `apply`; None for what is none. The arguments may be no proper list."""
    match instruction:
        case Tuple((Atom("apply"), Tuple((Atom(module), Atom(function), args)))):
            return module, function, as_list(args)
    return None


def started_or_stopped(instruction: Term) -> tuple[str, str] | None:
    """The application that an `apply` starts or stops, and the function of `application` that does it."""
    match called_by(instruction):
        case ("application", str(function), (Atom(app), *_)) if function in (*STARTS, *STOPS):
            return app, function
    return None


def _called(name: str, instruction: Term) -> str:
    """`code_change up`, and the names of all others."""
    mode = as_atom(argument(instruction) or Atom("")) if name == "code_change" else None
    return f"{name} {mode}" if mode else name


def _about(step: Step, names: tuple[str, ...], known: Mapping[str, str], by_source: Mapping[object, str]) -> str:
    """The application that a step is about, as far as that is known; of several the first."""
    app = next((app for app, _ in read_by(step.instruction)), None)
    if app is None and (call := started_or_stopped(step.instruction)):
        app = call[0]
    if app is None:
        app = next((known[name] for name in names if name in known), None)
    if app is None:
        app = next((by_source.get(cause.source) for cause in step.because if isinstance(cause, Span)), None)
    return app or ""


def _lines(steps: Iterable[Step]) -> dict[Span, int]:
    """The line of each place; text by text, since a text remembers where its lines begin only for a while."""
    spans = {cause for step in steps for cause in step.because if isinstance(cause, Span)}
    return {span: span.line for span in sorted(spans, key=lambda span: (id(span.source), span.start))}


def _cause(cause: Span | str, places: Mapping[Span, int]) -> Cause:
    return Cause("", cause.source, places[cause]) if isinstance(cause, Span) else Cause(cause)
