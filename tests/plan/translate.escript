#!/usr/bin/env escript
%%! +fnu +S 1 -start_epmd false
%% In: Erlang terms on standard input, {up | down, Scripts, Post, Pre}: what systools_rc gets.
%% Out: for each a line `ok Term`, or `error Term Text`, or `crash Term`; the terms and texts in base64.
-module(translate).
-mode(compile).

main([]) ->
    ok = io:setopts(standard_io, [binary, {encoding, unicode}]),
    answer_all().

answer_all() ->
    case io:read(standard_io, "") of
        eof -> ok;
        {ok, Question} -> io:put_chars([lists:join(" ", answer(Question)), $\n]), answer_all()
    end.

answer({Way, Scripts, Post, Pre}) ->
    Mode = case Way of up -> up; down -> dn end,
    try systools_rc:translate_scripts(Mode, Scripts, Post, Pre) of
        {ok, Script} -> ["ok", text(Script)];
        {error, systools_rc, Reason} -> ["error", text(Reason), base64:encode(said(Reason))]
    catch Class:Reason -> ["crash", text({Class, Reason})]
    end.

said(Reason) ->
    try unicode:characters_to_binary(systools_rc:format_error(Reason))
    catch _:_ -> <<>>
    end.

text(Term) ->
    base64:encode(unicode:characters_to_binary(io_lib:format("~tp", [Term]))).
