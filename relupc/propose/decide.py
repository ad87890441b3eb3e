"""One way between two builds of an application -> what to do about each module that is not the same in both."""

from __future__ import annotations

from relupc.model.beam import FA
from relupc.model.drift import Side, drift, spelled
from relupc.model.layout import flat
from relupc.model.program import Change
from relupc.model.proposal import Confidence
from relupc.model.reach import doing
from relupc.model.spelling import function_name, module_name, spell_atom
from relupc.model.state import CONVERTERS, Conversion, Shape, State, kinds_of, leads_up
from relupc.model.structs import compared, held
from relupc.model.value import replace
from relupc.propose.acts import act_of
from relupc.propose.agents import keeping
from relupc.propose.astray import renamed, unseen
from relupc.propose.children import supervising
from relupc.propose.convert import Extra, extra_of, narrowed, passages
from relupc.propose.held import holding
from relupc.propose.inside import Difference, inside
from relupc.propose.loops import hears, looping
from relupc.propose.way import Action, Way

INIT = FA("init", 1)


def decide(way: Way) -> tuple[Action, ...]:
    """The actions, in the order of the modules' names."""
    return tuple(_found(way, action) for change in way.changes if (action := _action(way, change)))


def _found(way: Way, action: Action) -> Action:
    """The action, if OTP and callers find the processes that it is about."""
    if action.verb in ("add", "delete") or action.restarts:
        return action
    why = renamed(way, action.module)
    if not why and action.verb in ("soft", "update", "static"):
        why = unseen(way, action.module)
    return _restart(action.module, why) if why else action


def _action(way: Way, change: Change) -> Action | None:
    """The action; None for a module that moves to another application, whose appup loads it."""
    name = change.module
    if change.kind == "removed":
        return None if name in way.post.modules else Action(name, "delete")
    if change.kind == "added":
        if name not in way.pre.modules:
            return Action(name, "add")
        change = change._replace(old=way.pre.modules[name])  # it comes from another application
    assert change.old is not None, "a changed module is in both builds"
    assert change.new is not None, "a changed module is in both builds"
    before, after = kinds_of(change.old), kinds_of(change.new)
    if found := supervising(way, change):
        return found
    if "supervisor" in (*before, *after):
        return Action(name, "load")
    if not before:
        return looping(way, change) or keeping(change) or holding(way, change) or Action(name, "load")
    if not set(before) & set(after):
        return _other_behaviour(change, before[0], after[:1])
    pre, post = way.pre.states.get(name), way.post.states.get(name)
    if pre is None or post is None or pre.kind != post.kind:
        return Action(name, "load", "its state is not known, and nothing here converts it", "guess")
    sides = Side(change.old, pre), Side(change.new, post)
    if pre.mode and post.mode and pre.mode != post.mode:
        extra = extra_of(way, change.new, pre)
        return _asking(_mode(way, *sides, _seen(post.conversion, extra)), extra)
    found = _state(way, *sides)
    if before == ("special",) and found.verb == "load" and not found.restarts and hears(change.old):
        why = found.why or "its process leaves old code with a system message only"
        return found._replace(
            verb="soft", why=why, confidence="likely" if found.confidence == "sure" else found.confidence
        )
    return found


def _other_behaviour(change: Change, before: str, after: tuple[str, ...]) -> Action:
    """A running process stays what it is: no instruction makes another one of it."""
    assert change.new is not None, "a changed module is in both builds"
    if not after and any(fa.name.startswith("handle_") or fa.name == before for fa in change.new.exports):
        return Action(change.module, "load", f"it no longer says that it is a {before}", "guess")
    becomes = f"becomes a {after[0]}" if after else f"is no {before} any more"
    return _restart(change.module, f"`{module_name(change.module)}` {becomes}")


def _restart(module: str, why: str) -> Action:
    return Action(module, "load", why, "guess", restarts=True)


def _mode(way: Way, pre: Side, post: Side, conversion: Conversion) -> Action:
    """A state machine takes the mode of the module that converts: it has to be the one that is to run.

    Going down that is the older one only with `static` (gen_statem:system_code_change/4, release_handler_1).
    """
    name = post.module.name
    if CONVERTERS["gen_statem"] not in post.module.exports:
        why = f"`callback_mode/0` of `{module_name(name)}` changes, and there is no `code_change/4` to tell it"
        return _restart(name, why)
    if (gone := _gone(pre, post)) and not _converts(way, conversion, pre.state, post.state):
        return _restart(name, f"{gone}, and a process may be in that state")
    found = _by_shape(way, pre, post, conversion)
    if found.restarts:
        return found
    why = "; ".join(filter(None, ("its `callback_mode/0` changes", found.why)))
    sure: Confidence = "guess" if found.confidence == "guess" else "likely"
    return Action(name, "update" if way.direction == "up" else "static", why, sure)


