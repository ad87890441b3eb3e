%% Release archives as OTP makes them: `escript make_tar.escript NAME...` for each NAME.rel here, with lib/*/ebin.

main(Names) ->
    Path = {path, ["lib/*/ebin"]},
    lists:foreach(
        fun(Name) ->
            {ok, _, _} = systools:make_script(Name, [Path, no_warn_sasl, silent]),
            {ok, _, _} = systools:make_tar(Name, [Path, no_warn_sasl, silent])
        end,
        Names
    ).
