#!/usr/bin/env escript
%%! -kernel logger_level none
%% Texts of modules on stdin, each a line of base64. For each a line of base64, the term `{Beam, Given, Results}`: lists
%% of arguments, and for `f0/2` to `f2/2` what they return with each; a result is `{ok, Value}` or `failed`.

main(_) ->
    io:setopts([{binary, true}]),
    loop().

loop() ->
    case io:get_line("") of
        eof -> ok;
        Line ->
            Text = base64:decode(string:trim(Line)),
            io:format("~s~n", [base64:encode(term_to_binary(judged(Text)))]),
            loop()
    end.

judged(Text) ->
    {ok, Tokens, _} = erl_scan:string(binary_to_list(Text)),
    {ok, Module, Beam} = compile:forms([form(F) || F <- split(Tokens, [], [])], [deterministic, report_errors]),
    {module, _} = code:load_binary(Module, "", Beam),
    Results = [[result(Module, F, Args) || Args <- given()] || F <- [f0, f1, f2]],
    code:purge(Module),
    {Beam, given(), Results}.

given() ->
    [[1, two], [{item, 3, 4, five}, [6, {seven}]], [#{a => 1, b => [2]}, {8, 9}], [[], "ab"], [<<1, 2, 3>>, #{a => a}]].

split([], [], Done) -> lists:reverse(Done);
split([{dot, _} = Dot | Rest], Form, Done) -> split(Rest, [], [lists:reverse([Dot | Form]) | Done]);
split([Token | Rest], Form, Done) -> split(Rest, [Token | Form], Done).

form(Tokens) ->
    {ok, Form} = erl_parse:parse_form(Tokens),
    Form.

result(Module, Function, Args) ->
    try {ok, apply(Module, Function, Args)} catch _:_ -> failed end.
