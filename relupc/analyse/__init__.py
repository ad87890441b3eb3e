"""The code of a build, looked at as a whole: compiled modules -> what rules ask about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from relupc.analyse.behaviours import declaring
from relupc.analyse.entries import entries_of, importers_of
from relupc.analyse.functions import functions_of, module_of
from relupc.analyse.funs import funs_of
from relupc.analyse.shapes import states_of
from relupc.analyse.staying import staying
from relupc.analyse.stores import stored_of
from relupc.analyse.supervision import starts_in, supervision_of
from relupc.model.code import Module
from relupc.model.lazy import Later
from relupc.model.program import Program

__all__ = ["declaring", "functions_of", "module_of", "program_of"]


def program_of(modules: Iterable[Module], apps: Mapping[str, str], otp: int) -> Program:
    """A build of these modules. `apps` are the versions of its applications, `otp` is the OTP that will run it.

    Everything else that is known of it is found out when it is asked for.
    """
    by_name = {module.name: module for module in modules}
    entries, importers = Later(lambda: entries_of(by_name)), Later(lambda: importers_of(by_name))
    trees = cache(lambda: supervision_of(by_name))
    return Program(
        by_name,
        dict(apps),
        otp,
        entries,
        staying(by_name, entries, importers),
        Later(lambda: trees().supervisors),
        Later(lambda: starts_in(by_name)),
        Later(lambda: trees().roots),
        Later(lambda: trees().outside),
        states=states_of(by_name),
        stored=stored_of(by_name),
        funs=funs_of(by_name),
        importers=importers,
    )
