"""Expressions that make a value or take one apart, in a module that is run without running it (running.py)."""

from __future__ import annotations

from relupc.analyse.erl.forks import fun
from relupc.analyse.erl.known import asked_of
from relupc.analyse.erl.running import Run, Way, parts_in, use, value_in
from relupc.analyse.erl.syntax import Expr
from relupc.analyse.erl.takes import are_apart, bound, shaped, surely_differs, takes
from relupc.analyse.erl.witness import (
    ANY,
    ANYTHING,
    DOUBT,
    DOUBTFUL,
    MAP,
    NIL,
    NOTHING,
    Env,
    Values,
    constant,
    listed,
    made,
    of,
    some,
    type_of,
    typed,
)


def tuple_or_list(run: Run, expr: Expr, env: Env) -> Values:
    """A tuple or a list. A variable that is in it twice is only one value."""
    several, names = list[Values](), set[str]()
    for item in expr.parts[0]:
        is_again = item.kind == "var" and item.parts[0] in names
        names |= {item.parts[0]} if item.kind == "var" else set()
        found = value_in(run, item, env)
        several.append(typed(found) if is_again else found)
        if not several[-1]:
            return NOTHING
    if expr.kind == "tuple":
        return made("tuple", several)
    tail = value_in(run, expr.parts[1], env) if expr.parts[1] else (NIL,)
    return listed(several, tail) if tail else NOTHING


def match_(run: Run, expr: Expr, env: Env) -> Values:
    """What a pattern takes; its variables stand for the parts from then on."""
    left, right = expr.parts
    known = right.kind in ("fun", "local_fun")
    found = fun(run, right, env, DOUBT) if right.kind == "fun" else value_in(run, right, env)
    if (right.kind in ("var", "match") or known) and (left.kind == "var" or run.endless is None):
        found = typed(found)  # both have one value; a fun that is called here is known
        use(right, DOUBTFUL, env)
    taken = [value for value in found if takes(left, value, env)]
    if run.endless is not None:
        taken = taken or [value for value in found if not surely_differs(left, value)]
    if left.kind == "var":  # one that has a value already
        types = [type_of(value) for value in env.get(left.parts[0], ())]
        taken = [value for value in taken if not types or not all(are_apart(one, type_of(value)) for one in types)]
    if not taken:
        return NOTHING
    several = [bound(left, value) for value in taken]
    env |= {name: of(*((one[name],) for one in several)) for name in several[0] if name not in env}
    if left.kind == "var":
        if run.endless is not None and env[left.parts[0]] in (ANYTHING, DOUBTFUL):
            env[left.parts[0]] = found
        return found
    whole = of(*((shaped(left, value),) for value in taken))
    use(right, whole, env)
    return DOUBTFUL if run.endless is None else whole


def map_(run: Run, expr: Expr, env: Env) -> Values:
    """A map, or one with something else in it."""
    base, pairs = expr.parts
    before = value_in(run, base, env) if base else (MAP,)
    if base:
        use(base, (MAP,) if before == ANYTHING else before, env)
    known = not base or any(one in (ANY, MAP) or type_of(one) == "map" for one in before)
    return (some("map"),) if known and parts_in(run, pairs, env) else NOTHING


def field(run: Run, expr: Expr, env: Env) -> Values:
    """A field of a map. It is not known which, and the second time it may be the same one."""
    base = expr.parts[0]
    again = any(f".{var.parts[0]}" in env for var in asked_of(base))
    found = value_in(run, base, env)
    use(base, (MAP,), env)
    env |= {f".{var.parts[0]}": DOUBTFUL for var in asked_of(base)}
    if not {ANY, MAP} & {*found}:
        return NOTHING
    return ANYTHING if base.kind == "var" and not again else DOUBTFUL


def record(run: Run, expr: Expr, env: Env) -> Values:
    """A record, of which the fields that are not given are not known."""
    base, name, fields = expr.parts
    if base and not _asks_record(run, base, name, env):
        return NOTHING
    given = tuple(field.parts[1] for field in fields if field.kind == "match")
    return (("built", name),) if parts_in(run, given, env) else NOTHING


def element(run: Run, expr: Expr, env: Env) -> Values:
    """A field of a record, or its number. One that was asked for before may be known."""
    base, record, name = expr.parts
    found = _asks_record(run, base, record, env) if base else DOUBTFUL
    if base and base.kind == "var":
        place = f"{base.parts[0]}#{name}"
        is_new = place not in env and found in (ANYTHING, (("record", record),))
        env[place] = DOUBTFUL
        return ANYTHING if is_new else found and DOUBTFUL
    return found and DOUBTFUL


def _asks_record(run: Run, base: Expr, name: str, env: Env) -> Values:
    """The value of an expression that has to be a record of this name; none where it may be something else."""
    found = value_in(run, base, env)
    if found not in (ANYTHING, (("record", name),), (("built", name),)):
        return NOTHING
    use(base, (("record", name),) if found == ANYTHING else found, env)
    return found


def binary(run: Run, expr: Expr, env: Env) -> Values:
    """Bytes: of what may be any value, or of numbers."""
    for part in expr.parts:
        wanted, inner = ("binary", part.parts[0]) if part.kind == "bytes" else ("number", part)
        found = value_in(run, inner, env)
        strict = run.endless is None and found != ANYTHING
        is_text = inner.kind == "value" and wanted == "number"
        if not is_text and (strict or all(type_of(one) not in (None, wanted) for one in found)):
            return NOTHING
        use(inner, (some(wanted),) if found == ANYTHING else found, env)
    return (some("binary"),)


MAKES: dict[str, Way] = {
    "value": lambda _, expr, __: (constant(expr.parts[0]),),
    "var": lambda _, expr, env: env.get(expr.parts[0], DOUBTFUL),
    "tuple": tuple_or_list,
    "list": tuple_or_list,
    "map": map_,
    "field": field,
    "match": match_,
    "record": record,
    "element": element,
    "binary": binary,
}