def _state(way: Way, pre: Side, post: Side) -> Action:
    """What a changed module with processes needs, by their state and what the newer module does with that."""
    newer, older = (post, pre) if way.direction == "up" else (pre, post)
    extra = extra_of(way, newer.module, pre.state)
    conversion, gone = _seen(newer.state.conversion, extra), _gone(pre, post)
    if extra.value is not None:
        conversion = narrowed(conversion, passages(way, newer.module, pre.state, extra.value))
    if gone and not _converts(way, conversion, pre.state, post.state):
        return _restart(post.module.name, f"{gone}, and a process may be in that state")
    found = _by_shape(way, pre, post, conversion)
    if gone and found.verb == "update":
        found = found._replace(why=f"{gone}, and {_spelled(conversion)} leads to another state")
    if found.verb == "load" and not found.restarts and _is_new(newer, older, newer.state.conversion.function):
        found = _acting(way, newer, pre.state, extra) or found
    return _asking(found, extra)


def _gone(pre: Side, post: Side) -> str | None:
    """A state of a state machine for which there is no function, in words."""
    if "state_functions" not in (post.state.mode or ()):
        return None
    lost = (name for name in pre.state.names if FA(name, 3) not in post.module.exports)
    return next((f"`{module_name(post.module.name)}` has no `{spell_atom(name)}/3`" for name in lost), None)


def _seen(conversion: Conversion, extra: Extra) -> Conversion:
    """What the function that converts does with a state of the build that runs, if it has clauses for others only."""
    if extra.value is None and not extra.asked:
        return replace(conversion, kind="refuses")
    if extra.keeps is not None and conversion.kind in ("converting", "identity"):
        return replace(conversion, kind="identity" if extra.keeps else "converting")
    return conversion


def _by_shape(way: Way, pre: Side, post: Side, conversion: Conversion) -> Action:
    """The same by the shapes of the state, and by what the function that converts does with it."""
    name, found = post.module.name, _difference(way, pre, post)
    newer, older = (post, pre) if way.direction == "up" else (pre, post)
    converts = _converts(way, conversion, pre.state, post.state)
    if found and found.sure != "note":
        if converts:
            return Action(name, "update", found.said, "sure" if found.sure == "error" else "likely")
        return _unconverted(name, found, conversion)
    within = inside(pre, post)
    graver = within if within and within.sure != "note" else None
    if converts and (found or graver or _is_new(newer, older, conversion.function) or _differ(pre.state, post.state)):
        same = f"the state looks the same, and its {_spelled(conversion)} converts one"
        why = found.said if found else graver.said if graver else _shrunk(pre.state, post.state) or same
        return Action(name, "update", why, "likely")
    if graver:
        return _differs_inside(name, graver, conversion)
    if found:
        return Action(name, "load", f"{found.said}, and nothing says that it has to be converted", "likely")
    if other := _other_shape(pre, post):
        return _unconverted(name, other, conversion)
    if less := _shrunk(pre.state, post.state):
        return Action(name, "load", f"{less}, and a process that runs keeps what it has", "likely")
    if within:
        return Action(name, "load", within.said, "likely")
    special = pre.state.kind == "special"  # it has no `init/1` of which one knows
    if (_is_known(pre.state) and _is_known(post.state)) or (not special and _begin_alike(pre, post)):
        return Action(name, "load")
    if converts:
        return Action(name, "update", "its state is not known, and it has something that converts one", "guess")
    begins = "it is a special process" if special else "its `init/1` changes"
    return Action(name, "load", f"{begins}, and what state it makes is not known", "guess")


def _acting(way: Way, newer: Side, pre: State, extra: Extra) -> Action | None:
    """An update for what the function does beside giving the state back, such as to start a timer."""
    conversion = newer.state.conversion
    if extra.value is None or (way.direction == "down" and not conversion.down):
        return None
    ways = passages(way, newer.module, pre, extra.value) or ()
    act = act_of(way.newer.modules, (call for one in ways for call in one.calls))
    if act is None:
        return None
    said = f"its {_spelled(conversion)} calls `{function_name(*act.called)}`"
    return Action(newer.module.name, "update", f"the state looks the same, and {said}", act.confidence)


