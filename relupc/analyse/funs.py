"""The modules of a build -> the funs that they give away for longer than a call takes (model/fun.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.analyse.evaluate import Evaluator, returned, value_of
from relupc.analyse.keepers import Keep, keeps
from relupc.analyse.shapes import INIT, STARTED, callbacks_of, next_state
from relupc.analyse.values import UNKNOWN
from relupc.model.beam import FA, MFA, Place
from relupc.model.code import (
    Argument,
    Call,
    Function,
    LocalFun,
    MadeFun,
    Module,
    Result,
    local_funs,
    made_funs,
    options,
    origin_of,
    parts,
)
from relupc.model.fun import KeptFun
from relupc.model.lazy import Lazy
from relupc.model.state import ProcessKind, kind_of
from relupc.model.term import Atom, Term, Tuple
from relupc.model.value import NamedTuple

MAX_LOOKED_AT = 1000  # parts of the values of one call
_MAKE = {"make_fun2", "make_fun3"}
_HERE, _ALONE = MFA("erlang", "node", 0), Atom("nonode@nohost")


class Handed(NamedTuple):
    """An argument of a function of the module that a call in it keeps, whatever the arguments are."""

    helper: FA
    number: int
    keep: Keep
    called: MFA


def funs_of(modules: Mapping[str, Module]) -> Mapping[str, tuple[KeptFun, ...]]:
    """The funs that each module gives away; modules that give away none are left out."""
    known = keeps()

    def kept(name: str) -> tuple[KeptFun, ...]:
        module = modules[name]
        return tuple(dict.fromkeys((*_given(module, known), *_in_states(module)))) if _may_make(module) else ()

    return Lazy(modules, kept, sparse=True)


def _may_make(module: Module) -> bool:
    """Whether it makes funs of its own, as far as its instructions tell."""
    return module.acts is None or any(acts.marks & _MAKE for acts in module.acts.values())


def _given(module: Module, known: Mapping[MFA, Keep]) -> Iterator[KeptFun]:
    """The funs given to calls that keep them, by the function itself or one of the module that does it for others."""
    helpers: dict[FA, dict[Handed, None]] = {}
    for function in module.calling({called[:2] for called in known}):
        for call in function.calls:
            keep = _keep(call, known)
            if keep:
                for value in (call.args[at] for at in keep.at):
                    own = tuple(_kept(value, module, function, call, keep))
                    yield from own
                    for number in _arguments(value) if not (own or function.tests) else ():
                        helpers.setdefault(function.fa, {})[Handed(function.fa, number, keep, call.called)] = None
    yield from _by_helpers(module, helpers)


def _by_helpers(module: Module, helpers: Mapping[FA, Mapping[Handed, None]]) -> Iterator[KeptFun]:
    for function in module.calling({(module.name, helper.name) for helper in helpers}) if helpers else ():
        for call in function.calls:
            handed = helpers.get(call.called.local, {}) if call.called.module == module.name else {}
            for one in handed:
                if one.number < len(call.args):
                    for kept in _kept(call.args[one.number], module, function, call, one.keep):
                        yield kept._replace(called=one.called, helper=one.helper)


def _kept(value: Term, module: Module, function: Function, call: Call, keep: Keep) -> Iterator[KeptFun]:
    """The first fun of the module that a value holds; others are brought along by it, or of its kind."""
    for fun in _funs(value, module, function)[:1]:
        place = None if call.tail and call.kind == "local" else call.place  # the compiler keeps no line of these
        place = place or _place(module, function.fa, fun.function)
        yield KeptFun(keep.keeper, function.fa, fun.function, _arity(fun), call.called, None, place, keep.brief)


def _funs(value: Term, module: Module, function: Function) -> tuple[LocalFun | MadeFun, ...]:
    """The funs in a value; those of the functions of the module that make it, if it has none of its own."""
    direct = local_funs(value)
    if direct or not any(_is_of(part, module) for part in parts(value)):
        return direct
    ev = Evaluator({module.name: module}, lambda _: False, {}, MAX_LOOKED_AT)
    frame = ev.frame(MFA(module.name, *function.fa))
    return made_funs(value_of(ev, frame, value)) if frame else ()


def _is_of(part: Term, module: Module) -> bool:
    """Whether a value is what a function of a module returned."""
    origin = origin_of(part)
    return isinstance(origin, Result) and origin.called.module == module.name


def _keep(call: Call, known: Mapping[MFA, Keep]) -> Keep | None:
    """What a call keeps, if it does: not what is for this node, and for a moment only in a table without a name."""
    keep = known.get(call.called)
    if keep is None or len(call.args) != call.called.arity:
        return None
    if keep.node is not None:
        node = call.args[keep.node]
        origin = origin_of(node)
        return None if node == _ALONE or (isinstance(origin, Result) and origin.called == _HERE) else keep
    return keep._replace(brief=not isinstance(call.args[0], Atom)) if call.called.module == "ets" else keep


def _arguments(value: Term) -> Iterator[int]:
    """The arguments of a function that a value holds as they are."""
    for part in parts(value):
        origin = origin_of(part)
        if isinstance(origin, Argument):
            yield origin.number


def _in_states(module: Module) -> Iterator[KeptFun]:
    """The funs in the states that callbacks of a process return."""
    kind = kind_of(module)
    if kind is None or kind in ("supervisor", "special"):
        return
    ev = Evaluator({module.name: module}, lambda _: False, {})
    for fa in (INIT, *callbacks_of(module, kind, None)):
        called = MFA(module.name, *fa)
        for way in (way for value in returned(ev, called, None) for way in options(value)):
            for fun in made_funs(_state(way, kind, fa))[:1]:
                place = _place(module, fa, fun.function)
                yield KeptFun("state", fa, fun.function, _arity(fun), called, None, place, fa != INIT)


def _state(way: Term, kind: ProcessKind, fa: FA) -> Term:
    """The state in what a callback returns."""
    if not isinstance(way, Tuple):
        return UNKNOWN
    if fa == INIT:
        at = (2 if kind in ("gen_statem", "gen_fsm") else 1) if way.items[:1] in STARTED else 0
    else:
        at = next_state(way.items, kind)
    return way.items[at] if 0 < at < len(way.items) else UNKNOWN


def _arity(fun: LocalFun | MadeFun) -> int:
    """What it is called with: its function is given what it brings along, too."""
    return max(fun.function.arity - len(fun.captures), 0)


def _place(module: Module, callback: FA, fun: FA) -> Place | None:
    """The line of a fun; of one that has a name, that of the callback."""
    at = fun if fun.name.startswith("-") else callback
    return module.functions[at].place if at in module.functions else None
