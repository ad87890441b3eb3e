"""For C406: a call in, what it does besides returning something out, in words."""

from __future__ import annotations

from relupc.model.code import Call
from relupc.model.program import ModuleCode

STARTS = {"start": "starts a process", "start_link": "starts a process", "start_monitor": "starts a process"}
SPAWNS = {"spawn", "spawn_link", "spawn_monitor", "spawn_opt"}
OTHERS = {
    "erlang:open_port": "opens a port",
    "gen_tcp:listen": "opens a socket",
    "gen_udp:open": "opens a socket",
    "logger:add_handler": "adds a handler",
    "telemetry:attach": "attaches a handler",
    "telemetry:attach_many": "attaches a handler",
    "timer:apply_interval": "starts a timer",
    "timer:send_interval": "starts a timer",
}


def unnamed(code: ModuleCode, call: Call) -> str | None:
    """What a call does that happens once more, for a reader to judge."""
    module, name, _ = call.called
    if call.called in (process.called for process in code.program.starts.get(code.module.name, ())):
        return STARTS.get(name)
    is_spawn = module in ("erlang", "proc_lib") and name in SPAWNS
    return STARTS["start"] if is_spawn else OTHERS.get(f"{module}:{name}")
