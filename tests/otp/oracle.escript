#!/usr/bin/env escript
%%! +fnu +S 1 -start_epmd false
%% In: a file of Erlang terms: {relup, Dir, New, UpFrom, DownTo, Options, Out}, to be run in Dir, where
%% each base is a name or {Name, TextOfATerm}; or {term, File}.
%% Out: for each a line of what systools:make_relup/4 makes of it, or of the first term of the file:
%%
%%     Status Free Class Term Text File {Class Term}
%%
%% Status is ok, error or crash. Free is 1 if the order of modules was a matter of chance (seen only as
%% `ranked`). The rest is base64, `-` for nothing: the error's class, term and text, the file written, and
%% the warnings in order.
%%
%% Usage: oracle.escript plain|ranked FILE. As `plain` it is OTP as it stands; as `ranked`, the module order that
%% OTP leaves to chance is settled by ranked/digraph_utils.erl.
-module(oracle).
-mode(compile).

-define(POLL, 200).             % ms
-define(ENDLESS, 50000000).     % reductions; the largest real release takes a few million
%% Whatever is called once the code path is empty.
-define(NEEDED, [systools, systools_lib, systools_make, systools_rc, systools_relup, digraph, digraph_utils, sofs,
                 base64, binary, epp, erl_anno, erl_parse, erl_posix_msg, erl_scan, file, filelib, filename,
                 io_lib, io_lib_format, io_lib_fread, io_lib_pretty, lists, maps, ordsets, proplists, queue, re,
                 string, unicode, unicode_util]).

main([Mode, Questions]) when Mode =:= "plain"; Mode =:= "ranked" ->
    ok = code:ensure_modules_loaded(?NEEDED),
    Mode =:= "ranked" andalso settle_ties(),
    {ok, Start} = file:get_cwd(),
    {ok, Terms} = file:consult(Questions),
    true = code:set_path([]),
    lists:foreach(fun(Question) -> io:put_chars([answer(Question, Start), $\n]) end, Terms);
main(_) ->
    io:put_chars(standard_error, "usage: oracle.escript plain|ranked FILE\n"),
    halt(2).

settle_ties() ->
    Source = filename:join([filename:dirname(escript:script_name()), "ranked", "digraph_utils"]),
    {ok, Module, Code} = compile:file(Source, [binary]),
    ok = code:unstick_dir(filename:dirname(code:which(Module))),
    {module, Module} = code:load_binary(Module, Source, Code).

answer({term, File}, _Start) ->
    case systools_lib:read_term(File) of
        {ok, Term} -> line(ok, false, [none, text(Term), none, none]);
        {error, {What, _File, Detail}} -> line(error, false, [atom_to_list(What), text(Detail), none, none]);
        {error, {What, _File}} -> line(error, false, [atom_to_list(What), none, none, none])
    end;
answer({relup, Dir, New, Up, Down, Options, Out}, Start) ->
    ok = file:set_cwd(filename:absname(Dir, Start)),
    {Result, Free} = make(New, [base(B) || B <- Up], [base(B) || B <- Down], Options, Out),
    describe(Result, Free).

%%--------------------------------------------------------------------
%% The call
%%--------------------------------------------------------------------

make(New, Up, Down, Options, Out) ->
    AllOptions = [silent, {outdir, filename:dirname(Out)} | Options],
    {Pid, Ref} = spawn_monitor(fun() -> exit({done, call(New, Up, Down, AllOptions), get(free)}) end),
    {Result, Free} = await(Pid, Ref),
    {written(Result, Out), Free}.

%% A call that never ends is known by the work it has done, not by the time it took: the machine may be busy.
await(Pid, Ref) ->
    receive
        {'DOWN', Ref, _, _, {done, Result, Free}} -> {Result, Free =:= true};
        {'DOWN', Ref, _, _, Reason} -> {{crash, exit, Reason}, false}
    after ?POLL ->
        case process_info(Pid, reductions) of
            {reductions, Work} when Work > ?ENDLESS ->
                exit(Pid, kill),
                receive {'DOWN', Ref, _, _, _} -> {{crash, exit, timeout}, false} end;
            _ ->
                await(Pid, Ref)
        end
    end.

call(New, Up, Down, Options) ->
    try systools:make_relup(New, Up, Down, Options)
    catch Class:Reason -> {crash, Class, Reason}
    end.

base({Name, Text}) ->
    {ok, Tokens, _} = erl_scan:string(Text ++ " ."),
    {ok, Description} = erl_parse:parse_term(Tokens),
    {Name, Description};
base(Name) ->
    Name.

written({ok, _Relup, _Module, Warnings}, Out) ->
    {ok, Bytes} = file:read_file(Out),
    ok = file:delete(Out),
    {ok, Bytes, Warnings};
written(Other, _Out) ->
    Other.

%%--------------------------------------------------------------------
%% The answer
%%--------------------------------------------------------------------

describe({ok, Bytes, Warnings}, Free) ->
    line(ok, Free, [none, none, none, Bytes | warnings(Warnings)]);
describe({error, systools_relup, {warnings_treated_as_errors, Warnings} = Reason}, Free) ->
    line(error, Free, error_fields(systools_relup, Reason) ++ [none | warnings(Warnings)]);
describe({error, Module, Reason}, Free) ->
    line(error, Free, error_fields(Module, Reason) ++ [none]);
describe({crash, Class, Reason}, Free) ->
    line(crash, Free, [class(crash, Reason), text({Class, Reason}), none, none]).

warnings(Warnings) ->
    lists:append([[class(systools_relup, W), text(W)] || W <- Warnings]).

error_fields(Module, Reason) ->
    Text = try unicode:characters_to_binary(Module:format_error(Reason))
           catch _:_ -> none
           end,
    [class(Module, Reason), text(Reason), Text].

line(Status, Free, Fields) ->
    Flag = case Free of true -> "1"; _ -> "0" end,
    lists:join(" ", [atom_to_list(Status), Flag | [field(F) || F <- Fields]]).

field(none) -> "-";
field(Bytes) -> base64:encode(Bytes).

text(Term) ->
    unicode:characters_to_binary(io_lib:format("~tp", [Term])).

%% "systools_relup/file_problem/open": where a fault comes from, and the atoms that name it.
class(Module, Reason) ->
    unicode:characters_to_binary([atom_to_list(Module), $/, tags(Reason)]).

tags({file_problem, {_, {ok, _}}}) -> "file_problem/bad_shape";
tags({file_problem, {_, {error, Fault}}}) -> ["file_problem/", tags(Fault)];
tags({file_problem, {_, Fault}}) -> ["file_problem/", tags(Fault)];
tags({error_reading, {_, Fault}}) -> ["error_reading/", tags(Fault)];
tags({apps, Faults}) -> ["apps/", tags(Faults)];
tags([First | _]) -> tags(First);
tags(Tag) when is_atom(Tag) -> atom_to_list(Tag);
tags(Tagged) when is_tuple(Tagged), is_atom(element(1, Tagged)) -> atom_to_list(element(1, Tagged));
tags(Pair) when is_tuple(Pair), is_tuple(element(1, Pair)) -> tags(element(1, Pair));
tags(_) -> "other".
