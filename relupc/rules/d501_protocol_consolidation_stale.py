"""D501 protocol-consolidation-stale: no appup loads the protocols that a release of Elixir has consolidated."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import ends_in_restart, instructions
from relupc.model.codes import D501
from relupc.model.diagnostic import Diagnostic
from relupc.model.instruction import argument, name_of
from relupc.model.product import BeamFile, Products
from relupc.model.program import UpgradeCode
from relupc.model.spelling import module_name
from relupc.model.term import Atom, Tuple

ON = UpgradeCode
OF_OTP = {"application", "supervisor", "Elixir.Application", "Elixir.Supervisor", "logger", "gen_server", "ets"}
NOTE = "they lie in releases/VSN/consolidated: an appup loads modules from the ebin of their application only"


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    pre, post = code.pre.products, code.post.products
    if code.direction == "down" or pre is None or post is None or ends_in_restart(code.upgrade) or _calls(code):
        return
    stale = _stale(pre, post)
    if stale and pre.consolidated:
        names = [f"`{module_name(beam.module)}`" for beam in stale[:4]]
        more = f" and {len(stale) - 4} more" if len(stale) > 4 else ""
        gained = [name for beam in stale for name in _gained(code, beam.module)]
        with_it = f"with `{module_name(gained[0])}`" if gained else "anew"
        are, them = ("are", "them") if len(stale) > 1 else ("is", "it")
        vsn = code.upgrade.post.vsn
        yield D501.at(
            None,
            f"{', '.join(names)}{more} {are} consolidated {with_it} in {vsn}, but nothing loads {them}",
            path=stale[0].path,
            help="load the files of that folder by an `apply` of a function of yours, with code:load_binary/3",
            notes=(NOTE,),
            subject=code.upgrade.subject(),
        )


def _stale(pre: Products, post: Products) -> list[BeamFile]:
    """The protocols that are consolidated in both builds, and not the same."""
    olds = pre.consolidated
    return [new for name, new in sorted(post.consolidated.items()) if name in olds and olds[name].md5 != new.md5]


def _gained(code: UpgradeCode, protocol: str) -> Iterator[str]:
    """The implementations that only the build that comes has."""
    return (name for name in sorted(code.post.modules.keys() - code.pre.modules) if name.startswith(protocol + "."))


def _calls(code: UpgradeCode) -> bool:
    """Whether anything is called that may load them."""
    calls = (argument(s.instruction) for s in instructions(code.upgrade) if name_of(s.instruction) == "apply")
    called = (mfa.items[0] for mfa in calls if isinstance(mfa, Tuple) and mfa.items)
    return any(isinstance(module, Atom) and module.name not in OF_OTP for module in called)
