%% In: the graph of a script's module instructions. Out: the same answers as
%% OTP's digraph_utils, but with the choices that OTP leaves to a hash of atom
%% numbers made by the place of the instruction in the script.
%%
%% systools_rc calls these four functions and no others. It names a vertex by
%% its module and labels it {Place, Instruction}; topsort/1 then gets a graph
%% whose vertices are lists of modules, one list for each cycle. The places are
%% kept in the process dictionary between the two calls, and `free` is put there
%% when there was a choice.
-module(digraph_utils).
-export([components/1, strong_components/1, reachable/2, topsort/1]).

components(G) ->
    put(places, maps:from_list([place(G, V) || V <- digraph:vertices(G)])),
    classes(fun(V) -> spread([V], fun(W) -> digraph:out_neighbours(G, W) ++ digraph:in_neighbours(G, W) end) end,
            digraph:vertices(G)).

strong_components(G) ->
    classes(fun(V) -> [W || W <- reachable([V], G), lists:member(V, reachable([W], G))] end, digraph:vertices(G)).

reachable(Vertices, G) ->
    spread(Vertices, fun(V) -> digraph:out_neighbours(G, V) end).

topsort(G) ->
    topsort(G, lists:sort([{first_place(V), V} || V <- digraph:vertices(G)]), []).

topsort(_, [], Done) ->
    lists:reverse(Done);
topsort(G, Left, Done) ->
    [First = {_, V} | Others] = [X || X = {_, W} <- Left, digraph:in_neighbours(G, W) -- Done =:= []],
    Others =:= [] orelse put(free, true),
    topsort(G, Left -- [First], [V | Done]).

place(G, Module) ->
    {Module, {Place, _Instruction}} = digraph:vertex(G, Module),
    {Module, Place}.

first_place(Modules) ->
    Places = get(places),
    lists:min([maps:get(M, Places) || M <- Modules]).

spread(Vertices, Next) ->
    spread(Vertices, [], Next).

spread([], Seen, _) ->
    Seen;
spread([V | Todo], Seen, Next) ->
    case lists:member(V, Seen) of
        true -> spread(Todo, Seen, Next);
        false -> spread(Next(V) ++ Todo, [V | Seen], Next)
    end.

classes(_, []) ->
    [];
classes(ClassOf, [V | Vertices]) ->
    Class = ClassOf(V),
    [Class | classes(ClassOf, Vertices -- Class)].
