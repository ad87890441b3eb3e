"""D604 beam-lacks-attributes: release_handler reads the version of each module that it loads, and of the one before."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import LOADS
from relupc.model.codes import D604
from relupc.model.diagnostic import Diagnostic, Subject
from relupc.model.instruction import argument, modules, name_of
from relupc.model.product import BeamFile
from relupc.model.program import EntryCode, Program
from relupc.model.spelling import module_name
from relupc.model.term import Atom

ON = EntryCode
NOTE = "release_handler reads a module's version there: it refuses the whole upgrade with `missing_chunk`"


def check(code: EntryCode) -> Iterator[Diagnostic]:
    for program in (code.new, code.old):
        bare = _bare(code, program) if program else []
        if bare:
            names = [f"`{module_name(beam.module)}`" for beam in bare[:4]]
            more = f" and {len(bare) - 4} more" if len(bare) > 4 else ""
            have = "have" if len(bare) > 1 else "has"
            yield D604.at(
                None,
                f"{', '.join(names)}{more} {have} no chunk Attr, and the upgrade loads {'them' if more else 'it'}",
                path=bare[0].path,
                help='strip with beam_lib:strip_files(Files, ["Attr"]), or not at all',
                notes=(NOTE,),
                subject=Subject(code.app.name, bare[0].module),
            )


def _bare(code: EntryCode, program: Program) -> list[BeamFile]:
    """The modules without attributes that the entry loads, as this build has them."""
    beams = program.products.beams.get(code.app.name, {}) if program.products else {}
    steps = [step.instruction for step in code.entry.steps]
    named = {module.name for step in steps if name_of(step) in LOADS for module in modules(step)}
    whole = Atom(code.app.name) in (argument(step) for step in steps if name_of(step) == "restart_application")
    return [beam for name, beam in sorted(beams.items()) if not beam.has_attributes and (whole or name in named)]
