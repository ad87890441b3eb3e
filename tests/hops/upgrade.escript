#!/usr/bin/env escript
%%! +fnu +S 1 -start_epmd false
%% make DIR: compiles DIR/src/VSN/*.erl to DIR/lib/shop-VSN/ebin, and writes DIR/VSN.rel.
%% run DIR VSN...: starts version 1, installs the releases one after the other, and prints what there is after each.
-module(upgrade).
-mode(compile).

main(["make", Dir]) ->
    [make(Dir, filename:basename(Folder)) || Folder <- lists:sort(filelib:wildcard(filename:join(Dir, "src/*")))];
main(["run", Dir | Vsns]) ->
    logger:set_primary_config(level, none),
    All = [filename:basename(Rel, ".rel") || Rel <- lists:sort(filelib:wildcard(filename:join(Dir, "*.rel")))],
    Modules = lists:usort([list_to_atom(filename:basename(Beam, ".beam"))
                           || Beam <- filelib:wildcard(filename:join(Dir, "lib/shop-*/ebin/*.beam"))]),
    releases(Dir, All),
    true = code:add_patha(filename:join(Dir, "lib/shop-1/ebin")),
    {ok, _} = application:ensure_all_started(shop),
    [code:ensure_loaded(Module) || Module <- Modules, file_of(Dir, "1", Module)],
    ok = application:set_env(sasl, releases_dir, filename:join(Dir, "releases")),
    ok = application:start(sasl),
    say("1", Modules),
    [begin
        case release_handler:install_release(Vsn) of
            {ok, _, _} -> ok;
            Error -> io:format("~s refused ~0p~n", [Vsn, Error]), halt(1)
        end,
        ok = release_handler:make_permanent(Vsn),
        say(Vsn, Modules)
    end || Vsn <- Vsns],
    halt(0).

make(Dir, Vsn) ->
    Ebin = filename:join([Dir, "lib", "shop-" ++ Vsn, "ebin"]),
    Sources = lists:sort(filelib:wildcard(filename:join([Dir, "src", Vsn, "*.erl"]))),
    Modules = [begin
        {ok, Module} = compile:file(Source, [{outdir, Ebin}, debug_info, return_errors]),
        Module
    end || Source <- Sources],
    App = {application, shop, [{description, ""}, {vsn, Vsn}, {modules, Modules}, {registered, []},
                               {applications, [kernel, stdlib]}, {mod, {shop_app, []}}]},
    write(filename:join(Ebin, "shop.app"), App),
    Core = [{Name, V} || {Name, V, _} <- libs(Dir, Vsn)],
    write(filename:join(Dir, Vsn ++ ".rel"), {release, {"shop", Vsn}, {erts, erlang:system_info(version)}, Core}).

libs(Dir, Vsn) ->
    Core = [begin
        _ = application:load(App),
        {ok, V} = application:get_key(App, vsn),
        {App, V, code:lib_dir(App)}
    end || App <- [kernel, stdlib, sasl]],
    Core ++ [{shop, Vsn, filename:join([Dir, "lib", "shop-" ++ Vsn])}].

releases(Dir, Vsns) ->
    Status = fun("1") -> permanent; (_) -> unpacked end,
    Erts = erlang:system_info(version),
    write(filename:join(Dir, "releases/RELEASES"), [{release, "shop", V, Erts, libs(Dir, V), Status(V)} || V <- Vsns]),
    [begin
        Folder = filename:join([Dir, "releases", V]),
        {ok, _} = file:copy(filename:join(Dir, V ++ ".rel"), filename:join(Folder, "start.rel")),
        Path = filename:join([Dir, "lib", "shop-" ++ V, "ebin"]),
        ok = systools:make_script(filename:join(Folder, "start"), [{outdir, Folder}, {path, [Path]}, no_warn_sasl])
    end || V <- Vsns].

file_of(Dir, Vsn, Module) ->
    filelib:is_regular(filename:join([Dir, "lib", "shop-" ++ Vsn, "ebin", atom_to_list(Module) ++ ".beam"])).

say(Vsn, Modules) ->
    Loaded = [{M, md5(M)} || M <- Modules, code:is_loaded(M) =/= false],
    States = [{Name, sys:get_state(Name)} || Name <- [shop_cart, shop_stock], whereis(Name) =/= undefined],
    Children = lists:sort([{Id, Type, Mods} || {Id, Pid, Type, Mods} <- supervisor:which_children(shop_sup), is_pid(Pid)]),
    Intensity = element(6, sys:get_state(shop_sup)),
    Specs = [supervisor:get_childspec(shop_sup, Id) || {Id, _, _} <- Children],
    io:format("~s ~0p~n", [Vsn, {Loaded, States, Children, Specs, Intensity, old()}]).

md5(Module) ->
    binary:encode_hex(Module:module_info(md5)).

old() ->
    lists:sort([M || {M, _} <- code:all_loaded(), lists:prefix("shop", atom_to_list(M)), erlang:check_old_code(M),
                     lists:any(fun(P) -> erlang:check_process_code(P, M) end, processes())]).

write(File, Term) ->
    ok = filelib:ensure_dir(File),
    ok = file:write_file(File, io_lib:format("~p.~n", [Term])).
