"""What each instruction does to the values in registers; names and operands are those of OTP's `beam_opcodes`.

An instruction that is not here is one that may write any register it names (see machine.forget).
"""

from __future__ import annotations

from relupc.analyse import values
from relupc.analyse.machine import X0, Machine, Registers, Step, forget
from relupc.analyse.values import UNKNOWN, result, unknown
from relupc.model.beam import FA, MFA, Operand, Operands
from relupc.model.code import Argument, LocalFun, Part, Test, origin_of
from relupc.model.term import Term, Tuple

# What reads registers, and writes none.
_READ_ONLY = (
    "allocate allocate_heap allocate_zero allocate_heap_zero deallocate test_heap init try_end on_load"
    " remove_message timeout wait wait_timeout loop_rec_end badmatch if_end case_end try_case_end func_info raise"
    " fclearerror fcheckerror jump bs_put_integer bs_put_binary bs_put_float bs_put_string bs_put_utf8 bs_put_utf16"
    " bs_put_utf32 bs_set_position bs_restore2 bs_save2 bs_test_unit bs_test_tail2 bs_skip_bits2 bs_skip_utf8"
    " bs_skip_utf16 bs_skip_utf32 bs_match_string recv_mark recv_set recv_marker_bind recv_marker_clear"
    " recv_marker_use nif_start badrecord executable_line debug_line init_yregs"
)
_TESTS = (
    "is_lt is_ge is_eq is_ne is_eq_exact is_ne_exact is_integer is_float is_number is_atom is_pid is_reference is_port"
    " is_nil is_binary is_list is_nonempty_list is_tuple test_arity is_function is_function2 is_bitstr is_boolean"
    " is_map has_map_fields is_tagged_tuple"
)
# What writes a value that nobody asks about, and which operand names the register.
_WRITES_LAST = (
    "bs_add bs_init2 bs_init_bits bs_append bs_private_append bs_utf8_size bs_utf16_size bs_start_match2"
    " bs_start_match3 bs_start_match4 bs_get_integer2 bs_get_float2 bs_get_binary2 bs_get_utf8 bs_get_utf16"
    " bs_get_utf32 recv_marker_reserve fmove fconv fadd fsub fmul fdiv fnegate"
)
_WRITES = {**dict.fromkeys(_WRITES_LAST.split(), -1), "bs_get_tail": 1, "bs_get_position": 1, "bs_create_bin": 4}
_WRITES |= {"try": 0, "catch": 0, "loop_rec": 1}
_WRITES_X0 = ("catch_end", "bs_init_writable", "build_stacktrace", "raw_raise")


def steps() -> dict[str, Step]:
    """The step of each instruction that is known."""
    found: dict[str, Step] = dict.fromkeys(_READ_ONLY.split(), _nothing)
    found |= {name: _unknown_at(at) for name, at in _WRITES.items()}
    found |= dict.fromkeys(_WRITES_X0, lambda m, _: m.write(X0, UNKNOWN))
    return found | _of_values() | _of_calls()


def _of_values() -> dict[str, Step]:
    return {
        **{name: _test(name) for name in _TESTS.split()},
        **{name: _choose(name) for name in ("select_val", "select_tuple_arity")},
        **{bif: _bif(at) for bif, at in (("bif0", 0), ("bif1", 1), ("bif2", 1))},
        **{f"gc_bif{arity}": _bif(2) for arity in (1, 2, 3)},
        "move": lambda m, args: m.write(args[1], m.read(args[0])),
        "swap": _swap,
        "trim": _trim,
        "return": lambda m, _: m.returns.append(m.read(X0)),
        "put_list": lambda m, args: m.write(args[2], values.cons(m.read(args[0]), m.read(args[1]))),
        "put_tuple2": lambda m, args: m.write(args[0], values.small(Tuple(_all(m, args[1].listed)))),
        "update_record": _update_record,
        "put_map_assoc": _put_map,
        "put_map_exact": _put_map,
        "get_tuple_element": lambda m, args: m.write(args[2], values.element(m.read(args[0]), _number(args[1]))),
        "set_tuple_element": _set_element,
        "get_hd": lambda m, args: m.write(args[1], values.head(m.read(args[0]))),
        "get_tl": lambda m, args: m.write(args[1], values.tail(m.read(args[0]))),
        "get_list": _get_list,
        "get_map_elements": _get_map,
        "make_fun2": lambda m, args: _make_fun(m, _number(args[0]), X0, None),
        "make_fun3": lambda m, args: _make_fun(m, _number(args[0]), args[1], args[2].listed),
        "try_case": _exception,
        "bs_match": lambda m, args: forget(m, args[2:]),
    }


def _of_calls() -> dict[str, Step]:
    return {
        "send": _send,
        "call": _local_call(False),
        "call_last": _local_call(True),
        "call_only": _local_call(True),
        "call_ext": _remote_call(False),
        "call_ext_last": _remote_call(True),
        "call_ext_only": _remote_call(True),
        "apply": _apply(False),
        "apply_last": _apply(True),
        "call_fun": lambda m, args: _call_fun(m, _number(args[0]), Operand("x", _number(args[0]))),
        "call_fun2": lambda m, args: _call_fun(m, _number(args[1]), args[2]),
    }


def _nothing(_: Machine, __: Operands) -> None:
    """What it does is no matter here."""


def _number(operand: Operand) -> int:
    return operand.value if isinstance(operand.value, int) else 0


def _all(machine: Machine, operands: Operands) -> tuple[Term, ...]:
    machine.works(len(operands))
    return tuple(map(machine.read, operands))


