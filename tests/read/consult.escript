#!/usr/bin/env escript
%%! -kernel logger_level none
%% File names on stdin, one a line. For each two lines out: what systools' reader makes of the file, then
%% what file:consult/1 does. `= Term` in the spelling of tests/read/dump.py, or
%% `open Posix`, `read`, `parse Line Text`.

main(_) ->
    ok = io:setopts(standard_io, [{encoding, latin1}]),
    loop().

loop() ->
    case io:get_line("") of
        eof ->
            ok;
        Line ->
            File = unicode:characters_to_list(list_to_binary(string:trim(Line))),
            io:put_chars([first(File), $\n, all(File), $\n]),
            loop()
    end.

first(File) ->
    try systools_lib:read_term(File) of
        {ok, Term} -> ["= ", dump(Term)];
        {error, {parse, _, What}} -> parse_error(What);
        {error, {open, _, Posix}} -> ["open ", atom_to_list(Posix)];
        {error, {read, _}} -> "read"
    catch
        error:{case_clause, {error, tokens}} -> "read";
        error:{case_clause, {ok, _}} -> "parse crash"
    end.

all(File) ->
    try file:consult(File) of
        {ok, Terms} -> ["= ", lists:join($,, [dump(T) || T <- Terms])];
        {error, {Line, erl_parse, Text}} -> parse_error({Line, erl_parse, Text});
        {error, {_, erl_scan, _}} -> "read";
        {error, {_, file_io_server, invalid_unicode}} -> "read";
        {error, Posix} when is_atom(Posix) -> ["open ", atom_to_list(Posix)]
    catch
        error:{case_clause, {error, tokens}} -> "read";
        error:{case_clause, {ok, _}} -> "parse crash"
    end.

parse_error({Line, erl_parse, Text}) ->
    ["parse ", integer_to_list(Line), " ", hex(unicode:characters_to_binary(flat(Text)))].

flat(Text) -> lists:flatten(Text).

dump(A) when is_atom(A) -> [$a, hex(atom_to_binary(A))];
dump(I) when is_integer(I) -> [$i, integer_to_list(I, 16)];
dump(F) when is_float(F) -> [$f, hex(<<F/float>>)];
dump(B) when is_bitstring(B) ->
    Unused = -bit_size(B) band 7,
    [$b, integer_to_list(Unused), $:, hex(<<B/bitstring, 0:Unused>>)];
dump(T) when is_tuple(T) -> [${, lists:join($,, [dump(E) || E <- tuple_to_list(T)]), $}];
dump(L) when is_list(L) -> [$[, elements(L), $]];
dump(M) when is_map(M) ->
    Pairs = [iolist_to_binary([dump(K), $=, dump(V)]) || {K, V} <- maps:to_list(M)],
    [$#, ${, lists:join($,, lists:sort(Pairs)), $}];
dump(F) when is_function(F) ->
    Get = fun(Key) -> element(2, erlang:fun_info(F, Key)) end,
    [$&, dump(Get(module)), $:, dump(Get(name)), $/, integer_to_list(Get(arity))].

elements([]) -> [];
elements([E]) -> dump(E);
elements([E | T]) when is_list(T) -> [dump(E), $, | elements(T)];
elements([E | T]) -> [dump(E), $|, dump(T)].

hex(Bin) -> [io_lib:format("~2.16.0b", [B]) || <<B>> <= Bin].
