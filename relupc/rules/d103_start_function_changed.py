"""D103 start-function-changed: a supervisor starts its children again with the function that it was once given."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import D103
from relupc.model.diagnostic import Diagnostic
from relupc.model.program import UpgradeCode
from relupc.model.spelling import function_name, module_name
from relupc.rules.children import child_said
from relupc.rules.lost_starts import Lost, lost_starts
from relupc.rules.places import named_in

ON = UpgradeCode
BREAKS = "the child runs on: when it ends, its restart is an `undef`, until its supervisor gives up"


def check(upgrade: UpgradeCode) -> Iterator[Diagnostic]:
    for lost in lost_starts(upgrade):
        yield described(upgrade, lost)


def described(upgrade: UpgradeCode, lost: Lost) -> Diagnostic:
    supervisor, child, function, entry = lost.supervisor, lost.child, lost.function, lost.entry.entry
    found, post = named_in(entry, function.module), upgrade.upgrade.post.app(lost.entry.app.name)
    name, kid = module_name(supervisor.module), child_said(child)
    holder = (
        f"{kid} was started with it" if supervisor.listing == "added" else f"the running `{name}` starts {kid} with it"
    )
    return D103.at(
        found[1].span if found else entry.entry.key.span,
        f"there is no `{function_name(*function)}` in {post.vsn if post else 'the other version'}, but {holder}",
        help="keep it for one version" + ("" if lost.always else f", or update `{name}`"),
        notes=(BREAKS,),
        subject=entry.subject(function.module),
    )
