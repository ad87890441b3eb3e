"""The left side of a `=` and a value in, whether they match out; the variables get their values in the Run.

Counterpart: `erl_eval:match/4`, a part of it.
"""

from __future__ import annotations

from typing import Any

from relupc.model.term import List, Map, Str, Term, Tuple, Unknown, as_list
from relupc.read.expression import Expression, Node, variables
from relupc.read.halt import Halt
from relupc.read.operators import listed
from relupc.read.run import Run
from relupc.read.tokens import Block, Token


def match_pattern(pattern: Expression, value: Term, run: Run) -> bool:
    """Whether a value matches; also true where that depends on what is unknown. Halt for a pattern that is too much."""
    if isinstance(value, Unknown):
        run.bind_unknown(variables(pattern))
        return True
    if not isinstance(pattern, Node | Block):
        return _equal(pattern, value, run)
    match pattern:
        case Node("variable"):
            return _variable(pattern.span.text, value, run)
        case Node("a_tuple", (_, *parts, _)):
            return isinstance(value, Tuple) and _each(parts, value.items, run)
        case Node("a_list", (_, *parts, _)):
            return _list(parts, value, run)
        case Node("a_map", (_, _, *pairs, _)):
            return isinstance(value, Map) and all(_pair(pair, value, run) for pair in pairs)
        case Node("operation", (left, Token(value="="), right)):
            return match_pattern(left, value, run) and match_pattern(right, value, run)
        case Node("operation", (left, Token(value="++"), right)) if isinstance(left, List | Str):
            return _starts_with(left, right, value, run)
    raise Halt("relupc does not work out this match")


def _equal(one: Term, other: Term, run: Run) -> bool:
    run.spend(one, other)
    return one == other or not run.known(one, other)


def _variable(name: str, value: Term, run: Run) -> bool:
    if name == "_":
        return True
    if name in run.values and name not in run.given:
        return _equal(run.values[name], value, run)
    run.given.discard(name)
    run.values[name] = value
    return True


def _each(patterns: list[Any], values: tuple[Term, ...], run: Run) -> bool:
    pairs = zip(patterns, values, strict=False)
    return len(patterns) == len(values) and all(match_pattern(pattern, value, run) for pattern, value in pairs)


def _list(parts: list[Any], value: Term, run: Run) -> bool:
    """`[A, B | Rest]`. An Unknown among the elements may stand for several (see evaluate.py), or for none."""
    items = as_list(value)
    if items is None:
        raise Halt("relupc does not work out this match")
    tail = parts[-1] if len(parts) > 2 and isinstance(parts[-2], Token) else None
    heads = parts if tail is None else parts[:-2]
    sure = next((place for place, item in enumerate(items) if isinstance(item, Unknown)), None)
    if sure is not None:
        run.bind_unknown(name for part in parts[sure:] for name in variables(part))
        return _each(heads[:sure], items[: min(sure, len(heads))], run)
    if len(items) < len(heads):
        return False
    if tail is None:
        return _each(heads, items, run)
    return _each(heads, items[: len(heads)], run) and match_pattern(tail, listed(items[len(heads) :]), run)


def _pair(pair: Any, value: Map, run: Run) -> bool:
    """`Key := Pattern`."""
    key, _, pattern = pair.parts if isinstance(pair, Node) else pair
    if isinstance(key, Node | Block) or not run.known(value):
        run.bind_unknown(variables(pattern))
        return True
    run.spend(value)
    found = dict(value.pairs).get(key)
    return found is not None and match_pattern(pattern, found, run)


def _starts_with(start: Term, rest: Expression, value: Term, run: Run) -> bool:
    """`"text" ++ Rest`."""
    items, first = as_list(value), as_list(start)
    if items is None or first is None or not run.known(value):
        raise Halt("relupc does not work out this match")
    run.spend(value)
    return items[: len(first)] == first and match_pattern(rest, listed(items[len(first) :]), run)
