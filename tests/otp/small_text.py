"""A small application in, its files out: Erlang source, the `.app` file, and the calls that ask for all it does."""

from __future__ import annotations

from collections.abc import Callable

from tests.otp.small_apps import NAME, App, Call, Function, Module
from tests.otp.small_states import built, made, taken, value


def files(app: App) -> dict[str, str]:
    """The text of each file, by its path in the folder of the application."""
    sources = {f"src/{module.name}.erl": source(module) for module in app.modules.values()}
    return sources | {f"ebin/{NAME}.app": app_file(app)}


def calls(app: App) -> str:
    """The calls to make on a node that runs the application, as a term."""
    probes = [f"{{{module.name},probe,[]}}" for module in app.of(*PROCESSES)]
    asked = [f"{{{module.name},{function.name},[1]}}" for module, function in app.functions()]
    return f"[{','.join(probes + asked)}].\n"


def app_file(app: App) -> str:
    """The `.app` file."""
    registered = ", ".join(module.name for module in app.of("sup", *PROCESSES))
    return f"""{{application, {NAME},
 [{{description, "A mill"}},
  {{vsn, "{app.vsn}"}},
  {{modules, [{", ".join(sorted(app.modules))}]}},
  {{registered, [{registered}]}},
  {{applications, [kernel, stdlib]}},
  {{mod, {{{NAME}_app, []}}}}]}}.
"""


def source(module: Module) -> str:
    """The Erlang text of a module."""
    head = [f"-module({module.name})."]
    if module.logs:
        head.append('-include_lib("kernel/include/logger.hrl").')
    return "\n".join([*head, *[""] * module.lines, TEXTS[module.kind](module)]) + "\n"


def _app(module: Module) -> str:
    return f"""-behaviour(application).
-export([start/2, stop/1, number/0]).

start(_Type, _Args) -> {NAME}_sup:start_link().

stop(_State) -> ok.

number() -> {module.number}."""


def _plain(module: Module) -> str:
    exports = ", ".join(f"{function.name}/1" for function in module.functions)
    return "\n\n".join([f"-export([{exports}]).", *(_function(module, function) for function in module.functions)])


def _function(module: Module, function: Function) -> str:
    log = f'?LOG_DEBUG("in {function.name}"),\n    ' if module.logs else ""
    return f"{function.name}(N) ->\n    {log}{_sum(f'N + {function.number}', function.calls, 'N')}."


def _sum(start: str, called: list[Call], argument: str) -> str:
    return " + ".join([start, *(f"{call.module}:{call.function}({argument})" for call in called)])


def _sup(module: Module) -> str:
    strategy, intensity, period = module.flags
    flags = f"#{{strategy => {strategy}, intensity => {intensity}, period => {period}}}"
    children = [_child(child.module, child.restart, child.shutdown) for child in module.children]
    if not module.as_map:
        flags = f"{{{strategy}, {intensity}, {period}}}"
        children = [_tuple_child(child.module, child.restart, child.shutdown) for child in module.children]
    listed = ",\n        ".join(children)
    return f"""-behaviour(supervisor).
-export([start_link/0, init/1]).

start_link() -> supervisor:start_link({{local, ?MODULE}}, ?MODULE, []).

init([]) ->
    {{ok, {{{flags}, [
        {listed}
    ]}}}}."""


def _kind(name: str) -> str:
    return "supervisor" if name.endswith("_sup") else "worker"


def _modules(name: str) -> str:
    """What the process of a module runs; that of an event manager says so itself when it is asked."""
    return "dynamic" if name.endswith("_events") else f"[{name}]"


def _child(name: str, restart: str, shutdown: int) -> str:
    return (
        f"#{{id => {name}, start => {{{name}, start_link, []}}, restart => {restart}, "
        f"shutdown => {shutdown}, type => {_kind(name)}, modules => {_modules(name)}}}"
    )


def _tuple_child(name: str, restart: str, shutdown: int) -> str:
    return f"{{{name}, {{{name}, start_link, []}}, {restart}, {shutdown}, {_kind(name)}, {_modules(name)}}}"


def _record(module: Module) -> str:
    if module.state.kind != "record":
        return ""
    fields = ", ".join(f"{name} = {value(name)}" for name in module.state.fields)
    return f"-record(state, {{{fields}}}).\n\n"


def _answer(module: Module) -> str:
    """What a process says of its state, which has been taken apart."""
    held = ", ".join(f"{{{name}, {name.capitalize()}}}" for name in sorted(module.state.fields))
    log = '?LOG_DEBUG("asked"), ' if module.logs else ""
    return f"begin {log}{{{_sum(str(module.number), module.uses, '1')}, [{held}]}} end"


def _new(module: Module) -> tuple[str, str]:
    """How the first state is made, and the function for it, if there is one."""
    start = "".join(f"_ = {call.module}:{call.function}(1), " for call in module.at_start)
    if module.helper:
        return f"{start}", f"\n\nnew() -> {built(module.state)}."
    return start, ""


def _first(module: Module) -> str:
    return "new()" if module.helper else built(module.state)


def _conversions(module: Module, clause: Callable[[str, str, str], str]) -> str:
    """The clauses of the function that changes the state of a process; `clause` writes one."""
    old = module.before
    if module.change == "same" or old is None:
        return clause("_OldVsn", "State", "State") + "."
    down = clause("{down, _OldVsn}", taken(module.state), made(old, module.state, foreign=True))
    up = clause("_OldVsn", taken(old, foreign=True), made(module.state, old))
    return f"{down};\n{up}."


