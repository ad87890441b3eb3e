#!/usr/bin/env escript
%%! -kernel logger_level none
%% Expressions on stdin, each on a line with a full stop. For each five lines: the term as tests/read/dump.py spells it and
%% its bytes, in five forms of term_to_binary/2. With an argument only the bytes: some terms have no such spelling.
-mode(compile).

main(Args) ->
    ok = io:setopts(standard_io, [{encoding, unicode}]),
    loop(Args).

loop(Args) ->
    case io:get_line("") of
        eof ->
            ok;
        Line ->
            {ok, Tokens, _} = erl_scan:string(Line),
            {ok, Expressions} = erl_parse:parse_exprs(Tokens),
            {value, Term, _} = erl_eval:exprs(Expressions, []),
            Forms = [[], [compressed], [{minor_version, 1}], [{minor_version, 2}], [deterministic, {minor_version, 0}]],
            [io:put_chars([line(Args, Term), hex(bytes(Term, Options)), $\n]) || Options <- Forms],
            loop(Args)
    end.

%% `deterministic` is new in OTP 24.1.
bytes(Term, Options) ->
    try term_to_binary(Term, Options)
    catch error:badarg -> term_to_binary(Term, Options -- [deterministic])
    end.

line([], Term) -> [dump(Term), $\s];
line(_, _) -> [].

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
