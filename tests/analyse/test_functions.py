"""What the functions of a compiled module do."""

from __future__ import annotations

from dataclasses import replace

from relupc.analyse import functions_of, module_of
from relupc.beam import open_code
from relupc.model.beam import FA, MFA, Body, OpenCode, Outline
from relupc.model.code import Argument, Function, Module, Part, local_funs, origin_of
from relupc.model.codes import T014
from relupc.model.diagnostic import Diagnostic
from relupc.model.term import Atom, List, Tuple
from tests.beam.assemble import cart

CART = cart()


def read() -> tuple[Module, OpenCode]:
    code = open_code(CART)
    assert isinstance(code, OpenCode)
    return module_of(CART, lambda: code, "shop"), code


def test_a_module() -> None:
    module, _ = read()
    assert (module.name, module.app, module.md5, module.path) == ("shop_cart", "shop", CART.md5, CART.path)
    assert module.behaviours == ("gen_server",)
    assert [module.sizes(tag) for tag in ("item", "state", "names", "price")] == [{4}, {4}, {5}, frozenset()]
    assert module.decoded
    assert module.on_load is None
    assert FA("init", 1) in module.functions
    assert FA("module_info", 0) not in module.functions


def test_without_its_code() -> None:
    module = module_of(CART, None, "shop")
    assert not module.decoded
    assert (module.functions, module.sizes("item"), module.exports) == ({}, frozenset(), CART.exports)


def test_calls() -> None:
    functions = read()[0].functions
    start = functions[FA("start_link", 1)]
    [call] = start.calls
    assert (call.called, call.kind, call.tail) == (MFA("gen_server", "start_link", 4), "remote", True)
    name, module, *_ = call.args
    assert isinstance(name, Tuple)
    assert (name.items[0], origin_of(name.items[1]), module) == (Atom("local"), Argument(0), Atom("shop_cart"))
    assert start.place is not None
    assert start.place.file.endswith("shop_cart.erl")
    [loop] = [call for call in functions[FA("listen", 1)].calls if call.kind == "local"]
    assert (loop.called.local, loop.tail) == (FA("listen", 1), True)
    assert isinstance(loop.args[0], List)
    [each] = [call for call in functions[FA("each", 2)].calls if call.called == MFA("lists", "map", 2)]
    [fun] = local_funs(each.args[0])
    assert fun.function == FA("-each/2-fun-0-", 2)
    assert list(map(origin_of, fun.captures)) == [Argument(0)]


def test_returns_tests_and_waits() -> None:
    functions = read()[0].functions
    [init] = functions[FA("init", 1)].returns
    assert isinstance(init, Tuple)
    assert init.items[0] == Atom("ok")
    [kept] = functions[FA("code_change", 3)].returns
    assert isinstance(kept, Tuple)
    assert origin_of(kept.items[1]) == Argument(1)
    asked = [test.name for test in functions[FA("handle_call", 3)].tests]
    assert "is_tagged_tuple" in asked
    assert any(isinstance(origin_of(test.value), Argument | Part) for test in functions[FA("handle_call", 3)].tests)
    [wait] = functions[FA("listen", 1)].waits
    assert wait.timed
    assert functions[FA("rounded", 1)].catches
    assert not functions[FA("label", 1)].catches


def test_what_the_compiler_wrote_twice_is_there_once() -> None:
    _, code = read()

    def twice(outline: Outline) -> Body | Diagnostic:
        body = code.body(outline)
        assert isinstance(body, Body)
        return body._replace(instructions=body.instructions * 2)

    doubled = functions_of(CART, replace(code, body=twice))
    assert len(doubled[FA("listen", 1)].calls) == len(read()[0].functions[FA("listen", 1)].calls)


def test_a_function_that_cannot_be_read_is_known_to_be_there() -> None:
    _, code = read()
    damaged = functions_of(CART, replace(code, body=lambda _: T014.at(None, "damaged")))
    assert damaged[FA("listen", 1)] == Function("listen", 1, None, (), ())


def test_what_functions_name() -> None:
    module, _ = read()
    assert module.acts is not None
    for fa, function in module.functions.items():
        acts = module.acts[fa]
        assert {call.called for call in function.calls if call.kind != "fun"} <= acts.calls
        assert bool(function.waits) == bool(acts.marks & {"wait", "wait_timeout"})
