"""A function of which the compiler knows the types, and values that it is given -> what it may give back.

They are those of `erlang`, `lists`, `maps` and `math` in beam_call_types, of any OTP from 23 to 28; what others take
and give is not known to the compiler. Where an argument is of another type than is asked for, there is no way on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from relupc.analyse.erl.witness import ANY, BOOL, COUNT, DOUBT, FOUND, NIL, NUMBER, Values, some, type_of, whole
from relupc.model.beam import MFA

# By the type of the result: functions with a letter for the type of each argument, `_` for any; `c` is a list
# that is not empty.
_ERLANG = {
    "count": """
        length/l tuple_size/t map_size/m byte_size/b bit_size/b size/? iolist_size/? iolist_size/l
    """,
    "number": """
        abs/n round/n trunc/n ceil/n floor/n float/n bnot/n + - * / div/nn rem/nn band/nn bor/nn bxor/nn
        bsl/nn bsr/nn monotonic_time/ monotonic_time/_ system_time/ system_time/_ unique_integer/
        unique_integer/_ phash2/_ phash2/_n convert_time_unit/n__
    """,
    "list": """
        tl/c ++/l_ --/ll nodes/ nodes/_ processes/ atom_to_list/a integer_to_list/n integer_to_list/nn
        float_to_list/n binary_to_list/b bitstring_to_list/b pid_to_list/p tuple_to_list/t port_to_list/?
        ref_to_list/? registered/
    """,
    "binary": """
        list_to_binary/l iolist_to_binary/? term_to_binary/_ term_to_binary/__ atom_to_binary/a
        atom_to_binary/a_ integer_to_binary/n float_to_binary/n list_to_bitstring/l
    """,
    "atom": """
        node/ node/? list_to_atom/l list_to_existing_atom/l binary_to_atom/b binary_to_atom/b_
        binary_to_existing_atom/b
    """,
    "tuple": """
        now/ date/ time/ localtime/ timestamp/ setelement/nt_ list_to_tuple/l
    """,
    "pid": """
        self/ spawn/0 spawn/___ spawn_link/0 spawn_link/___ spawn/_0 spawn_link/_0 spawn/____
        spawn_link/____ spawn_opt/0_ spawn_opt/____ list_to_pid/l
    """,
    "reference": """
        make_ref/ monitor/__ alias/ alias/_ send_after/___ start_timer/___
    """,
    "bool": """
        is_atom/_ is_binary/_ is_bitstring/_ is_boolean/_ is_float/_ is_integer/_ is_list/_ is_map/_
        is_number/_ is_pid/_ is_port/_ is_reference/_ is_tuple/_ is_function/_ is_map_key/_m not/o and/oo
        or/oo xor/oo
    """,
    "any": """
        element/nt hd/c map_get/_m binary_to_term/b binary_to_term/b_ list_to_integer/l list_to_float/l
        max/__ min/__ binary_to_integer/b split_binary/bn binary_part/bnn spawn_monitor/0 spawn_monitor/___
        spawn_request/0
    """,
}
_LISTS = {
    "list": """
        map/1l filter/1l reverse/l reverse/ll append/ll append/l sort/l sort/2l usort/l usort/2l keysort/nl
        flatten/l concat/l delete/_l keydelete/_nl keystore/_nl_ keyreplace/_nl_ keymap/1nl zip/ll seq/nn
        nthtail/nl sublist/ln sublist/lnn flatmap/1l filtermap/1l merge/l merge/ll ukeysort/nl duplicate/n_
        subtract/ll umerge/ll dropwhile/1l takewhile/1l zipwith/2ll
    """,
    "bool": """
        member/_l any/1l all/1l keymember/_nl prefix/ll suffix/ll
    """,
    "found": """
        keyfind/_nl
    """,
    "number": """
        sum/l
    """,
    "any": """
        foreach/1l foldl/2_l foldr/2_l last/c nth/nl max/c min/c mapfoldl/2_l partition/1l split/nl
        splitwith/1l unzip/l keytake/_nl keysearch/_nl search/1l mapfoldr/2_l unzip3/l
    """,
}
_MAPS = {
    "map": """
        put/__m new/ remove/_m from_list/l merge/mm filter/2m map/2m with/lm without/lm update/__m
        iterator/m
    """,
    "list": """
        keys/m values/m to_list/m
    """,
    "bool": """
        is_key/_m
    """,
    "count": """
        size/m
    """,
    "any": """
        get/_m get/_m_ find/_m fold/3_m take/_m
    """,
}
_MATH = {
    "number": """
        sqrt/n pow/nn log/n exp/n sin/n cos/n ceil/n floor/n fmod/nn log2/n log10/n
    """,
}
_TABLES = {"erlang": _ERLANG, "lists": _LISTS, "maps": _MAPS, "math": _MATH}
_UNTYPED = """
alias apply bump_reductions cancel_timer check_process_code date delete_module demonitor display erase exit fun_info
function_exported garbage_collect get get_cookie get_keys group_leader halt hash is_alive is_builtin is_process_alive
link load_module loaded memory module_loaded monitor_node open_port port_call port_close port_command port_connect
port_control port_info ports pre_loaded process_display process_flag process_info purge_module put read_timer register
registered resume_process send send_nosuspend set_cookie statistics suspend_process system_flag system_info
system_monitor system_profile trace trace_info trace_pattern unlink unregister whereis yield unalias dist_ctrl_get_data
set_internal_state get_module_info start_timer send_after disconnect_node crc32 adler32 md5 pid
"""
_LETTERS = {
    "l": "list",
    "c": "list",
    "t": "tuple",
    "m": "map",
    "b": "binary",
    "n": "number",
    "a": "atom",
    "p": "pid",
    "o": "bool",
}
_LETTERS |= {str(arity): f"fun{arity}" for arity in range(4)}


# Elixir calls functions for these that the Erlang compiler knows.
ELIXIR = {
    *("Elixir.Atom", "Elixir.Bitwise", "Elixir.Float", "Elixir.Function", "Elixir.IO", "Elixir.Integer", "Elixir.List"),
    *("Elixir.Map", "Elixir.Node", "Elixir.Port", "Elixir.Process", "Elixir.String", "Elixir.System", "Elixir.Tuple"),
}


def knows(module: str) -> bool:
    """Whether the compiler may know what functions of a module take and give."""
    return module in _TABLES


def given_back(called: MFA, args: Sequence[Values]) -> Values:
    """The values that a call surely may give back; none where it may have none."""
    if called.module == "erlang" and called.name in _UNTYPED.split():
        return (ANY,)
    found = _signatures(called.module).get(called[1:])
    if found is None:
        return (DOUBT,)
    types, result = found
    if any(map(_is_wrong, types, args)):
        return ()
    if called[1:] == ("hd", 1) and all(value[0] == "cons" for value in args[0]):
        return tuple(dict.fromkeys(value[1] for value in args[0]))
    free = all(one == (ANY,) for one in args)
    if called.module in ("lists", "maps"):  # what is in a list is not followed, but that it is empty, or written out
        free = not any(value[0] in ("is", "nil", "cons") for one in args[-1:] for value in one)
        free = free and not any(some("map") in one for one in args)
        if result == "list" and any((type_of(value) or "").startswith("fun") for value in args[0]):
            return (some("list"),)  # of what the fun gives
    match result:
        case "count":
            return (COUNT,) if free else (NUMBER,)
        case "number":
            return (NUMBER,)
        case "bool":
            return (BOOL,) if free and args else (some("atom"),)
        case "found":
            return (FOUND,) if free else (DOUBT,)
        case "list" | "map" | "binary" | "atom" | "tuple":
            return (whole(result),) if free and args else (some(result),)
        case "any":
            return (ANY,) if free else (DOUBT,)
    return (some(result),)


def asked_for(called: MFA, at: int, value: Values) -> Values:
    """What an argument is known to be after the call."""
    found = _signatures(called.module).get(called[1:])
    letter = found[0][at] if found else "_" if called.name in _UNTYPED.split() else "?"
    if letter == "_" or (value != (ANY,) and letter in _LETTERS):
        return value
    return (some(_LETTERS[letter]),) if letter in _LETTERS else (DOUBT,)


@cache
def _signatures(module: str) -> dict[tuple[str, int], tuple[str, str]]:
    """By name and arity: a letter for each argument, and the result."""
    return {key: found for result, text in _TABLES[module].items() for key, found in _read(result, text)}


def _read(result: str, text: str) -> Iterator[tuple[tuple[str, int], tuple[str, str]]]:
    for one in text.split():
        name, slash, types = one.rpartition("/")
        if name and slash:
            yield (name, len(types)), (types, result)


def _is_wrong(letter: str, values: Values) -> bool:
    """Whether no value is of the type that is asked for."""
    wanted = _LETTERS.get(letter)
    return wanted is not None and all(
        type_of(value) not in (None, wanted, wanted.rstrip("0123")) or (letter == "c" and value == NIL)
        for value in values
    )
