#!/usr/bin/env escript
%%! -kernel logger_level none
%% File names on stdin, one a line. For each, one line out: what file:script/2 makes of it with VSN bound to "1.4.0".
%% `= Term` in the spelling of tests/read/dump.py, `fails` if its code cannot be run, or `syntax`.

main(_) ->
    ok = io:setopts(standard_io, [{encoding, latin1}]),
    loop().

loop() ->
    case io:get_line("") of
        eof ->
            ok;
        Line ->
            File = unicode:characters_to_list(list_to_binary(string:trim(Line))),
            io:put_chars([script(File), $\n]),
            loop()
    end.

script(File) ->
    case file:script(File, [{'VSN', "1.4.0"}]) of
        {ok, Term} -> try ["= ", dump(Term)] catch error:_ -> "other" end;
        {error, {_, file, undefined_script}} -> "syntax";
        {error, {_, file, _}} -> "fails";
        {error, _} -> "syntax"
    end.

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
    external = element(2, erlang:fun_info(F, type)),
    Get = fun(Key) -> element(2, erlang:fun_info(F, Key)) end,
    [$&, dump(Get(module)), $:, dump(Get(name)), $/, integer_to_list(Get(arity))].

elements([]) -> [];
elements([E]) -> dump(E);
elements([E | T]) when is_list(T) -> [dump(E), $, | elements(T)];
elements([E | T]) -> [dump(E), $|, dump(T)].

hex(Bin) -> [io_lib:format("~2.16.0b", [B]) || <<B>> <= Bin].
