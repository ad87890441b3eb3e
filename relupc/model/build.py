"""What is built: applications and the releases made of them."""

from __future__ import annotations

from relupc.model.source import Span
from relupc.model.term import Atom, List, Term, Tuple, string, tup
from relupc.model.value import dataclass, field


@dataclass(frozen=True, slots=True)
class App:
    """One version of an application as a release has it: its .app file, and what the .rel says of it.

    `applications` and `included` are as written until the release is validated; then they are
    sorted, and rewritten for included applications, as systools does. `span` is its name in the .app file, `listed`
    its place in the .rel file.
    """

    name: str
    vsn: str
    type: str
    description: str
    id: str
    modules: tuple[Atom, ...]
    registered: tuple[Atom, ...]
    applications: tuple[Atom, ...]
    optional: tuple[Atom, ...]
    included: tuple[Atom, ...]
    env: Term
    max_t: Term
    max_p: Term
    mod: Term
    start_phases: Term
    directory: str
    span: Span | None = field(default=None, compare=False, repr=False)
    listed: Span | None = field(default=None, compare=False, repr=False)

    def term(self) -> Tuple:
        """The application as systools' error terms show it (the record of systools.hrl)."""
        lists = (List(names) for names in (self.modules, self.applications, self.optional, self.included))
        rest = (List(self.registered), self.env, self.max_t, self.max_p, self.mod, self.start_phases)
        texts = (string(self.vsn), string(self.id), string(self.description))
        return tup("application", self.name, self.type, *texts, *lists, *rest, string(self.directory))


@dataclass(frozen=True, slots=True)
class Release:
    """A release: its applications in the order of the .rel file, and `sorted` by who needs whom."""

    name: str
    vsn: str
    erts: str
    path: str
    apps: tuple[App, ...]
    sorted: tuple[App, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)
    erts_span: Span | None = field(default=None, compare=False, repr=False)

    def app(self, name: str) -> App | None:
        """The first application of that name."""
        return next((app for app in self.apps if app.name == name), None)
