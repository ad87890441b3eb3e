"""A relup file -> the values that rules look at, and what release_handler would refuse."""

from __future__ import annotations

from relupc.api.builds import check_options
from relupc.api.found import Found
from relupc.model.codes import A102
from relupc.model.diagnostic import Subject
from relupc.model.guess import nearest
from relupc.model.layout import flat
from relupc.model.lint import RelupFile
from relupc.model.otp import OLDEST_OTP
from relupc.model.outcome import Options
from relupc.model.spelling import module_name
from relupc.model.term import Atom
from relupc.plan.relup import verify_relup
from relupc.read.emqx import modules_below
from relupc.read.relup import read_relup


def relup_values(path: str, options: Options, found: Found) -> None:
    """Read a relup by itself and add what it holds to `found`."""
    search = check_options(options, found.problems)
    otp = search.otp or OLDEST_OTP
    found.files.append(path)
    relup = read_relup(path, otp, found.problems, options.texts)
    if isinstance(relup, RelupFile):
        add_relup(relup, found)
    elif relup:
        _check_modules(relup.modules, modules_below(search.folders, otp, options.texts), found)


def add_relup(relup: RelupFile, found: Found) -> None:
    """Add a relup and its entries, and report what is wrong with them."""
    found.values += [relup, *relup.entries]
    verify_relup(relup, found.problems)


def _check_modules(modules: tuple[Atom, ...], listed: frozenset[str], found: Found) -> None:
    """Report the modules of another upgrader's relup that no application lists, if it is known what they list."""
    for module in modules if listed else ():
        if module.name not in listed:
            guess = f"Elixir.{module.name}" if f"Elixir.{module.name}" in listed else nearest(module.name, listed)
            found.problems.add(
                A102.at(
                    module.span,
                    f"no application in the folders of --path lists `{module_name(module.name)}`",
                    help=f"did you mean `{flat(Atom(guess))}`?"
                    if guess
                    else "correct its name, or delete the instruction",
                    subject=Subject(module=module.name),
                )
            )
