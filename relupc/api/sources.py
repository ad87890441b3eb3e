"""One .erl file, without a build -> what rules about code look at."""

from __future__ import annotations

from relupc.analyse import program_of
from relupc.analyse.erl import module_from
from relupc.api.asked import asked_otp
from relupc.api.found import Found
from relupc.model.otp import OLDEST_OTP
from relupc.model.outcome import Options
from relupc.model.program import ModuleCode, TreeCode
from relupc.read.file import Unreadable, read_source


def source_values(path: str, options: Options, found: Found) -> None:
    """Read the text of a module by itself and add it to `found`; what it includes is not read."""
    found.files.append(path)
    source = read_source(path, texts=options.texts)
    if isinstance(source, Unreadable):
        found.problems.add(source.diagnostic)
        return
    module = module_from(source)
    if module:
        otp = asked_otp(options, found.problems) or OLDEST_OTP
        code = ModuleCode(module, program_of([module], {}, otp))
        found.values += [code, TreeCode(code, None)]
