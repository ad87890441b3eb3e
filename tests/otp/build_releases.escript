#!/usr/bin/env escript
%%! +fnu -start_epmd false
%% The folders named in a file are roots of releases of an application: compiles lib/APP-*/src to lib/APP-*/ebin, and makes
%% releases/*/start.boot of start.rel. Arguments: `File App`. Prints what went wrong, and ends with 1 then. The rest of lib
%% is links into the OTP of this machine: nothing there may be compiled.
-mode(compile).

main([File, App]) ->
    {ok, Text} = file:read_file(File),
    Roots = [binary_to_list(Line) || Line <- binary:split(Text, <<"\n">>, [global, trim_all])],
    Self = self(),
    Halves = [[Root || {N, Root} <- lists:zip(lists:seq(1, length(Roots)), Roots), N rem 2 =:= Rest] || Rest <- [0, 1]],
    [spawn_link(fun() -> [root(Root, App) || Root <- Half], Self ! done end) || Half <- Halves],
    [receive done -> ok end || _ <- Halves],
    erlang:halt(0).

root(Root, App) ->
    Own = [Lib || Lib <- filelib:wildcard(Root ++ "/lib/" ++ App ++ "-*"), file:read_link(Lib) =:= {error, einval}],
    [compiled(Source) || Lib <- Own, Source <- filelib:wildcard(Lib ++ "/src/*.erl")],
    Path = filelib:wildcard(Root ++ "/lib/*/ebin"),
    [{ok, _, _} = systools:make_script(filename:rootname(Rel), [silent, {path, Path}])
     || Rel <- filelib:wildcard(Root ++ "/releases/*/start.rel")].

compiled(Source) ->
    Out = filename:join(filename:dirname(filename:dirname(Source)), "ebin"),
    case compile:file(Source, [debug_info, deterministic, return, {outdir, Out}]) of
        {ok, _, []} -> ok;
        Other -> io:format("~ts: ~tp~n", [Source, Other]), erlang:halt(1)
    end.
