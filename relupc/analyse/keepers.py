"""The calls that keep what they are given for longer than they take, as OTP, Elixir and well-known libraries document.

Each with the numbers of the arguments that are kept, from 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from relupc.model.beam import MFA
from relupc.model.fun import Keeper
from relupc.model.value import NamedTuple


class Keep(NamedTuple):
    """What a call does with its arguments `at`, and for how long (`brief`, see KeptFun)."""

    keeper: Keeper
    at: tuple[int, ...]
    brief: bool = False
    node: int | None = None  # the argument that names the node


# Names of a module, with `/Arity:Argument` after each; several arguments are written with `+`.
_STORE = {
    "ets": "insert/2:1 insert_new/2:1 update_element/3:2",
    "dets": "insert/2:1 insert_new/2:1",
    "mnesia": "write/1:0 write/3:1 dirty_write/1:0 dirty_write/2:1",
    "persistent_term": "put/2:1",
    "application": "set_env/1:0 set_env/2:0 set_env/3:2 set_env/4:2",
    "Elixir.Application": "put_env/3:2 put_env/4:2 put_all_env/1:0 put_all_env/2:0",
    "Elixir.Registry": "register/3:2 put_meta/3:2",
}
_SCRATCH = {"erlang": "put/2:1", "Elixir.Process": "put/2:1"}  # gone with the process
_REPEATED = {
    "timer": (
        "apply_interval/2:1 apply_interval/3:1+2 apply_interval/4:3 apply_repeatedly/2:1 apply_repeatedly/3:1+2"
        " apply_repeatedly/4:3 send_interval/2:1 send_interval/3:2"
    )
}
_ONCE = {"timer": "apply_after/2:1 apply_after/3:1+2 apply_after/4:3"}
_HANDLER = {
    "logger": (
        "add_primary_filter/2:1 add_handler_filter/3:2 add_handler/3:2 set_primary_config/1:0 set_primary_config/2:1"
        " update_primary_config/1:0 set_handler_config/2:1 set_handler_config/3:2 update_handler_config/2:1"
        " update_handler_config/3:2 update_formatter_config/2:1 update_formatter_config/3:2"
    ),
    "gen_event": "add_handler/3:2 add_sup_handler/3:2 swap_handler/3:2 swap_sup_handler/3:2",
    "error_logger": "add_report_handler/2:1",
    "global": "register_name/3:2 re_register_name/3:2",
    "telemetry": "attach/4:2+3 attach_many/4:2+3",
    "ranch": "start_listener/5:2+4",
    "cowboy": "start_clear/3:1+2 start_tls/3:1+2",
    "ssl": "listen/2:1",
    "ssh": "daemon/2:1 daemon/3:2",
}
_NODE = {
    "erlang": "spawn/2:1 spawn_link/2:1 spawn_monitor/2:1 spawn_opt/3:1 spawn_request/3:1",
    "erpc": (
        "call/2:1 call/3:1 call/4:3 call/5:3 cast/2:1 cast/4:3 send_request/2:1 send_request/4:3 multicall/2:1"
        " multicall/3:1 multicall/4:3 multicall/5:3 multicast/2:1 multicast/4:3"
    ),
    "rpc": (
        "call/4:3 call/5:3 block_call/4:3 block_call/5:3 async_call/4:3 cast/4:3 multicall/4:3 multicall/5:3"
        " eval_everywhere/4:3"
    ),
    "Elixir.Node": "spawn/2:1 spawn/3:1 spawn_link/2:1 spawn_monitor/2:1 spawn/4:3 spawn/5:3 spawn_link/4:3",
}
_MESSAGE = {
    "erlang": "!/2:1 send/2:1 send/3:1 send_after/3:2 send_after/4:2 start_timer/3:2 start_timer/4:2",
    "gen_server": "cast/2:1 abcast/2:1 abcast/3:2",
    "gen_statem": "cast/2:1",
    "gen_event": "notify/2:1",
    "timer": "send_after/2:1 send_after/3:2",
    "Elixir.GenServer": "cast/2:1 abcast/2:1 abcast/3:2",
    "Elixir.Process": "send/3:1 send_after/3:1 send_after/4:1",
}


@cache
def keeps() -> Mapping[MFA, Keep]:
    """All of them, by function. They are always the same, and asked for with each module of an Elixir file."""
    found = {
        **dict(_all(_STORE, Keep("store", ()))),
        **dict(_all(_SCRATCH, Keep("store", (), brief=True))),
        **dict(_all(_REPEATED, Keep("timer", ()))),
        **dict(_all(_ONCE, Keep("timer", (), brief=True))),
        **dict(_all(_HANDLER, Keep("handler", ()))),
        **dict(_all(_NODE, Keep("node", (), node=0))),
        **dict(_all(_MESSAGE, Keep("message", (), brief=True))),
    }
    return MappingProxyType(found)


def _all(table: dict[str, str], keep: Keep) -> Iterator[tuple[MFA, Keep]]:
    for module, functions in table.items():
        for written in functions.split():
            name, _, rest = written.rpartition("/")
            arity, _, kept = rest.partition(":")
            yield MFA(module, name, int(arity)), keep._replace(at=tuple(map(int, kept.split("+"))))
