"""The expressions of a script in, their values out; Unknown, and a note (T004), for what relupc does not work out.

Counterpart: `erl_eval:expr/3`, a part of it. Nothing is run: what is worked out are constants, matches, operators and
the functions of functions.py. What a script makes is bounded, in size and in work.

In a list that is made of a known and an unknown part, one Unknown stands for all elements of the latter.
"""

from __future__ import annotations

from typing import Any

from relupc.model.codes import T001
from relupc.model.source import Span
from relupc.model.term import Atom, List, Map, Str, Term, Tuple, Unknown
from relupc.model.value import replace
from relupc.read import build
from relupc.read.bits import Segment
from relupc.read.expression import Expression, Node, variables
from relupc.read.functions import known
from relupc.read.halt import FAILS, Halt
from relupc.read.literals import Odd
from relupc.read.operators import binary, boolean, joined, truth, unary
from relupc.read.patterns import match_pattern
from relupc.read.run import WRONG, Run
from relupc.read.tokens import Block

MAX_NESTED = 100  # expressions in each other: one takes up to six calls of the thousand that Python has
MAX_TEXT = 1000  # characters of an Unknown
_TOO_DEEP = "nested deeper than relupc follows"


def evaluate(expression: Expression, run: Run) -> Term:
    """The value of an expression; every part of it has a span. The variables that it binds get into `run`."""
    if not isinstance(expression, Node | Block):
        return expression
    try:
        if expression.depth > MAX_NESTED:
            raise Halt(_TOO_DEEP)
        value = _block(expression, run) if isinstance(expression, Block) else _value(expression, run)
        return run.bounded(_placed(value, expression.span))
    except Halt as halt:
        run.note(_mark(expression), halt.label)
        return _unknown(expression, run)


def _block(block: Block, run: Run) -> Term:
    if block.body is None:
        raise Halt(f"relupc does not run `{block.title}`")
    return [evaluate(expression, run) for expression in block.body][-1]


def _value(node: Node, run: Run) -> Term:
    match node.rule:
        case "variable":
            return _variable(node, run)
        case "operation":
            return _operation(node, run)
        case "sign" | "bit_sign":
            operand = evaluate(node.parts[1], run)
            return unary(node.parts[0].span.text, operand) if run.known(operand) else _unknown(node, run)
        case "call":
            return _call(node, run)
        case "update":
            return _update(node, run)
        case "catching":
            return evaluate(node.parts[1], run)
        case "a_list" | "a_tuple" | "a_map" | "a_binary":
            made = _made(node, run)
            if isinstance(made, Odd):
                run.note(made.span, made.label, WRONG if made.code is T001 else None)
                return _unknown(node, run)
            term: Term = made
            if isinstance(term, List) and isinstance(term.tail, Unknown):
                return List((*term.items, term.tail), None, term.span)
            return term
    raise Halt(f"relupc does not run `{_text(node.span)}`")


def _made(node: Node, run: Run) -> Any:
    """A list, a tuple, a map, a binary, or a piece of the last two: what build.py makes of the values of the parts."""
    parts = [_part(part, run) for part in node.parts]
    value = parts[0]
    if node.rule == "segment" and isinstance(node.parts[0], Node | Block) and isinstance(value, Str | List):
        raise Halt  # only a literal string may stand there
    if any(isinstance(p, Segment) and not run.known(p.value, p.size or p.value) for p in parts):
        return _unknown(node, run)
    return getattr(build, node.rule)(parts)


def _part(part: Any, run: Run) -> Any:
    if isinstance(part, Node) and part.rule in ("pair", "size", "segment"):
        return _made(part, run)
    return evaluate(part, run) if isinstance(part, Node | Block) else part


def _variable(node: Node, run: Run) -> Term:
    name = node.span.text
    if name not in run.values:
        advice = None if name == "_" else f"bind it with `{name} = ...`; an atom is written in quotes: `'{name}'`"
        run.note(node.span, f"relupc knows no value of `{name}`", advice)
        return _unknown(node, run)
    run.moved |= run.values[name].span is not None
    return run.values[name]


