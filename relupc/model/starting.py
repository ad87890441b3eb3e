"""What an application does when it starts, and what of that is new."""

from __future__ import annotations

from relupc.model.beam import FA
from relupc.model.build import App
from relupc.model.code import Call, Module
from relupc.model.program import Program
from relupc.model.reach import led_to
from relupc.model.term import Atom, Tuple

START = FA("start", 2)
# Calls that leave nothing behind, and those that only start the children, of which other rules speak.
_QUIET = """
lists maps proplists string binary filename unicode io_lib sets queue gb_sets gb_trees dict orddict ordsets math
supervisor io os init gen_server gen_statem Elixir.Supervisor Elixir.Enum Elixir.Map Elixir.Keyword Elixir.String
Elixir.String.Chars Elixir.List Elixir.Kernel Elixir.System Elixir.Access Elixir.Module Elixir.Path Elixir.Logger
"""
_LOUD = {
    "erlang": "! register send send_after put process_flag system_flag monitor open_port",
    "logger": "add_handler add_handler_filter add_primary_filter set_primary_config set_module_level",
    "error_logger": "add_report_handler tty logfile",
}
_DEPTH = 3
_READS = ("get_env", "get_key", "get_all_env", "fetch_env", "fetch_env!", "get_application", "app_dir", "spec")


def callback_of(app: App) -> str | None:
    """The callback module of an application, by `mod` in its .app file."""
    match app.mod:
        case Tuple((Atom(name), _)):
            return name
    return None


def new_call(name: str, before: Program, after: Program) -> Call | None:
    """The first call with an effect that only the new start makes, itself or in a function that it leads to."""
    old, new = before.modules.get(name), after.modules.get(name)
    if old is None or new is None or START not in old.functions:
        return None
    known = {call.called for function in led_to(old, [START]).values() for call in function.calls}
    calls = (call for function in led_to(new, [START]).values() for call in function.calls)
    return next((call for call in calls if call.called not in known and _is_loud(call, new, after, _DEPTH)), None)


def _is_loud(call: Call, own: Module, program: Program, depth: int) -> bool:
    """Whether a call has an effect that lasts, as far as its code can be followed."""
    module, name, _ = call.called
    if module in ("", own.name):
        return False  # what it leads to in its own module is looked at by itself
    if module in _LOUD:
        return name in _LOUD[module].split() or name.startswith("spawn")
    if module in _QUIET.split() or (name in _READS and "pplication" in module):
        return False
    other = program.modules.get(module)
    if other is None or call.called.local not in other.functions or depth == 0:
        return True
    inside = (one for function in led_to(other, [call.called.local]).values() for one in function.calls)
    return any(_is_loud(one, other, program, depth - 1) for one in inside)
