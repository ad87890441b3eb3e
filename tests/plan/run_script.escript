#!/usr/bin/env escript
%%! +fnu +S 1 -start_epmd false
%% In: scripts of relups, terms on standard input.
%% Out: for each `ok`, `refused` if nothing was done, or `failed` if the node would restart now.
%% The application `shop` 1.4.0 with the modules cart, till and tax is what is installed.
-module(run_script).
-mode(compile).

main([]) ->
    ok = io:setopts(standard_io, [binary, {encoding, unicode}]),
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "relupc-run-script-" ++ os:getpid()),
    Ebin = filename:join(Dir, "ebin"),
    ok = filelib:ensure_dir(filename:join(Ebin, "x")),
    [write(Module, Ebin) || Module <- [cart, till, tax]],
    try answer_all([{shop, "1.4.0", Dir}]) after file:del_dir_r(Dir) end.

write(Module, Ebin) ->
    {ok, Module, Beam} = compile:forms([{attribute, 1, module, Module}]),
    ok = file:write_file(filename:join(Ebin, atom_to_list(Module) ++ ".beam"), Beam).

answer_all(Libs) ->
    case io:read(standard_io, "") of
        eof -> ok;
        {ok, Script} -> io:put_chars([answer(Script, Libs), $\n]), answer_all(Libs)
    end.

%% release_handler takes the restart into a new emulator off the front before it runs a script.
answer([restart_new_emulator | Script], Libs) -> answer(Script, Libs);
answer(Script, Libs) ->
    case release_handler_1:check_script(Script, Libs) of
        {ok, _} ->
            case release_handler_1:eval_script(Script, [], Libs, [], []) of
                {ok, _} -> "ok";
                restart_emulator -> "ok";
                _ -> "failed"
            end;
        _ -> "refused"
    end.
