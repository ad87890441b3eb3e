"""A115 restart-mixed-with-modules: a restart has an instruction for each module of its application, others collide.

Where the modules of the application are known, the plan has them in place of the restart, and A103 is the finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.codes import A115
from relupc.model.diagnostic import Diagnostic, Label
from relupc.model.instruction import argument, modules, name_of
from relupc.model.lint import EntryPlan
from relupc.model.spelling import module_name, spell_atom
from relupc.model.term import Atom

ON = EntryPlan
LOADING = ("update", "load_module", "add_module")


def check(entry: EntryPlan) -> Iterator[Diagnostic]:
    app = Atom(entry.appup.app)
    restarts = [s for s in entry.plan or () if name_of(s.instruction) == "restart_application"]
    restart = next((s.instruction for s in restarts if argument(s.instruction) == app), None)
    if restart is None:
        return
    loading = (modules(s.instruction) for s in entry.steps if name_of(s.instruction) in LOADING)
    own = [module for named in loading for module in named if belongs(module.name, app.name)]
    if own:
        more = f", and {len(own) - 1} more of its modules" if len(own) > 1 else ""
        restarted = spell_atom(app.name)
        yield A115.at(
            own[0].span,
            f"the restart of `{restarted}` loads `{module_name(own[0].name)}` too{more}",
            labels=(Label(restart.span, "restarted here"),) if restart.span else (),
            help="keep the restart, or the instructions for modules, not both",
            notes=("OTP refuses a second instruction for a module: `Multiply defined module`",),
            subject=entry.subject(own[0].name),
        )


def belongs(module: str, app: str) -> bool:
    """Whether the name of a module says that it is of an application: `shop`, `shop_cart`, `Shop.Cart` of `shop`."""
    camel = "Elixir." + "".join(part.capitalize() for part in app.split("_"))
    return module in (app, camel) or module.startswith((f"{app}_", f"{camel}.", f"{camel}Web."))
