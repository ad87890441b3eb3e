"""For rules: two shapes of a record -> a clause of `code_change` that makes one of the other, if it fits a line."""

from __future__ import annotations

import re

from relupc.model.beam import FA
from relupc.model.drift import Drift, Side, fields
from relupc.model.spelling import spell_atom

ROOM = 110
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_HEADS = {
    FA("code_change", 3): ("code_change({old}, {pre}, _Extra) -> {{ok, {post}}}", "_OldVsn"),
    FA("code_change", 4): ("code_change({old}, Name, {pre}, _Extra) -> {{ok, Name, {post}}}", "_OldVsn"),
    FA("system_code_change", 4): ("system_code_change({pre}, _Module, {old}, _Extra) -> {{ok, {post}}}", "_OldVsn"),
}


def skeleton(found: Drift, pre: Side, post: Side, function: FA, *, down: bool) -> str | None:
    """The clause, in the version of the module that has the newer record; fields that are new are `undefined`."""
    before, after = fields(pre.module, found.pre), fields(post.module, found.post)
    if found.pre.tag is None or before is None or after is None or not all(map(_WORD.fullmatch, (*before, *after))):
        return None
    tag = spell_atom(found.pre.tag)
    used = [_variable(one) if one in after else "_" for one in before]
    kept = [one for one in after if one in before]
    if down:
        old = f"#{tag}{{{', '.join(f'{one} = {_variable(one)}' for one in kept)}}}"
        new = _tuple(tag, [_variable(one) if one in kept else "undefined" for one in after])
    else:
        old = _tuple(tag, used)
        new = f"#{tag}{{{', '.join(f'{one} = {_variable(one)}' for one in kept)}}}"
    form, version = _HEADS[function]
    clause = form.format(old="{down, _Vsn}" if down else version, pre=old, post=new)
    return clause if len(clause) <= ROOM else None


def _tuple(tag: str, elements: list[str]) -> str:
    return f"{{{', '.join((tag, *elements))}}}"


def _variable(field: str) -> str:
    """`max_items` as a variable: `MaxItems`."""
    return "".join(part.capitalize() for part in field.split("_")) or "_"
