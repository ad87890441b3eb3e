"""What a team does not want in its upgrades: the settings `plan.forbid`, `plan.require` and `plan.allow-apply`."""

from __future__ import annotations

from fnmatch import fnmatchcase

from relupc.model.spelling import module_name
from relupc.model.value import dataclass

FORBIDDEN = ("emulator-restart", "application-restart", "no-op-catch-all", "apply")


@dataclass(frozen=True, slots=True)
class Policy:
    """`forbid` are words of FORBIDDEN, `require` modules that each upgrade of their application loads.

    `allow_apply` are the functions that `apply` may call besides those of OTP that start and stop: `MODULE:FUNCTION` or
    `MODULE:FUNCTION/ARITY`, with `*` for any characters. Elixir's modules may be written either way.
    """

    forbid: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    allow_apply: tuple[str, ...] = ()

    def allows(self, module: str, function: str, arity: int | None) -> bool:
        """Whether `apply` may call a function; the arity is None where the arguments are no proper list."""
        names = [f"{name}:{function}" for name in dict.fromkeys((module, module_name(module)))]
        end = f"/{'?' if arity is None else arity}"
        return any(
            fnmatchcase(name + end if "/" in pattern else name, pattern)
            for pattern in self.allow_apply
            for name in names
        )
