#!/usr/bin/env escript
%%! +fnu +S 1 -start_epmd false
%% Out: what release_handler, make_script and make_tar say in many situations: `said Name Text` for each, the text in base64.
%% Other lines are what release_handler prints. The last situation restarts the node, and another
%% one does with the argument `heart`, which leaves out what has nothing to do with releases.
-module(release_handler_says).
-mode(compile).
-export([start/2, stop/1, start_link/0, init/1, handle_call/3, handle_cast/2, handle_info/2, log/2]).

main(Arguments) ->
    logger:remove_handler(default),
    ok = logger:add_handler(?MODULE, ?MODULE, #{config => self()}),
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "relupc-release-handler-" ++ os:getpid()),
    try
        Arguments =:= [] andalso scripts(filename:join(Dir, "lib/shop-1")),
        Arguments =:= [] andalso supervised(),
        Arguments =:= [] andalso applications(Dir),
        Arguments =:= [] andalso packages(filename:join(Dir, "packages")),
        releases(filename:join(Dir, "releases"), Arguments)
    after file:del_dir_r(Dir) end,
    erlang:halt(0).

say(Name, Term) ->
    text(Name, io_lib:format("~tp", [Term])).

text(Name, Text) ->
    io:format("said ~s ~s~n", [Name, base64:encode(unicode:characters_to_binary(Text))]).

%%--------------------------------------------------------------------
%% Scripts that fail
%%--------------------------------------------------------------------

modules(Ebin) ->
    OnLoad = [{attribute, 1, on_load, {start, 0}}, {function, 1, start, 0, [{clause, 1, [], [], [{atom, 1, wrong}]}]}],
    write(Ebin, shop_cart, compiled(shop_cart, [])),
    write(Ebin, shop_nif, compiled(shop_nif, OnLoad)),
    {ok, _, Chunks} = beam_lib:all_chunks(compiled(shop_new, [])),
    {ok, Newer} = beam_lib:build_module(lists:keyreplace("Code", 1, Chunks, {"Code", <<16:32, 9999:32, 0:96>>})),
    write(Ebin, shop_new, Newer).

compiled(Module, Forms) ->
    {ok, Module, Beam} = compile:forms([{attribute, 1, module, Module} | Forms]),
    Beam.

write(Ebin, Module, Beam) ->
    File = filename:join(Ebin, atom_to_list(Module) ++ ".beam"),
    ok = filelib:ensure_dir(File),
    ok = file:write_file(File, Beam).

scripts(Lib) ->
    modules(filename:join(Lib, "ebin")),
    Libs = [{shop, "1", Lib}, {stdlib, "1", code:lib_dir(stdlib)}],
    Load = fun(App, Module) ->
        [{load_object_code, {App, "1", [Module]}}, point_of_no_return, {load, {Module, brutal_purge, brutal_purge}}]
    end,
    [say(Name, run(Script, Libs)) || {Name, Script} <- [
        {bad_lib_vsn, [{load_object_code, {shop, "2", [shop_cart]}}, point_of_no_return]},
        {no_such_file, [{load_object_code, {shop, "1", [shop_lost]}}, point_of_no_return]},
        {case_clause, [{load_object_code, {store, "1", [store_db]}}, point_of_no_return]},
        {badmatch, [point_of_no_return, {load, {shop_cart, brutal_purge, brutal_purge}}]},
        {illegal_instruction_after_point_of_no_return, [point_of_no_return, restart_new_emulator]},
        {undef, [{apply, {shop_release, check, []}}, point_of_no_return]},
        {sync_error, [point_of_no_return, {sync_nodes, 1, ['gone@shop.example']}]},
        {sticky_directory, Load(stdlib, lists)},
        {badfile, Load(shop, shop_new)},
        {on_load_failure, Load(shop, shop_nif)}
    ]],
    Loop = {'receive', 1, [{clause, 1, [{atom, 1, go}], [], [{atom, 1, ok}]}]},
    Waiting = {function, 1, wait, 0, [{clause, 1, [], [], [Loop]}]},
    Beam = compiled(shop_cart, [{attribute, 1, export, [{wait, 0}]}, Waiting]),
    {module, shop_cart} = code:load_binary(shop_cart, "shop_cart.beam", Beam),
    spawn(shop_cart, wait, []),
    timer:sleep(50),
    {module, shop_cart} = code:load_binary(shop_cart, "shop_cart.beam", Beam),
    say(old_processes, run([point_of_no_return, {load, {shop_cart, soft_purge, soft_purge}}], Libs)).

%% What the caller of install_release gets: after the point of no return a crash is handed on, and the node restarts.
run(Script, Libs) ->
    self() ! {nodedown, 'gone@shop.example'},
    Result = case release_handler_1:eval_script(Script, [], Libs, [], []) of
        {'EXIT', Reason} -> {error, Reason};
        Other -> Other
    end,
    receive {nodedown, _} -> Result after 0 -> Result end.