def _asking(found: Action, extra: Extra) -> Action:
    """An update with the Extra that the function asks for."""
    if found.verb not in ("update", "static") or not extra.asked:
        return found
    said = f"the function of `{module_name(found.module)}` that converts asks for {extra.asked} as Extra"
    if extra.value is None:
        return _restart(found.module, f"{said}: write an update with that, where you know what it is to be")
    found = found._replace(extra=extra.value)
    if extra.confidence == "sure":
        return found
    if found.confidence == "guess":
        return found._replace(why=f"{found.why}; {said}")
    return found._replace(why=said, confidence=extra.confidence)


def _difference(way: Way, pre: Side, post: Side) -> Difference | None:
    """How the state differs: what D201 and D203 look at."""
    found = drift(pre, post)
    if found and found.sure != "note":
        return Difference(f"{found.what} {found.how}", found.sure)
    before, after = held(way.pre, pre.state), held(way.post, post.state)
    for name in sorted(before.keys() & after.keys()):
        fields = compared(name, before[name], after[name])
        if fields.gained:
            return Difference(f"{fields.struct} {fields.how}", "error")
    return Difference(f"{found.what} {found.how}", found.sure) if found else None


def _converts(way: Way, conversion: Conversion, pre: State, post: State) -> bool:
    """Whether the function makes a state of `post` out of one of `pre`, as far as one can see."""
    if conversion.kind != "converting" or (way.direction == "down" and leads_up(conversion)):
        return False
    makes = conversion.open or not conversion.made or not post.held or any(one in post.held for one in conversion.made)
    asks = conversion.open or not conversion.asked or not pre.held or any(_asks(conversion, one) for one in pre.held)
    return makes and asks


def _asks(conversion: Conversion, held: Shape) -> bool:
    """Whether it takes a state of this shape."""
    return any(
        one.kind == held.kind and one.tag in (held.tag, None) and one.size in (held.size, 0) for one in conversion.asked
    )


def _other_shape(pre: Side, post: Side) -> Difference | None:
    """A shape of which the new code makes none; not where it is a map that has more keys than are asked for."""
    if not (_is_known(pre.state) and _is_known(post.state)):
        return None
    for old in pre.state.held:
        alike = [new for new in post.state.held if new.kind == old.kind == "map" and new.tag == old.tag]
        if old not in post.state.held and not any(set(new.keys) <= set(old.keys) for new in alike):
            if alike:
                fresh = [flat(key) for key in alike[0].keys if key not in old.keys]
                return Difference(f"the map gets {', '.join(fresh[:4])}{', ...' if len(fresh) > 4 else ''}", "warning")
            before, after = (spelled(one, pre.module, post.module) for one in (old, post.state.held[0]))
            return Difference(f"{before} becomes {after}", "warning")
    return None


def _shrunk(pre: State, post: State) -> str | None:
    """How a map has keys fewer, in words: code that asks for no more than that works with the old one, too."""
    for old in pre.held:
        new = next((one for one in post.held if one.kind == old.kind == "map" and one.tag == old.tag), None)
        if new and old not in post.held:
            fields = compared(old.tag or "", frozenset(old.keys), frozenset(new.keys))
            if fields.lost:
                return f"{fields.struct if old.tag else 'the map'} {fields.how}"
    return None


def _is_new(newer: Side, older: Side, function: FA) -> bool:
    """Whether the function that converts is not what it was in the older version."""
    return doing(newer.module, function) != doing(older.module, function)


def _begin_alike(pre: Side, post: Side) -> bool:
    return doing(pre.module, INIT) == doing(post.module, INIT)


def _differ(pre: State, post: State) -> bool:
    return set(pre.held) != set(post.held)


def _is_known(state: State) -> bool:
    return bool(state.held) and state.whole


def _differs_inside(name: str, found: Difference, conversion: Conversion) -> Action:
    """A state that is alike from outside: its process goes on with it where it may hold by now what it is to hold."""
    if found.sure == "error":
        return _unconverted(name, found, conversion)
    return Action(name, "load", f"{found.said}, and nothing here converts it", "guess")


def _unconverted(name: str, found: Difference, conversion: Conversion) -> Action:
    function = _spelled(conversion)
    said = {"missing": f"there is no {function}", "identity": f"{function} gives it back unchanged"}
    said["refuses"] = f"{function} takes no such state"
    lacks = said.get(conversion.kind, f"{function} does not convert it this way")
    return _restart(name, f"the state of `{module_name(name)}` changes ({found.said}), and {lacks}")


def _spelled(conversion: Conversion) -> str:
    return f"`{conversion.function.name}/{conversion.function.arity}`"
