from __future__ import annotations

import pytest

from relupc.analyse.evaluate import Evaluator, result_of
from relupc.analyse.results import APPEND, elixir_spec, known_results
from relupc.analyse.values import UNKNOWN
from relupc.model.beam import MFA
from relupc.model.code import Result, origin_of
from relupc.model.layout import flat
from relupc.model.term import Atom, List, Term, Tuple, as_list
from relupc.read.file import Unreadable
from relupc.read.text import read_text
from tests.modules import module

CART = "child_spec(Arg) -> #{id => cart, start => {'Elixir.Cart', start_link, [Arg]}}."
TILL = "'__struct__'() -> #{'__struct__' => 'Elixir.Till', sum => 0, last => nil}."
BUILD = {"Elixir.Cart": module(CART, "'Elixir.Cart'"), "Elixir.Till": module(TILL, "'Elixir.Till'")}
EV = Evaluator(BUILD, lambda _: False, known_results())


def term(text: str) -> Term:
    read = read_text(f"{text}.", "args")
    assert not isinstance(read, Unreadable)
    return read


@pytest.mark.parametrize(
    ("module_name", "name", "args", "found"),
    [
        ("erlang", "++", "[[a], [b, c]]", "[a,b,c]"),
        ("lists", "append", "[[a], [b]]", "[a,b]"),
        ("lists", "append", "[[[a], [b], [c]]]", "[a,b,c]"),
        ("Elixir.Enum", "concat", "[[a], []]", "[a]"),
        ("lists", "flatten", "[[[a, b], c, []]]", "[a,b,c]"),
        ("maps", "put", "[id, b, #{id => a}]", "#{id => b}"),
        ("Elixir.Map", "put", "[#{id => a}, type, worker]", "#{id => a,type => worker}"),
        ("maps", "merge", "[#{id => a}, #{id => b}]", "#{id => b}"),
        ("Elixir.Kernel", "struct", "['Elixir.Till']", "#{'__struct__' => 'Elixir.Till',last => nil,sum => 0}"),
        *(
            ("Elixir.Kernel", name, f"[{base}, {given}]", "#{'__struct__' => 'Elixir.Till',last => nil,sum => 1}")
            for name in ("struct", "struct!")
            for base in ("'Elixir.Till'", "#{'__struct__' => 'Elixir.Till', sum => 2, last => nil}")
            for given in ("[{sum, 1}]", "[{other, 2}, {sum, 1}]", "#{sum => 1, '__struct__' => x}")
        ),
        ("Elixir.Supervisor", "child_spec", "[#{id => a}, [{id, b}]]", "#{id => b}"),
        (
            "Elixir.Supervisor",
            "child_spec",
            "['Elixir.Cart', [{id, b}]]",
            "#{id => b,start => {'Elixir.Cart',start_link,[[]]}}",
        ),
        (
            "Elixir.Supervisor.Spec",
            "worker",
            "[cart, [1]]",
            "{cart,{cart,start_link,[1]},permanent,infinity,worker,[cart]}",
        ),
    ],
)
def test_known(module_name: str, name: str, args: str, found: str) -> None:
    given = as_list(term(args))
    assert given is not None
    assert flat(result_of(EV, MFA(module_name, name, len(given)), given)) == found


@pytest.mark.parametrize(
    ("module_name", "name", "args"),
    [
        ("lists", "flatten", "[a]"),
        ("maps", "put", "[id, b, c]"),
        ("Elixir.Supervisor", "child_spec", "[#{id => a}, b]"),
        ("Elixir.Supervisor.Spec", "worker", "[cart, [1], [{id, b}]]"),
    ],
)
def test_what_is_not_known_stays_a_call(module_name: str, name: str, args: str) -> None:
    given = as_list(term(args)) or ()
    called = MFA(module_name, name, len(given))
    assert origin_of(result_of(EV, called, given)) == Result(called, given)


def test_a_struct_with_fields_that_are_not_known() -> None:
    called = MFA("Elixir.Kernel", "struct", 2)
    assert (
        flat(result_of(EV, called, (Atom("Elixir.Till"), UNKNOWN)))
        == "#{'__struct__' => 'Elixir.Till',last => _,sum => _}"
    )
    assert origin_of(result_of(EV, called, (UNKNOWN, List(())))) == Result(called, (UNKNOWN, List(())))


def test_a_list_whose_end_is_not_known() -> None:
    cart = Atom("cart")
    assert result_of(EV, APPEND, (List((cart,)), UNKNOWN)) == List((cart,), UNKNOWN)
    assert origin_of(result_of(EV, APPEND, (UNKNOWN, List((cart,))))) == Result(APPEND, (UNKNOWN, List((cart,))))


def test_a_module_and_its_argument_stand_for_its_specification() -> None:
    pair = Tuple((Atom("Elixir.Cart"), Atom("small")))
    assert flat(elixir_spec(EV, pair)) == "#{id => cart,start => {'Elixir.Cart',start_link,[small]}}"
    stranger = Atom("Elixir.Stranger")
    assert elixir_spec(EV, stranger) == stranger
