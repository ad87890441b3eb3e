"""Supervision trees as the code of a build describes them: which processes it starts, and what supervisors list."""

from __future__ import annotations

from typing import Literal, TypeAlias

from relupc.model.beam import FA, MFA, Place
from relupc.model.code import Function, parts
from relupc.model.term import Atom, Term, Unknown
from relupc.model.value import NamedTuple, dataclass, field

Kind: TypeAlias = Literal[
    "gen_server", "gen_statem", "gen_event", "supervisor", "supervisor_bridge", "special", "bare", "self", "library"
]
Listing: TypeAlias = Literal["init", "list", "added"]
SERVERS: tuple[Kind, ...] = ("gen_server", "gen_statem")
_LISTED: tuple[Kind, ...] = (*SERVERS, "supervisor", "special")


class Process(NamedTuple):
    """A call that starts a process, made by the function `by`.

    `kind` is its behaviour. A `special` one is started by proc_lib, a `bare` one by `spawn`; `self` is the caller, and
    a `library` one is of a behaviour of Elixir's own. `module` is its callback module, or the one it begins in. `name`
    is what it registers: None nothing, Unknown what cannot be told. `called` and `args` are the call.
    """

    kind: Kind
    module: str | None
    name: Term | None
    by: MFA
    called: MFA
    args: tuple[Term, ...]
    place: Place | None


class Child(NamedTuple):
    """A child specification, with OTP's defaults put in. None, or Unknown, stands for what is not known of it.

    `start` are the module and the function that start it, `args` what they are given. `modules` is empty for `[]`.
    `sure` is whether it is listed whichever way the code takes; `runs` is the process that the start function starts.
    """

    id: Term
    start: tuple[str, str] | None
    args: tuple[Term, ...] | None
    type: str | None
    modules: tuple[str, ...] | Literal["dynamic"] | None
    restart: str | None
    shutdown: Term | None
    significant: bool
    sure: bool
    runs: Process | None
    whole: Term

    @property
    def is_id_known(self) -> bool:
        return not isinstance(self.id, Unknown)


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Children that a function of a module lists.

    `listing` is `init` for the `init/1` of a supervisor, `list` for a list given to Elixir's `Supervisor.start_link/2`,
    `added` for a child given to `start_child/2`. `limits` are intensity, period and `auto_shutdown`. `whole` is whether
    no other children can be in the list. `registered` is the name of its process. `ignores` is whether `init/1` may
    answer with `ignore`. `how` are the functions that say all this, without their places.
    """

    module: str
    function: FA
    place: Place | None
    listing: Listing
    strategy: str | None
    limits: tuple[Term, ...]
    children: tuple[Child, ...]
    whole: bool
    registered: Atom | None = None
    ignores: bool = False
    how: tuple[Function, ...] = field(default=(), repr=False)


def missing(child: Child) -> str | None:
    """The callback module that a child does not list; None too where it hands a listed one on to a wrapper."""
    runs, listed = child.runs, child.modules
    if not runs or runs.kind not in _LISTED or not isinstance(listed, tuple) or runs.module in listed:
        return None
    given = {part.name for arg in runs.args for part in parts(arg) if isinstance(part, Atom)}
    return None if given & set(listed) else runs.module
