"""A way through a function in -> the call that does more than compute and log, if it makes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from relupc.model.beam import MFA
from relupc.model.code import Module
from relupc.model.proposal import Confidence
from relupc.model.value import NamedTuple

MAX_DEPTH = 2  # functions between the way and a call
_ERLANG = "erlang"
# Of the functions of `erlang` all others compute.
_DEEDS = (
    "! send send_after send_nosuspend start_timer cancel_timer register unregister spawn spawn_link spawn_monitor"
    " spawn_opt spawn_request monitor demonitor link unlink put erase process_flag exit open_port port_command"
    " port_close port_control apply halt trace system_flag"
)
# Modules whose functions compute, or log.
_COMPUTE = (
    "lists maps proplists string binary unicode io_lib re sets gb_sets gb_trees orddict ordsets dict queue array"
    " calendar math base64 filename uri_string crypto rand os erl_anno logger error_logger io lager"
)
_ELIXIR = (
    "Access Atom Base Date DateTime Enum Exception Float IO Inspect Integer Kernel Keyword List Logger Map MapSet"
    " NaiveDateTime Regex Stream String String.Chars System Time Tuple URI Version"
)
# What they do is seen from outside.
_KNOWN = (
    "ets dets timer gen_server gen_statem gen_event supervisor persistent_term application mnesia pg global file"
    " counters atomics proc_lib Elixir.GenServer Elixir.Process Elixir.Registry Elixir.Supervisor Elixir.Task"
    " Elixir.Agent Elixir.Application Elixir.DynamicSupervisor Elixir.Phoenix.PubSub"
)
_READS = ("get", "lookup", "info", "member", "whereis", "is_", "fetch", "tab2list", "match", "select", "first", "next")
_TIMES = ("seconds", "minutes", "hours", "hms", "now_diff")


class Act(NamedTuple):
    """A call that acts, and how sure that is."""

    called: MFA
    confidence: Confidence


def act_of(modules: Mapping[str, Module], calls: Iterable[MFA]) -> Act | None:
    """The first call that acts, of these and of those that functions of the build make in turn; a sure one, if any."""
    found = [act for one in _reached(modules, calls) if (act := _act(one))]
    return min(found, key=lambda one: one.confidence != "likely", default=None)


def _reached(modules: Mapping[str, Module], calls: Iterable[MFA]) -> Iterator[MFA]:
    level, seen = list(calls), set[MFA]()
    for _ in range(MAX_DEPTH + 1):
        deeper: list[MFA] = []
        for one in level:
            home = modules.get(one.module)
            function = home.functions.get(one.local) if home else None
            if function is None:
                yield one
            elif one not in seen:
                seen.add(one)
                deeper += (call.called for call in function.calls)
        level = deeper


def _act(called: MFA) -> Act | None:
    module, name, _ = called
    if module == _ERLANG:
        return Act(called, "likely") if name in _DEEDS.split() else None
    computes = not module or module in _COMPUTE.split() or module.removeprefix("Elixir.") in _ELIXIR.split()
    if computes or name.startswith(_READS) or name in _TIMES:
        return None
    return Act(called, "likely" if module in _KNOWN.split() else "guess")
