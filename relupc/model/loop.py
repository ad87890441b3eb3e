"""Where processes stay in the code that they began with: what relupc.analyse found out about it in one module.

A process is in old code as long as it runs there or will return to it. Only a call through the module's name leads to
new code, and only as the last act: nothing may be left to do afterwards.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from relupc.model.beam import FA, MFA, Place
from relupc.model.value import NamedTuple, dataclass

LoopKind: TypeAlias = Literal["receive", "helper", "blocking"]
Turn: TypeAlias = Literal["local", "mixed", "module", "inside"]


class Block(NamedTuple):
    """Where a function comes to a stop: in a `receive` of its own, in a helper that has one, or in a call that blocks.

    `called` is the helper or the call, None for a `receive` of its own; one that only sleeps is `blocking` too. `timed`
    has an end after some time.
    """

    kind: LoopKind
    place: Place | None
    called: MFA | None
    timed: bool


@dataclass(frozen=True, slots=True)
class Loop:
    """Functions that call each other over and over, and block somewhere on the way.

    `function` stands for the `members`: the one that blocks. `turn`: how it goes round: by `local` calls only, or
    `mixed`, now and then through the `module`, always through it, or through it with something left to do (`inside`).
    `entry` is the function with which a process begins that gets there, and `starter` what starts it so; `inner`: with
    something left to do afterwards. `callback` is the callback of a behaviour that gets there.

    The rest are reasons why it ends by itself or is left: it is `bounded` by a list or a counter, waits for a `reply`,
    gives up at a `deadline`. `system`: it answers system messages. `endless`: no way leads out, but to exit.
    """

    function: FA
    members: tuple[FA, ...]
    turn: Turn
    block: Block
    entry: MFA | None
    starter: MFA | None
    inner: bool
    callback: FA | None
    endless: bool
    bounded: bool
    reply: bool
    deadline: bool
    system: bool

    @property
    def ends(self) -> bool:
        """Whether it can be seen that it comes to an end by itself."""
        return self.bounded or self.reply or self.deadline


class Pause(NamedTuple):
    """A process that blocks once, for ever. `function` is where, `starter` starts it."""

    function: FA
    block: Block
    starter: MFA


class Drive(NamedTuple):
    """A loop of another module, such as `lists:map/2`, given a fun of this one that blocks.

    `function` makes the call, `fun` is what the fun runs. `endless`: what is gone through has no end. `starter` is what
    starts a process that does this. `others` are loops of the same kind that belong to this one: the steps of a stream.
    """

    function: FA
    driver: MFA
    fun: FA
    block: Block | None
    place: Place | None
    endless: bool
    starter: MFA | None
    others: tuple[MFA, ...] = ()


@dataclass(frozen=True, slots=True)
class Staying:
    """All of this for one module."""

    loops: tuple[Loop, ...] = ()
    pauses: tuple[Pause, ...] = ()
    drives: tuple[Drive, ...] = ()
