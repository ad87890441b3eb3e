"""Calls in Elixir, and what looks like one: `if`, `case`, `receive`, `&name/1` and so on -> expressions."""

from __future__ import annotations

from typing import Any

from relupc.analyse.erl.syntax import Clause, Expr, NotReadError
from relupc.analyse.ex.nodes import Arm, Node, node
from relupc.analyse.ex.translate import KERNEL, MAX_ARMS, OPAQUE, Names, Scope, arm_of, arms_of, body_of, expr
from relupc.model.beam import FA
from relupc.model.term import Atom, Int


def _dot(scope: Scope, one: Node, names: Names) -> Expr:
    """`a.b`."""
    left, name = one.parts
    if left.kind in ("alias", "value"):
        return _remote(scope, left, name, (), one.line, names)
    return Expr("field", one.line, (expr(scope, left, names),))


def _called(scope: Scope, one: Node, names: Names) -> Expr:
    callee, args, sections = one.parts
    if callee.kind == "word":
        return _local(scope, callee.parts[0], args, sections, one.line, names)
    if sections:
        raise NotReadError
    if callee.kind == "dot":
        return _remote(scope, callee.parts[0], callee.parts[1], args, one.line, names)
    given = tuple(expr(scope, arg, names) for arg in args)
    return Expr("call", one.line, (expr(scope, callee, names), given))


def _piped(scope: Scope, one: Node, names: Names) -> Expr:
    """`left |> right`."""
    _, left, right = one.parts
    if right.kind in ("word", "dot"):
        return _called(scope, node("call", right.line, right, (left,), ()), names)
    if right.kind != "call" or right.parts[0].kind not in ("word", "dot"):
        raise NotReadError
    callee, args, sections = right.parts
    return _called(scope, node("call", right.line, callee, (left, *args), sections), names)


def _remote(scope: Scope, left: Node, name: str, args: tuple[Node, ...], line: int, names: Names) -> Expr:
    module = expr(scope, left, names)
    if module.kind == "value" and isinstance(module.parts[0], Atom):
        target = module.parts[0].name
        if target in scope.macros or target in ("Elixir.Kernel", "Elixir.Kernel.SpecialForms"):
            raise NotReadError
    given = tuple(expr(scope, arg, names) for arg in args)
    return Expr("call", line, (Expr("remote", line, (module, Expr("value", line, (Atom(name),)))), given))


def _local(scope: Scope, name: str, args: tuple[Node, ...], sections: Any, line: int, names: Names) -> Expr:
    form = _FORMS.get(name)
    if form and sections:
        return form(scope, args, {key: (arms, body) for key, arms, body in sections}, line, names)
    if sections:
        raise NotReadError
    given = tuple(expr(scope, arg, names) for arg in args)
    if FA(name, len(args)) in scope.defined:
        return Expr("call", line, (Expr("value", line, (Atom(name),)), given))
    spelled = f"{name}/{len(args)}"
    if spelled in KERNEL or (name == "raise" and args):
        return _erlang("error" if name == "raise" else name, given[:1] if name == "raise" else given, line)
    if spelled in OPAQUE:
        return Expr("opaque", line, given)
    raise NotReadError


def _erlang(name: str, given: tuple[Expr, ...], line: int) -> Expr:
    callee = Expr("remote", line, (Expr("value", line, (Atom("erlang"),)), Expr("value", line, (Atom(name),))))
    return Expr("call", line, (callee, given))


def _only(sections: dict[str, Any], *keys: str) -> None:
    if "do" not in sections or not sections.keys() <= set(keys):
        raise NotReadError


def _any(line: int) -> tuple[Expr, ...]:
    return (Expr("var", line, ("_",)),)


def _unless(scope: Scope, args: tuple[Node, ...], sections: dict[str, Any], line: int, names: Names) -> Expr:
    of, (way, other) = _if(scope, args, sections, line, names).parts
    return Expr("case", line, (of, (other, way)))


def _if(scope: Scope, args: tuple[Node, ...], sections: dict[str, Any], line: int, names: Names) -> Expr:
    _only(sections, "do", "else")
    if len(args) != 1 or any(arms for arms, _ in sections.values()):
        raise NotReadError
    of = expr(scope, args[0], names)
    ways = [body_of(scope, sections.get(key, ((), ()))[1], scope.inside(names)) for key in ("do", "else")]
    return Expr("case", line, (of, tuple(Clause(_any(line), (), way, line) for way in ways)))


def _case(scope: Scope, args: tuple[Node, ...], sections: dict[str, Any], line: int, names: Names) -> Expr:
    _only(sections, "do")
    arms = sections["do"][0]
    if len(args) != 1 or not arms or any(len(arm.patterns) != 1 for arm in arms):
        raise NotReadError
    of = expr(scope, args[0], names)
    return Expr("case", line, (of, arms_of(scope, arms, names)))


