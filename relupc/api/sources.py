"""One .erl or .ex file, without a build -> what rules about code look at."""

from __future__ import annotations

from relupc.analyse import program_of
from relupc.analyse.erl import bounds_from
from relupc.analyse.erl.sure import agreed, sure
from relupc.analyse.erl.tokens import TooLongError
from relupc.analyse.ex import modules_from
from relupc.api.asked import asked_otp
from relupc.api.found import Found
from relupc.model.codes import T007
from relupc.model.loop import Staying
from relupc.model.otp import OLDEST_OTP
from relupc.model.outcome import Options
from relupc.model.program import Bounded, ModuleCode, TreeCode
from relupc.model.source import Source
from relupc.model.value import replace
from relupc.read.file import Unreadable, read_source

# The rules about loops and funs. What others ask is decided by what `use` adds.
OF_ELIXIR = frozenset(
    (
        *("C101", "C102", "C103", "C104", "C105", "C106", "C107", "C108"),
        *("C201", "C203", "C204", "C205", "C206", "C207"),
    )
)


def source_values(path: str, options: Options, found: Found) -> None:
    """Read the text of modules by itself and add them to `found`; what it includes or uses is not read."""
    found.files.append(path)
    source = read_source(path, texts=options.texts)
    if isinstance(source, Unreadable):
        found.problems.add(source.diagnostic)
        return
    otp = asked_otp(options, found.problems) or OLDEST_OTP
    try:
        found.values += _of_elixir(source, otp) if path.endswith(".ex") else _of_erlang(source, otp)
    except TooLongError as much:
        label, advice = f"{much}: nothing is said of this code", "lint its build, where it is compiled"
        found.problems.add(T007.at(None, label, path=path, help=advice, severity="note"))


def _of_erlang(source: Source, otp: int) -> list[Bounded]:
    found = bounds_from(source)
    if not found:
        return []
    most, least = (ModuleCode(module, program_of([module], {}, otp)) for module in (found.most, found.least))
    name = most.module.name
    may = sure(most.module, most.program.staying.get(name, Staying()))
    must = agreed(found, least.program.staying.get(name, Staying()), may)
    most = replace(most, program=replace(most.program, staying={name: may}))
    least = replace(least, program=replace(least.program, staying={name: must}))
    return [Bounded(most, least), Bounded(TreeCode(most, None), TreeCode(least, None))]


def _of_elixir(source: Source, otp: int) -> list[ModuleCode]:
    """Each module with its loops and its funs; nothing is said of its children and its state."""
    found = []
    for module in modules_from(source):
        whole = program_of([module], {}, otp)
        stays = {name: sure(module, each) for name, each in whole.staying.items()}
        found.append(ModuleCode(module, replace(whole, staying=stays), only=OF_ELIXIR))
    return found