def _unknown_at(at: int) -> Step:
    return lambda machine, args: machine.write(args[at], UNKNOWN)


def _test(name: str) -> Step:
    def step(machine: Machine, args: Operands) -> None:
        value = machine.read(args[1])
        if isinstance(origin_of(value), Argument | Part):
            against = [each for given in args[2:] for each in given.listed or (given,)]
            machine.tests.append(Test(name, value, _all(machine, tuple(against))))

    return step


def _choose(name: str) -> Step:
    """`select_val` and the like: one test against many."""

    def step(machine: Machine, args: Operands) -> None:
        value = machine.read(args[0])
        if isinstance(origin_of(value), Argument | Part):
            against = tuple(operand for operand in args[2].listed if operand.kind != "f")
            machine.tests.append(Test(name, value, _all(machine, against)))

    return step


def _swap(machine: Machine, args: Operands) -> None:
    one, other = machine.read(args[0]), machine.read(args[1])
    machine.write(args[0], other)
    machine.write(args[1], one)


def _trim(machine: Machine, args: Operands) -> None:
    """The lowest y registers go away, and the others are counted from 0 again."""
    if machine.here is None or machine.blind:
        return
    gone = _number(args[0])
    moved: Registers = {}
    machine.works(len(machine.here))
    for register, value in machine.here.items():
        number = _number(register)
        if register.kind != "y":
            moved[register] = value
        elif number >= gone:
            moved[Operand("y", number - gone)] = value
    machine.here, machine.shared = moved, False


def _pairs(machine: Machine, operand: Operand) -> tuple[tuple[Term, Term], ...]:
    found = _all(machine, operand.listed)
    return tuple(zip(found[::2], found[1::2], strict=False))


def _put_map(machine: Machine, args: Operands) -> None:
    _, whole, target, _, changes = args
    machine.write(target, values.updated(machine.read(whole), _pairs(machine, changes)))


def _update_record(machine: Machine, args: Operands) -> None:
    """Its list has the numbers of elements, from 1, and what they become."""
    found = args[4].listed
    changes = tuple(zip((_number(one) - 1 for one in found[::2]), _all(machine, found[1::2]), strict=False))
    machine.write(args[3], values.with_elements(machine.read(args[2]), changes))


def _set_element(machine: Machine, args: Operands) -> None:
    change = ((_number(args[2]), machine.read(args[0])),)
    machine.write(args[1], values.with_elements(machine.read(args[1]), change))


def _get_list(machine: Machine, args: Operands) -> None:
    whole = machine.read(args[0])
    machine.write(args[1], values.head(whole))
    machine.write(args[2], values.tail(whole))


def _get_map(machine: Machine, args: Operands) -> None:
    whole, found = machine.read(args[1]), args[2].listed
    keys = _all(machine, found[::2])
    for key, target in zip(keys, found[1::2], strict=False):
        machine.write(target, values.value_at(whole, key))


def _make_fun(machine: Machine, row: int, target: Operand, captures: Operands | None) -> None:
    if row >= len(machine.lambdas):
        machine.write(target, UNKNOWN)
        return
    function, free = machine.lambdas[row]
    held = machine.arguments(free) if captures is None else _all(machine, captures)
    machine.write(target, values.small(unknown(LocalFun(FA(*function), held))))


def _exception(machine: Machine, _: Operands) -> None:
    """Class, reason and stack are in the first three registers, and no others are left."""
    machine.only_stack()
    for number in range(3):
        machine.write(Operand("x", number), UNKNOWN)


def _bif(row_at: int) -> Step:
    """A built-in function that is no call. Its row of imports is operand `row_at`, its result goes to the last one."""

    def step(machine: Machine, args: Operands) -> None:
        row, given = _number(args[row_at]), _all(machine, args[row_at + 1 : -1])
        machine.write(args[-1], result(machine.imports[row], given) if row < len(machine.imports) else UNKNOWN)

    return step


def _send(machine: Machine, _: Operands) -> None:
    """What it returns is the message."""
    message = machine.read(Operand("x", 1))
    machine.called(MFA("erlang", "!", 2), machine.arguments(2), "remote", False)
    machine.write(X0, message)


def _local_call(tail: bool) -> Step:
    def step(machine: Machine, args: Operands) -> None:
        called = machine.entries.get(_number(args[1]))
        if called:
            machine.called(called, machine.arguments(called.arity), "local", tail)
        else:
            machine.only_stack()

    return step


def _remote_call(tail: bool) -> Step:
    def step(machine: Machine, args: Operands) -> None:
        arity, row = _number(args[0]), _number(args[1])
        if row < len(machine.imports) and machine.imports[row].arity == arity:  # else the file is broken
            machine.called(machine.imports[row], machine.arguments(arity), "remote", tail)

    return step


def _apply(tail: bool) -> Step:
    """A call of a module and function that stand in the two registers after the arguments.

    They are never both known here: of such a call the compiler makes one by name.
    """

    def step(machine: Machine, args: Operands) -> None:
        arity = _number(args[0])
        given = machine.arguments(arity)
        module, name = (machine.read(Operand("x", arity + at)) for at in range(2))
        machine.called(MFA("", "", arity), (*given, module, name), "fun", tail)

    return step


def _call_fun(machine: Machine, arity: int, fun: Operand) -> None:
    args = machine.arguments(arity)
    machine.called(MFA("", "", arity), (*args, machine.read(fun)), "fun", False)