def _cond(scope: Scope, args: tuple[Node, ...], sections: dict[str, Any], line: int, names: Names) -> Expr:
    _only(sections, "do")
    arms = sections["do"][0]
    scope.arms += len(arms)
    if args or not arms or scope.arms > MAX_ARMS or any(len(arm.patterns) != 1 or arm.guard for arm in arms):
        raise NotReadError
    found = _erlang("error", (Expr("value", line, (Atom("cond_clause"),)),), line)
    for arm in reversed(arms):
        inside = scope.inside(names)
        of = expr(scope, arm.patterns[0], inside)
        way = Clause(_any(arm.line), (), body_of(scope, arm.body, inside), arm.line)
        if of.parts == (Atom("true"),):
            found = Expr("begin", arm.line, (way.body,))
        else:
            found = Expr("case", arm.line, (of, (way, Clause(_any(arm.line), (), (found,), arm.line))))
    scope.arms -= len(arms)
    return found


def _receive(scope: Scope, args: tuple[Node, ...], sections: dict[str, Any], line: int, names: Names) -> Expr:
    if args or not sections.keys() <= {"do", "after"} or any(body for _, body in sections.values()):
        raise NotReadError
    arms, late = sections.get("do", ((), ()))[0], sections.get("after", ((), ()))[0]
    if any(len(arm.patterns) != 1 for arm in (*arms, *late)) or len(late) > 1:
        raise NotReadError
    clauses, after = arms_of(scope, arms, names), None
    for arm in late:
        inside = scope.inside(names)
        timeout = expr(scope, arm.patterns[0], inside)
        if timeout.kind != "value" or not _is_timeout(timeout):
            raise NotReadError  # 0 and infinity make something else of it, and the compiler may know that it is one
        if timeout.parts[0] != Atom("infinity") or not clauses:  # nothing comes behind that
            after = (timeout, body_of(scope, arm.body, inside))
    return Expr("receive", line, (clauses, after))


def _is_timeout(timeout: Expr) -> bool:
    return isinstance(timeout.parts[0], Int) or timeout.parts[0] == Atom("infinity")


_FORMS = {"if": _if, "unless": _unless, "case": _case, "cond": _cond, "receive": _receive}


def _capture(scope: Scope, one: Node, names: Names) -> Expr:
    """`&name/1`, `&Mod.name/1`, and `&f(&1)`, which is a fun, or the same as the first two."""
    body, line = one.parts[0], one.line
    if body.kind == "op" and body.parts[0] == "/" and body.parts[2].kind == "value":
        _, left, right = body.parts
        if left.kind in ("word", "dot") and isinstance(right.parts[0], Int):
            return _named(scope, left, right.parts[0].value, line, names)
    most = max(_places(body), default=0)
    if not 0 < most < 10:
        raise NotReadError
    if body.kind == "call" and not body.parts[2] and body.parts[0].kind in ("word", "dot"):
        callee, args, _ = body.parts
        if [arg.parts[0] if arg.kind == "place" else None for arg in args] == list(range(1, most + 1)):
            return _named(scope, callee, most, line, names)
    given = tuple(node("word", line, f"&{number}") for number in range(1, most + 1))
    return Expr("fun", line, ((arm_of(scope, Arm(given, None, (_put_in(body),), line), names),), ""))


def _named(scope: Scope, left: Node, arity: int, line: int, names: Names) -> Expr:
    if left.kind == "word":
        if FA(left.parts[0], arity) not in scope.defined:
            raise NotReadError
        return Expr("local_fun", line, (left.parts[0], arity))
    module = expr(scope, left.parts[0], names)
    if module.kind == "value" and isinstance(module.parts[0], Atom) and module.parts[0].name not in scope.macros:
        return Expr("external_fun", line, (module.parts[0].name, left.parts[1], arity))
    return Expr("opaque", line)


def _places(part: Any) -> list[int]:
    if isinstance(part, Node) and part.kind == "place":
        return [part.parts[0]]
    inner = part.parts if isinstance(part, Node) else part if isinstance(part, tuple) else ()
    return [number for one in inner for number in _places(one)]


def _put_in(part: Any) -> Any:
    """The body of a capture with a variable for each place."""
    if isinstance(part, Node):
        if part.kind == "capture":
            raise NotReadError
        if part.kind == "place":
            return part._replace(kind="word", parts=(f"&{part.parts[0]}",))
        return part._replace(parts=_put_in(part.parts))
    if isinstance(part, Arm):
        return Arm(*(_put_in(inner) for inner in part))
    return tuple(map(_put_in, part)) if isinstance(part, tuple) else part


CALLS = {"call": _called, "dot": _dot, "capture": _capture, "|>": _piped}
