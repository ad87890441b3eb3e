"""Random small modules of Erlang, full of code that never runs, and of loops and funs that rules speak of."""

from __future__ import annotations

import random

from relupc.model.value import dataclass, field

NAMES = ("loop", "run", "wait", "go", "stop")
TESTS = ("is_atom", "is_integer", "is_list", "is_tuple", "is_map", "is_function", "is_pid", "is_number", "is_boolean")
GUARDS = (
    *("$test($var)", "$test($var), $test($var)", "$var =:= a", "$var > 1", "$var =:= $var", "true", "false"),
    *("not $test($var)", "$test($var); $test($var)", "length($var) > 0", "element(1, $var) =:= a"),
    *(
        "hd($var) > 1",
        "$test($var) andalso $var > 1",
        "map_size($var) > 0",
        "tuple_size($var) =:= 2",
        "self() =:= $var",
    ),
)
PATTERNS = (
    *("ok", "1", "[]", "{ok, _}", "stop", "[_ | _]", "#{k := _}", "$new", "_", "{$new, $new}", "[$new | $new]"),
    *("#item{price = $new}", "<<$new, _/binary>>", "$var", "{ok, $new} = $new", '"text"', "#{k := $new}"),
)
# How an expression is made of smaller ones: $one is any, $call calls a function of the module, $value is a variable or
# a constant, $pattern a pattern, $new a variable that it binds.
EXPRESSIONS = (
    *("$call", "$call", "$call", "$value", "exit(no)", "error(no)", "throw($value)", "?MODULE:loop($value)"),
    *(
        "[$value, $call]",
        "{ok, $value}",
        "shop:count($value)",
        "timer:sleep(5)",
        "$value + 1",
        "($value)#{k => $value}",
    ),
    *(
        "spawn(fun() -> $one end)",
        "spawn(fun $fun)",
        "spawn_link(?MODULE, loop, [$value])",
        "$value ! (fun() -> $value end)",
    ),
    *("ets:insert(t, {1, fun() -> $value end})", "put(k, fun($new) -> $one end)", "persistent_term:put(k, fun $fun)"),
    *("timer:apply_after(5, erlang, apply, [fun() -> $one end, []])", "gen_server:cast(shop, fun() -> $value end)"),
    *("case $value of $head -> $one; _ -> $one end", "case $call of $head -> $one; $head -> $one end"),
    *("case $one of $head -> $one end", "case {$value, $call} of {$pattern, $pattern} -> $one; _ -> $one end"),
    *("if $guard -> $one; true -> $one end", "if $guard -> $one end", "$new = $value", "$pattern = $value"),
    *("receive $head -> $call; $head -> $call end", "receive $new -> $one, $call; $head -> $call after 9 -> $call end"),
    *("spawn(fun() -> $call end)", "spawn(fun() -> $one, $call end)", "proc_lib:spawn_link(fun $fun)"),
    *("receive {a, $new} -> $one; $new -> $one end", "receive $head -> $one after 10 -> $one end"),
    *("receive after infinity -> $one end", "receive $head -> $one; $head -> $one end"),
    *("try $one catch $pattern -> $one end", "try $one of $head -> $one catch _:_ -> $one end"),
    *("try $one after $one end", "catch $one", "begin $one, $one end", "[$one || $new <- $value]"),
    *(
        "[$one || $pattern <- $one, $value]",
        "<<<<1>> || $new <- $value, $test($var)>>",
        "(fun($new) -> $one end)($value)",
    ),
    *("(fun Again($new) -> receive _ -> Again($new) end end)($value)", "$value andalso $one", "$value orelse $one"),
    *("#item{price = $value}", "($value)#item.price", "($value)#item{count = $call}", "?UNKNOWN", "?TWICE($value)"),
    *(
        "lists:map(fun($new) -> $one end, $value)",
        "lists:foreach(fun $fun, $value)",
        "element(1, $value)",
        "hd($value)",
    ),
    *(
        "$value =:= $value",
        "not $value",
        "is_list($value)",
        "$value ++ $value",
        "length($value)",
        "<<($value)/binary>>",
    ),
    *("maps:get(k, $value)", "erlang:hibernate(?MODULE, loop, [$value])", "apply(?MODULE, loop, [$value])", "fun $fun"),
)
SHORT = ("$call", "$value", "shop:add($value)")
TOP = """-module({module}).
-export([{exports}]).
-record(item, {{price, count = 0}}).
-define(TWICE(X), {{X, X}}).
"""