%%--------------------------------------------------------------------
%% Processes that cannot be asked or changed
%%--------------------------------------------------------------------

supervised() ->
    Suspend = {suspend, [?MODULE]},
    Change = [point_of_no_return, Suspend, {code_change, up, [{?MODULE, []}]}],
    [begin
        ok = application:load({application, shop, [{vsn, "1"}, {mod, {?MODULE, Root}}]}),
        ok = application:start(shop),
        Said = run(Script, []),
        Name =:= top_supervisor orelse say(Name, Said),
        Name =:= top_supervisor andalso text(Name, logged()),
        application:stop(shop),
        ok = application:unload(shop)
    end || {Name, Root, Script} <- [
        {code_change_failed, [?MODULE], Change},
        {suspended_supervisor, [?MODULE], [point_of_no_return, Suspend, Suspend]},
        {get_modules_failed, dynamic, [point_of_no_return, Suspend]},
        {top_supervisor, worker, [point_of_no_return, Suspend]}
    ]].

start(normal, worker) -> gen_server:start(?MODULE, worker, []);
start(normal, Modules) -> supervisor:start_link(?MODULE, Modules).

stop(_) -> ok.

start_link() -> gen_server:start_link(?MODULE, worker, []).

init(worker) -> {ok, state};
init(Modules) -> {ok, {#{}, [#{id => child, start => {?MODULE, start_link, []}, modules => Modules}]}}.

handle_call(known, _, State) -> {reply, ok, State}.

handle_cast(_, State) -> {noreply, State}.

handle_info({_, _, get_modules}, _) -> exit(timeout). % as if it took five seconds

log(#{msg := {report, #{format := "release_handler: " ++ _ = Format, args := Args}}}, #{config := Pid}) ->
    Pid ! {logged, io_lib:format(Format, Args)};
log(_, _) ->
    ok.

logged() ->
    receive {logged, Text} -> case string:find(Text, "top supervisor") of nomatch -> logged(); _ -> Text end end.

%%--------------------------------------------------------------------
%% upgrade_app and downgrade_app
%%--------------------------------------------------------------------

applications(Dir) ->
    [file(Dir, Name, Term) || {Name, Term} <- [
        {"lib/shop-2/ebin/shop.app", app("2")},
        {"lib/shop-2/ebin/shop.appup", {"2", [{"1", []}], []}},
        {"lib/shop-3/ebin/shop.appup", {"3", [{"0", []}], []}},
        {"lib/shop-4/ebin/shop.appup", {"5", [{"1", []}], []}},
        {"lib/shop-4/ebin/shop.app", app("4")},
        {"lib/shop-6/ebin/shop.appup", {"6", [{"1", []}], []}},
        {"lib/shop-7/ebin/shop.app", app("7")},
        {"lib/shop-1/ebin/shop.app", app("1")}
    ]],
    Lib = fun(Vsn) -> filename:join([Dir, "lib", "shop-" ++ Vsn]) end,
    say(app_not_running, release_handler:upgrade_app(shop, Lib("2"))),
    true = code:add_patha(filename:join(Lib("1"), "ebin")),
    ok = application:start(shop),
    say(no_appup_found, release_handler:upgrade_app(shop, Lib("7"))),
    say(version_not_in_appup, release_handler:upgrade_app(shop, Lib("3"))),
    say(no_valid_version, release_handler:upgrade_app(shop, Lib("4"))),
    say(no_app_found, release_handler:upgrade_app(shop, Lib("6"))),
    say(unknown_version, release_handler:downgrade_app(shop, filename:join(Dir, "lib/shop"))),
    ok = application:stop(shop).

app(Vsn) -> {application, shop, [{description, ""}, {vsn, Vsn}, {modules, []}, {registered, []}, {applications, [kernel, stdlib]}]}.

%%--------------------------------------------------------------------
%% make_script and make_tar
%%--------------------------------------------------------------------

packages(Dir) ->
    Core = [{App, V} || {App, V, _} <- [library(App) || App <- [kernel, stdlib]]],
    Sasl = [{App, V} || {App, V, _} <- [library(sasl)]],
    Shop = {application, shop, lists:keyreplace(modules, 1, element(3, app("1")), {modules, [shop_lost]})},
    [file(Dir, Name, Term) || {Name, Term} <- [
        {"old.rel", {release, {"shop", "1"}, {erts, erts()}, Core}},
        {"new.rel", {release, {"shop", "2"}, {erts, erts()}, Core ++ Sasl}},
        {"lost.rel", {release, {"shop", "3"}, {erts, erts()}, Core ++ Sasl ++ [{shop, "1"}]}},
        {"shop.app", Shop},
        {"tar_relup/relup", wrong},
        {"tar_config/sys.config", [{shop, wrong}]}
    ]],
    Rel = fun(Name) -> filename:join(Dir, Name) end,
    Options = [silent, {outdir, Dir}],
    {ok, Make, Warnings} = systools:make_script(Rel("old"), Options),
    text(missing_sasl, Make:format_warning(Warnings)),
    refused(module_not_found, systools:make_script(Rel("lost"), [src_tests, {path, [Dir]} | Options])),
    refused(boot, systools:make_tar(Rel("new"), Options)),
    {ok, Make, []} = systools:make_script(Rel("new"), Options),
    [refused(Name, systools:make_tar(Rel("new"), [{path, [Dir, Rel(Name)]} | Options])) || Name <- ["tar_relup", "tar_config"]].

refused(Name, {error, Module, Reason}) ->
    text(Name, Module:format_error(Reason)).

%%--------------------------------------------------------------------
%% Releases
%%--------------------------------------------------------------------

releases(Dir, Arguments) ->
    Libs = [library(App) || App <- [kernel, stdlib, sasl]],
    Status = [{Vsn, unpacked} || Vsn <- ["2", "3", "4", "5", "6", "7", "8"]],
    file(Dir, "RELEASES", [{release, "shop", Vsn, erts(), libs(Vsn, Libs), S} || {Vsn, S} <- [{"1", permanent} | Status]]),
    [boot(Dir, Vsn, Libs) || {Vsn, _} <- Status],
    [file(Dir, Name, Term) || {Name, Term} <- [
        {"2/relup", {"2", [{"1", [], [point_of_no_return]}], []}},
        {"3/relup", {"9", [], []}},
        {"4/relup", {"4", [], []}},
        {"6/relup", {"6", [{"2", [], [restart_emulator]}], []}},
        {"7/relup", {"7", [{"2", [], [restart_new_emulator]}], []}},
        {"8/relup", {"8", [{"2", [], [point_of_no_return]}], []}},
        {"8/sys.config", [{sasl, wrong}]},
        {"data.rel", {release, {"shop", "9"}, [], []}},
        {"two.rel", {release, {"shop", "2"}, {erts, erts()}, []}},
        {"new.rel", {release, {"shop", "9"}, {erts, erts()}, [{kernel, "8"}]}}
    ]],
    ok = file:write_file(filename:join(Dir, "bad.rel"), "{release"),
    ok = erl_tar:create(filename:join(Dir, "empty.tar.gz"), [{"lib/x", <<>>}], [compressed]),
    ok = application:set_env(sasl, releases_dir, Dir),
    ok = application:start(sasl),
    Rel = fun(Name) -> filename:join(Dir, Name) end,
    say(no_such_release, release_handler:install_release("10")),
    say(illegal_option, release_handler:install_release("2", [purge])),
    say(relup_enoent, release_handler:install_release("5")),
    say(bad_relup_file, release_handler:install_release("3")),
    say(bad_status, release_handler:make_permanent("2")),
    say(permanent, release_handler:set_removed("1")),
    say(no_such_file, release_handler:unpack_release("nothing")),
    say(enoent, release_handler:unpack_release("empty")),
    say(enoent, release_handler:set_unpacked(Rel("nothing.rel"), [])),
    say(bad_rel_data, release_handler:set_unpacked(Rel("data.rel"), [])),
    say(bad_rel_file, release_handler:set_unpacked(Rel("bad.rel"), [])),
    say(existing_release, release_handler:set_unpacked(Rel("two.rel"), [])),
    say(no_such_directory, release_handler:set_unpacked(Rel("new.rel"), [{kernel, "8", "/nowhere"}])),
    {ok, "1", []} = release_handler:install_release("2"),
    file(Dir, "2/relup", {"2", [], []}),
    say(already_installed, release_handler:install_release("2")),
    say(no_matching_relup, release_handler:install_release("4")),
    say(missing_base_app, release_handler:install_release("7")),
    case Arguments of
        [] -> say(change_appl_data, release_handler:install_release("8"));
        ["heart"] -> say(heart, release_handler:install_release("6"))
    end.

library(App) ->
    _ = application:load(App),
    {ok, Vsn} = application:get_key(App, vsn),
    {App, Vsn, code:lib_dir(App)}.

libs("7", Libs) -> lists:droplast(Libs);
libs(_, Libs) -> Libs.

boot(Dir, Vsn, Libs) ->
    file(Dir, Vsn ++ "/start.rel", {release, {"shop", Vsn}, {erts, erts()}, [{App, V} || {App, V, _} <- Libs]}),
    Folder = filename:join(Dir, Vsn),
    ok = systools:make_script("start", [{outdir, Folder}, {path, [Folder]}]).

erts() -> erlang:system_info(version).

file(Dir, Name, Term) ->
    File = filename:join(Dir, Name),
    ok = filelib:ensure_dir(File),
    ok = file:write_file(File, io_lib:format("~p.~n", [Term])).
