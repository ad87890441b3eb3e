#!/usr/bin/env escript
%% First the release of OTP. Then for each line "Column Base64", a term in external term format, a line of
%% two texts in base64: what ~tp prints for it in that column, and the file that systools would write.
-mode(compile).

main([]) ->
    ok = io:setopts([binary, {encoding, latin1}]),
    io:put_chars([erlang:system_info(otp_release), $\n]),
    each_line(file:read_line(standard_io)).

each_line(eof) -> ok;
each_line({ok, Line}) ->
    [Column, Base64] = binary:split(string:trim(Line), <<" ">>),
    Term = binary_to_term(base64:decode(Base64)),
    io:put_chars([text(indented(binary_to_integer(Column), Term)), $\s,
                  text(io_lib:format("%% ~s~n~tp.~n", ["coding: utf-8", Term])), $\n]),
    each_line(file:read_line(standard_io)).

%% The column is that of what stands before the term on its line.
indented(Column, Term) ->
    Before = lists:duplicate(Column - 1, $-),
    lists:nthtail(Column - 1, lists:flatten(io_lib:format("~s~tp", [Before, Term]))).

text(Chars) ->
    base64:encode(unicode:characters_to_binary(Chars)).