def _unused(text: str) -> str:
    """The options that keep the compiler silent about what a conversion leaves alone."""
    return f"-compile(nowarn_unused_vars).\n{text}"


def _server(module: Module) -> str:
    start, helper = _new(module)
    export, change = "", ""
    if module.change != "none":
        export = ", code_change/3"
        change = "\n\n" + _conversions(module, lambda v, a, b: f"code_change({v}, {a}, _Extra) -> {{ok, {b}}}")
    return _unused(f"""-behaviour(gen_server).
-export([start_link/0, probe/0, init/1, handle_call/3, handle_cast/2{export}]).

{_record(module)}start_link() -> gen_server:start_link({{local, ?MODULE}}, ?MODULE, [], []).

probe() -> gen_server:call(?MODULE, probe).

init([]) -> {start}{{ok, {_first(module)}}}.

handle_call(probe, _From, {taken(module.state)} = State) -> {{reply, {_answer(module)}, State}}.

handle_cast(_Message, State) -> {{noreply, State}}.{change}{helper}""")


def _statem(module: Module) -> str:
    start, helper = _new(module)
    export, change = "", ""
    if module.change != "none":
        export = ", code_change/4"
        change = "\n\n" + _conversions(
            module, lambda v, a, b: f"code_change({v}, open, {a}, _Extra) -> {{ok, open, {b}}}"
        )
    reply = f"{{keep_state_and_data, [{{reply, From, {_answer(module)}}}]}}"
    handler = f"open({{call, From}}, probe, {taken(module.state)}) -> {reply}."
    if module.mode == "handle_event_function":
        handler = f"handle_event({{call, From}}, probe, open, {taken(module.state)}) -> {reply}."
    handles = "open/3" if module.mode == "state_functions" else "handle_event/4"
    return _unused(f"""-behaviour(gen_statem).
-export([start_link/0, probe/0, init/1, callback_mode/0, {handles}{export}]).

{_record(module)}start_link() -> gen_statem:start_link({{local, ?MODULE}}, ?MODULE, [], []).

probe() -> gen_statem:call(?MODULE, probe).

callback_mode() -> {module.mode}.

init([]) -> {start}{{ok, open, {_first(module)}}}.

{handler}{change}{helper}""")


def _event(module: Module) -> str:
    start, helper = _new(module)
    export, change = "", ""
    if module.change != "none":
        export = ", code_change/3"
        change = "\n\n" + _conversions(module, lambda v, a, b: f"code_change({v}, {a}, _Extra) -> {{ok, {b}}}")
    return _unused(f"""-behaviour(gen_event).
-export([start_link/0, probe/0, init/1, handle_call/2, handle_event/2{export}]).

{_record(module)}start_link() ->
    {{ok, Pid}} = gen_event:start_link({{local, ?MODULE}}),
    ok = gen_event:add_handler(Pid, ?MODULE, []),
    {{ok, Pid}}.

probe() -> gen_event:call(?MODULE, ?MODULE, probe).

init([]) -> {start}{{ok, {_first(module)}}}.

handle_call(probe, {taken(module.state)} = State) -> {{ok, {_answer(module)}, State}}.

handle_event(_Event, State) -> {{ok, State}}.{change}{helper}""")


def _special(module: Module) -> str:
    start, helper = _new(module)
    change = _conversions(module, lambda v, a, b: f"system_code_change({a}, _Module, {v}, _Extra) -> {{ok, {b}}}")
    return _unused(f"""-export([start_link/0, probe/0, run/1]).
-export([system_continue/3, system_terminate/4, system_code_change/4]).

{_record(module)}start_link() -> proc_lib:start_link(?MODULE, run, [self()]).

{PROBE}

run(Parent) ->
    register(?MODULE, self()),
    {start}State = {_first(module)},
    proc_lib:init_ack(Parent, {{ok, self()}}),
    loop(Parent, sys:debug_options([]), State).

loop(Parent, Debug, {taken(module.state)} = State) ->
    receive
        {{probe, From, Ref}} ->
            From ! {{Ref, {_answer(module)}}},
            loop(Parent, Debug, State);
        {{system, From, Request}} ->
            sys:handle_system_msg(Request, From, Parent, ?MODULE, Debug, State)
    end.

system_continue(Parent, Debug, State) -> loop(Parent, Debug, State).

system_terminate(Reason, _Parent, _Debug, _State) -> exit(Reason).

{change}{helper}""")


def _loop(module: Module) -> str:
    start, helper = _new(module)
    return _unused(f"""-export([start_link/0, probe/0, run/0, loop/1]).

{_record(module)}start_link() ->
    Pid = spawn_link(?MODULE, run, []),
    register(?MODULE, Pid),
    {{ok, Pid}}.

{PROBE}

run() -> {start}loop({_first(module)}).

loop({taken(module.state)} = State) ->
    receive
        {{probe, From, Ref}} ->
            From ! {{Ref, {_answer(module)}}},
            ?MODULE:loop(State)
    end.{helper}""")


PROBE = """probe() ->
    Ref = make_ref(),
    ?MODULE ! {probe, self(), Ref},
    receive {Ref, Answer} -> Answer after 2000 -> exit(timeout) end."""
TEXTS = {
    "app": _app,
    "plain": _plain,
    "sup": _sup,
    "server": _server,
    "statem": _statem,
    "event": _event,
    "special": _special,
    "loop": _loop,
}
PROCESSES = ("server", "statem", "event", "special", "loop")