@dataclass(slots=True)
class Chosen:
    """What is chosen by a seed: the functions with their arities, and the variables that are bound at some place."""

    dice: random.Random
    known: dict[str, int]
    bound: list[str] = field(default_factory=list)
    made: int = 0

    def new(self) -> str:
        self.made += 1
        self.bound.append(f"V{self.made}")
        return f"V{self.made}"


def module_text(module: str, seed: int) -> str:
    """The text of a module."""
    dice = random.Random(seed)
    known = {name: dice.choice((1, 1, 1, 2)) for name in NAMES} | {"loop": 1}
    public = ["start", *(name for name in NAMES if dice.random() < 0.4)]
    exports = ", ".join(f"{name}/{known.get(name, 1)}" for name in public)
    parts = [TOP.format(module=module, exports=exports), _function(dice, known, "start", 1)]
    parts += [_function(dice, known, name, dice.choice((1, 1, 2, 3))) for name in known]
    return "\n".join(parts)


def _function(dice: random.Random, known: dict[str, int], name: str, clauses: int) -> str:
    found = []
    for _ in range(clauses):
        chosen = Chosen(dice, known)
        patterns = [
            _filled(chosen, "$pattern" if dice.random() < 0.4 else "$new", 0) for _ in range(known.get(name, 1))
        ]
        guard = _filled(chosen, "$guard", 0) if dice.random() < 0.3 and chosen.bound else ""
        body = ",\n    ".join(_body(chosen, 2))
        found.append(f"{name}({', '.join(patterns)}){f' when {guard}' if guard else ''} ->\n    {body}")
    return ";\n".join(found) + ".\n"


def _body(chosen: Chosen, depth: int) -> list[str]:
    return [_filled(chosen, "$one", depth) for _ in range(chosen.dice.choice((1, 1, 2, 3)))]


def _filled(chosen: Chosen, text: str, depth: int) -> str:
    """A text with its parts put in. What a clause binds is not there in the next one."""
    outside, done = list(chosen.bound), ""
    while "$" in text:
        before, _, after = text.partition("$")
        if ";" in before or " catch " in before or " after " in before:
            chosen.bound = list(outside)
        word = next(word for word in _WORDS if after.startswith(word))
        done, text = f"{done}{before}{_part(chosen, word, depth)}", after.removeprefix(word)
    return done + text


_WORDS = ("one", "call", "value", "pattern", "new", "var", "guard", "test", "fun", "head")


def _part(chosen: Chosen, word: str, depth: int) -> str:
    dice = chosen.dice
    value = dice.choice(
        (*(chosen.bound or ["a"]), *chosen.bound, "1", "a", "[]", "{ok, 1}", "[1, 2]", "#{k => 1}", "fun() -> 1 end")
    )
    match word:
        case "one":
            before = list(chosen.bound)
            found = _filled(chosen, dice.choice(EXPRESSIONS if depth else SHORT), depth - 1 if depth else 0)
            chosen.bound = before
            return f"({found})" if found.startswith("catch") else found
        case "call" | "fun":
            name, arity = dice.choice([*chosen.known.items()])
            if word == "fun":
                return f"{name}/{arity}"
            return f"{name}({', '.join(_part(chosen, 'value', depth) for _ in range(arity))})"
        case "pattern":
            return _filled(chosen, dice.choice(PATTERNS), depth)
        case "head":
            return _filled(chosen, "$pattern when $guard" if dice.random() < 0.3 else "$pattern", depth)
        case "guard":
            return _filled(chosen, dice.choice(GUARDS), depth)
        case "test":
            return dice.choice(TESTS)
        case "new":
            return chosen.new()
        case "var":
            return dice.choice(chosen.bound or ["a"])
    return value