def _operation(node: Node, run: Run) -> Term:
    left, token, right = node.parts
    sign = token.span.text
    run.moved = True
    if sign == "=":
        value = evaluate(right, run)
        if not match_pattern(left, value, run):
            raise Halt(f"no match: {FAILS}")
        return value
    first = evaluate(left, run)
    if sign in ("andalso", "orelse"):
        if not run.known(first):
            return _unknown(node, run)
        decided = boolean(first) == (sign == "orelse")
        return truth(sign == "orelse") if decided else evaluate(right, run)
    second = evaluate(right, run)
    if sign == "++":
        return _joined(first, second, node, run)
    if not run.known(first, second):
        return _unknown(node, run)
    run.spend(first, second)
    return binary(sign, first, second)


def _joined(first: Term, second: Term, node: Node, run: Run) -> Term:
    """`First ++ Second`, also where one of them is unknown and the other a list that is no text."""
    run.spend(first, second)
    if isinstance(first, List) and first.items and first.tail is None and isinstance(second, Unknown):
        return List((*first.items, second))
    if isinstance(first, Unknown) and isinstance(second, List) and second.items:
        return List((first, *second.items), second.tail)
    if isinstance(first, Unknown) or isinstance(second, Unknown):
        return _unknown(node, run)
    return joined(first, second)


def _call(node: Node, run: Run) -> Term:
    callee, _, *arguments, _ = node.parts
    arguments = [argument for argument in arguments if argument is not None]
    module, name = _name(callee)
    function = known(module, name, len(arguments))
    if function is None:
        raise Halt(f"relupc does not run `{_text(callee.span)}/{len(arguments)}`")
    run.moved = True
    values = [evaluate(argument, run) for argument in arguments]
    if (module, name, len(values)) == ("lists", "append", 2):
        return _joined(values[0], values[1], node, run)
    if not run.known(*values):
        return _unknown(node, run)
    run.spend(*values)
    return function(*values)


def _name(callee: Any) -> tuple[str, str]:
    """Module and name of a function; one that is called without a module is a built-in one, or none."""
    match callee:
        case Atom(name):
            return "erlang", name
        case Node("qualified", (Atom(module), _, Atom(name))):
            return module, name
    return "", ""


def _update(node: Node, run: Run) -> Term:
    """`Map#{Key => Value, Key := Value}`."""
    base, changes = evaluate(node.parts[0], run), node.parts[1]
    run.moved = True
    if isinstance(changes, Map):
        pairs = [(key, "=>", value) for key, value in changes.pairs]
    else:
        made = [_made(p, run) if isinstance(p, Node) else p for p in changes.parts[2:-1]]
        pairs = [(pair.key, pair.sign.span.text, pair.value) for pair in made]
    if not run.known(base, *(key for key, _, _ in pairs)):
        return _unknown(node, run)
    if not isinstance(base, Map):
        raise Halt
    run.spend(base)
    found = {key: (key, value) for key, value in base.pairs}
    for key, sign, value in pairs:
        if sign == ":=" and key not in found:
            raise Halt
        found[key] = (key, value)
    return Map(tuple(found.values()))


def _placed(term: Term, span: Span) -> Term:
    """The term with this span wherever it has none."""
    if isinstance(term, Tuple | List) and any(item.span is None for item in term.items):
        term = replace(term, items=tuple(_placed(item, span) for item in term.items))
    elif isinstance(term, Map) and any(part.span is None for pair in term.pairs for part in pair):
        term = replace(term, pairs=tuple((_placed(key, span), _placed(item, span)) for key, item in term.pairs))
    return term if term.span else replace(term, span=span)


def _unknown(expression: Node | Block, run: Run) -> Unknown:
    """No value for an expression, nor for the variables that it may bind."""
    run.bind_unknown(variables(expression))
    return Unknown(_text(expression.span), expression.span)


def _text(span: Span) -> str:
    return " ".join(span.text[:MAX_TEXT].split())


def _mark(expression: Node | Block) -> Span:
    """Where to point: a keyword, an operator, the name of a function, else the whole."""
    if isinstance(expression, Block):
        return expression.mark
    place = {"operation": 1, "call": 0, "sign": 0}.get(expression.rule)
    span: Span = expression.span if place is None else expression.parts[place].span
    return span
