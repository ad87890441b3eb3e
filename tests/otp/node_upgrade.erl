%% In a node that runs one version of an application: what it looks like, and with another version given, what it looks
%% like after the upgrade to that and after the way back. Plain arguments: `Out App` or `Out App OldVsn NewVsn`, with Out
%% the file to write: lines `phase NAME`, and below each `WHAT Term`.
-module(node_upgrade).
-export([start/0, log/2]).

start() ->
    [Out | Arguments] = init:get_plain_arguments(),
    ok = logger:add_handler(?MODULE, ?MODULE, #{level => error, config => #{}}),
    logger:remove_handler(default),
    spawn(fun() ->
        Lines = collector(),
        try run(Arguments, Lines)
        catch Class:Reason:Stack -> Lines ! io_lib:format("phase broken~nfailed ~0tp~n", [{Class, Reason, Stack}])
        end,
        ok = file:write_file(Out, unicode:characters_to_binary(lists:reverse(stop(Lines)))),
        erlang:halt(0)
    end).

run([App], Lines) ->
    look("old", list_to_atom(App), Lines);
run([Name, Old, New], Lines) ->
    App = list_to_atom(Name),
    look("old", App, Lines),
    {ok, New} = release_handler:set_unpacked(filename:join([code:root_dir(), "releases", New, "start.rel"]), []),
    go("up", New, App, Lines) andalso go("down", Old, App, Lines).

go(Way, Vsn, App, Lines) ->
    Checked = release_handler:check_install_release(Vsn),
    Installed = element(1, Checked) =:= ok andalso release_handler:install_release(Vsn),
    case {Checked, Installed} of
        {{ok, _, _}, {ok, _, _}} ->
            ok = release_handler:make_permanent(Vsn),
            look(Way, App, Lines),
            true;
        _ ->
            Lines ! ["phase ", Way, "\n", io_lib:format("failed ~0tp~n", [{Checked, Installed}])],
            false
    end.

%%--------------------------------------------------------------------
%% What a node looks like
%%--------------------------------------------------------------------

%% All is asked twice: what a process that waits in old code answers first says nothing about what comes then.
look(Phase, App, Lines) ->
    Calls = calls(App),
    _ = [ask(Call) || Call <- Calls],
    Tree = tree(App),
    Lines ! ["phase ", Phase, "\n"],
    [Lines ! io_lib:format("~s ~0tp~n", [What, Term]) || {What, Term} <-
        [{version, lists:keyfind(App, 1, application:which_applications())}]
        ++ [{module, Loaded} || Loaded <- loaded(App)]
        ++ Tree
        ++ [{call, {Call, ask(Call)}} || Call <- Calls]
        ++ [{crash, logged()} || persistent_term:get(?MODULE, []) =/= []]],
    ok.

calls(App) ->
    {ok, Vsn} = application:get_key(App, vsn),
    {ok, [Calls]} = file:consult(filename:join([code:root_dir(), "releases", Vsn, "calls"])),
    Calls.

ask({M, F, A}) ->
    try apply(M, F, A) catch Class:Reason -> {Class, Reason} end.

loaded(App) ->
    Part = "/lib/" ++ atom_to_list(App) ++ "-",
    lists:sort([{M, binary:encode_hex(M:module_info(md5))} || {M, File} <- code:all_loaded(),
        is_list(File), string:find(File, Part) =/= nomatch]).

tree(App) ->
    {Top, _Module} = application_master:get_child(application_controller:get_master(App)),
    lists:flatten(below([App], Top)).

below(Path, Supervisor) ->
    State = sys:get_state(Supervisor),
    Children = lists:keysort(1, supervisor:which_children(Supervisor)),
    [{tree, {Path, flags, element(3, State), element(6, State), element(7, State), supervisor:count_children(Supervisor)}}
     | [child(Path, Supervisor, Child) || Child <- Children]].

child(Path, Supervisor, {Id, Pid, Type, Modules}) ->
    Here = Path ++ [Id],
    {ok, Spec} = supervisor:get_childspec(Supervisor, Id),
    Alive = is_pid(Pid) andalso is_process_alive(Pid),
    [{tree, {Here, Type, Modules, maps:to_list(Spec), Alive, Alive andalso registered(Pid)}},
     [{pid, {Here, Pid}} || Alive],
     [below(Here, Pid) || Alive, Type =:= supervisor],
     [{state, {Here, shape(sys:get_state(Pid), 3)}} || Alive, Type =:= worker, answers(Pid)]].

registered(Pid) ->
    case process_info(Pid, registered_name) of
        {registered_name, Name} -> Name;
        _ -> none
    end.

%% Only what was started by proc_lib knows system messages.
answers(Pid) ->
    {dictionary, Dictionary} = process_info(Pid, dictionary),
    lists:keymember('$ancestors', 1, Dictionary).

shape(_, 0) -> any;
shape(Map, Depth) when is_map(Map) -> {map, [{Key, shape(Value, Depth - 1)} || {Key, Value} <- lists:sort(maps:to_list(Map))]};
shape(Tuple, Depth) when is_tuple(Tuple), is_atom(element(1, Tuple)) ->
    [Tag | Values] = tuple_to_list(Tuple),
    {Tag, [shape(Value, Depth - 1) || Value <- Values]};
shape(Tuple, Depth) when is_tuple(Tuple) -> {tuple, [shape(Value, Depth - 1) || Value <- tuple_to_list(Tuple)]};
shape([Head | _], Depth) when is_tuple(Head) -> {list, shape(Head, Depth - 1)};
shape(_, _) -> any.

%%--------------------------------------------------------------------
%% Lines, and what the logger hears of: both outlive the applications
%%--------------------------------------------------------------------

collector() -> spawn(fun() -> collect([]) end).

collect(Lines) ->
    receive
        {stop, From} -> From ! {lines, Lines};
        Line -> collect([Line | Lines])
    end.

stop(Lines) ->
    Lines ! {stop, self()},
    receive {lines, All} -> All end.

log(#{msg := Message}, _Config) ->
    persistent_term:put(?MODULE, [Message | persistent_term:get(?MODULE, [])]).

logged() ->
    Messages = persistent_term:get(?MODULE, []),
    persistent_term:erase(?MODULE),
    [string:slice(io_lib:format("~0tp", [Message]), 0, 900) || Message <- lists:reverse(Messages)].
