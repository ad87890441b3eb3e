#!/usr/bin/env escript
%%! -kernel logger_level none
%% Names of .beam files on stdin, one a line. For each: a line with its MD5, then a line for every function, then an
%% empty line. A function is its name in hexadecimal, its arity, and its instructions: name and arguments as
%% tests/beam/disasm.py writes them, without labels, and numbers that belong to an instruction: beam_disasm shows them in
%% many ways.
-mode(compile).

main(_) ->
    ok = io:setopts(standard_io, [{encoding, latin1}]),
    loop().

loop() ->
    case io:get_line("") of
        eof ->
            ok;
        Line ->
            File = unicode:characters_to_list(list_to_binary(string:trim(Line))),
            {ok, {_, MD5}} = beam_lib:md5(File),
            {beam_file, _, _, _, _, Functions} = beam_disasm:file(File),
            io:put_chars([hex(MD5), $\n, [function(F) || F <- Functions], $\n]),
            loop()
    end.

function({function, Name, Arity, _, Instructions}) ->
    [hex(atom_to_binary(Name)), $\s, integer_to_list(Arity), [[$\s, instruction(I)] || I <- ordered(Instructions)], $\n].

%% beam_disasm hands the label of a function over to the one before, and takes it back after the line.
ordered([{line, _} = Line, {label, _} = Label, {func_info, _, _, _} = Info | Rest]) -> [Label, Line, Info | Rest];
ordered(Instructions) -> Instructions.

instruction(I) when is_atom(I) -> atom_to_list(I);
instruction({bif, _, _, Args, To}) -> ["bif", integer_to_list(length(Args)), leaves([Args, To])];
instruction({gc_bif, _, _, _, Args, To}) -> ["gc_bif", integer_to_list(length(Args)), leaves([Args, To])];
instruction({bs_create_bin, [Args]}) -> ["bs_create_bin", leaves(tuple_to_list(Args))];
instruction({raise, _, Args, _}) -> ["raise", leaves(Args)];
instruction(I) when element(1, I) =:= test; element(1, I) =:= arithfbif ->
    [_, Name | Args] = tuple_to_list(I),
    [atom_to_list(Name), leaves(Args)];
instruction(I) ->
    [Name | Args] = tuple_to_list(I),
    [atom_to_list(Name), leaves(Args)].

leaves(Args) -> [[$,, Leaf] || Leaf <- lists:flatten([leaf(A) || A <- Args]), Leaf =/= none].

leaf({x, N}) -> text([$x, integer_to_list(N)]);
leaf({y, N}) -> text([$y, integer_to_list(N)]);
leaf({fr, N}) -> text(["fr", integer_to_list(N)]);
leaf({tr, Register, _Type}) -> leaf(Register);
leaf({atom, A}) -> text(dump(A));
leaf({integer, I}) -> text(dump(I));
leaf({i, I}) -> text(dump(I));
leaf({float, F}) -> text(literal(F));
leaf({literal, L}) -> text(literal(L));
leaf({list, L}) -> [leaf(E) || E <- L];
leaf({commands, L}) -> [leaf(E) || E <- L];
leaf(nil) -> text("nil");
leaf(L) when is_list(L) -> [leaf(E) || E <- L];
leaf(_) -> none.

text(Chars) -> iolist_to_binary(Chars).

literal(Term) -> [$l, hex(erlang:md5(dump(Term)))].

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

hex(Bin) -> << <<(digit(N))>> || <<N:4>> <= Bin >>.

digit(N) when N < 10 -> $0 + N;
digit(N) -> $a - 10 + N.
