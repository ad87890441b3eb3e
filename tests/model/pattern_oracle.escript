#!/usr/bin/env escript
%% First the release of OTP. Then for each line "Pattern Version", both in base64, a line: whether systools
%% takes that version for one of the pattern's (true, false), or badarg.
-mode(compile).

main([]) ->
    ok = io:setopts([binary, {encoding, latin1}]),
    io:put_chars([erlang:system_info(otp_release), $\n]),
    each_line(file:read_line(standard_io)).

each_line(eof) -> ok;
each_line({ok, Line}) ->
    [Pattern, Version] = [base64:decode(B) || B <- binary:split(string:trim(Line, trailing, "\n"), <<" ">>)],
    io:put_chars([atom_to_list(answer(Pattern, unicode:characters_to_list(Version))), $\n]),
    each_line(file:read_line(standard_io)).

answer(Pattern, Version) ->
    try re:run(Version, Pattern, [unicode, {capture, first, list}]) of
        {match, [Version]} -> true;
        _ -> false
    catch
        error:badarg -> badarg
    end.
