"""Random small modules of Erlang, and the OTP that runs them."""

from __future__ import annotations

import base64
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from relupc.beam import read_etf
from relupc.model.term import Bin, Term, Tuple, as_list

JUDGE = Path(__file__).parent / "judge.escript"
HEAD = "-module(shop_random).\n-export([f0/2, f1/2, f2/2]).\n-record(item, {price, count = 0, tax}).\n"
HELPERS = "id(X) -> X.\nlast([X]) -> X;\nlast([_ | T]) -> last(T);\nlast(X) -> X.\n"
CONSTANTS = ("1", "two", "{3, four}", "[5, 6]", "[]", "#{a => 7}", '"ab"', "<<1, 2>>", "#item{price = 8}", "9.5")
PATTERNS = (
    *("two", "1", "{A}", "{A, B}", "[A | B]", "[A, B]"),
    *("#{a := A}", "#item{price = A, tax = B}", "<<A, B/binary>>"),
)


@dataclass(slots=True)
class Names:
    """The variables at hand, and how many there were."""

    known: list[str]
    made: int = 0

    def new(self) -> str:
        self.made += 1
        return f"V{self.made}"


@st.composite
def modules(draw: st.DrawFn) -> str:
    """The text of a module of three functions. They often fail, but what they return is no call."""
    functions = []
    for number in range(3):
        names = Names(["X", "Y"])
        body = [_step(draw, names) for _ in range(draw(st.integers(1, 6)))]
        lines = [*body, f"{{done, {_value(draw, names)}}}"]
        functions.append(f"f{number}(X, Y) ->\n    " + ",\n    ".join(lines) + ".\n")
    return HEAD + "".join(functions) + HELPERS


def _step(draw: st.DrawFn, names: Names) -> str:
    expression = _expression(draw, names, 3)
    name = names.new()
    names.known.append(name)
    return f"{name} = {expression}"


def _value(draw: st.DrawFn, names: Names) -> str:
    return draw(st.sampled_from([*names.known, *names.known, *CONSTANTS]))


# How an expression is made of smaller ones: $one is any, $value a variable or a constant, $new a variable of its own.
EXPRESSIONS = (
    "{$one, $one}",
    "[$one | $one]",
    "#{a => $one, $value => $one}",
    "($value)#{a => $one}",
    "($value)#item{price = $one, tax = $one}",
    "element($number, $one)",
    "setelement($number, $one, $one)",
    "id($one)",
    "(fun($new) -> {$new, $value} end)($one)",
    "try $one of $new -> {$new, $one} catch _:$newW -> {$newW, $one} end",
    "case catch $one of {'EXIT', _} -> $one; $new -> $new end",
    "begin self() ! $one, receive $new -> $new after 0 -> $one end end",
    "[$new || $new <- $one, $new =/= $value]",
    "hd($one)",
    "tl($one)",
    "maps:get(a, $one, $one)",
    "<<($value)/binary, $number>>",
)
HOLE = re.compile(r"\$(one|value|number|new)")


def _expression(draw: st.DrawFn, names: Names, depth: int) -> str:
    if depth == 0 or draw(st.integers(0, 5)) == 0:
        return _value(draw, names)
    if draw(st.integers(0, 8)) == 0:
        return _case(draw, names, depth)
    new = names.new()
    fill: dict[str, Callable[[], str]] = {
        "one": lambda: _expression(draw, names, depth - 1),
        "value": lambda: _value(draw, names),
        "number": lambda: str(draw(st.integers(1, 3))),
        "new": lambda: new,
    }
    return HOLE.sub(lambda hole: fill[hole[1]](), draw(st.sampled_from(EXPRESSIONS)))


def _case(draw: st.DrawFn, names: Names, depth: int) -> str:
    """Each clause binds names of its own."""
    clauses = []
    for pattern in draw(st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=3, unique=True)):
        inside = Names(list(names.known), names.made)
        a, b = f"A{names.new()}", f"B{names.new()}"
        inside.known += [name for name, short in ((a, "A"), (b, "B")) if short in pattern]
        inside.made = names.made
        body = _expression(draw, inside, depth - 1)
        names.made = inside.made
        clauses.append(f"{pattern.replace('A', a).replace('B', b)} -> {body}")
    if draw(st.booleans()):
        clauses.append(f"_ -> {_value(draw, names)}")
    return f"case {_value(draw, names)} of {'; '.join(clauses)} end"


@dataclass(frozen=True, slots=True)
class Judge:
    """An OTP that compiles and runs modules."""

    process: subprocess.Popen[bytes]

    def ask(self, text: str) -> tuple[bytes, list[tuple[Term, ...]], list[tuple[Term, ...]]]:
        """The module compiled, lists of arguments, and for each function what it returns with them."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(base64.b64encode(text.encode()) + b"\n")
        self.process.stdin.flush()
        answer = read_etf(base64.b64decode(self.process.stdout.readline()))
        assert isinstance(answer, Tuple)
        beam, given, results = answer.items
        assert isinstance(beam, Bin)
        return beam.data, _lists(given), _lists(results)


def _lists(given: Term) -> list[tuple[Term, ...]]:
    return [as_list(each) or () for each in as_list(given) or ()]


@contextmanager
def judge(escript: str) -> Iterator[Judge]:
    """Start it, and end it."""
    with subprocess.Popen([escript, str(JUDGE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Judge(process)
        assert process.stdin
        process.stdin.close()
