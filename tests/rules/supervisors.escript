#!/usr/bin/env escript
%%! +S 1 -start_epmd false
%% Out: a line for each order of calls of a supervisor: what it is, and what the supervisor answers.
-module(supervisors).
-mode(compile).
-export([init/1, start/0, child/0]).

main([]) ->
    process_flag(trap_exit, true),
    {ok, _} = supervisor:start_link({local, ?MODULE}, ?MODULE, [[a]]),
    say("restart before the update", supervisor:restart_child(?MODULE, b)),
    say("the update", update([a, b])),
    say("restart after it", supervisor:restart_child(?MODULE, b)),
    say("restart of one that runs", supervisor:restart_child(?MODULE, b)),
    say("start before the update", supervisor:start_child(?MODULE, spec(c))),
    say("update down", update([a])),
    say("delete before terminate", supervisor:delete_child(?MODULE, b)),
    say("terminate", supervisor:terminate_child(?MODULE, b)),
    say("delete", supervisor:delete_child(?MODULE, b)),
    say("start without code", supervisor:start_child(?MODULE, #{id => d, start => {no_such_module, start, []}})),
    sys:suspend(?MODULE),
    {Pid, Ref} = spawn_monitor(fun() -> supervisor:restart_child(?MODULE, a) end),
    Waits = receive {'DOWN', Ref, _, Pid, _} -> answers after 500 -> waits end,
    say("call while suspended", Waits),
    sys:resume(?MODULE).

init([Ids]) ->
    {ok, {#{}, [spec(Id) || Id <- get_ids(Ids)]}}.

get_ids(Ids) ->
    application:get_env(kernel, supervisors_ids, Ids).

spec(Id) ->
    #{id => Id, start => {?MODULE, start, []}}.

start() ->
    {ok, proc_lib:spawn_link(?MODULE, child, [])}.

child() ->
    receive stop -> ok end.

%% What {update, Sup, supervisor} comes to: the new init/1 says which children there are.
update(Ids) ->
    ok = application:set_env(kernel, supervisors_ids, Ids),
    ok = sys:suspend(?MODULE),
    Answer = sys:change_code(?MODULE, ?MODULE, undefined, []),
    ok = sys:resume(?MODULE),
    Answer.

say(What, Answer) ->
    io:format("~s: ~s~n", [What, short(Answer)]).

short({ok, Pid}) when is_pid(Pid) -> "runs";
short({error, {{'EXIT', {undef, _}}, _}}) -> "undef";
short(Answer) -> io_lib:format("~0p", [Answer]).
