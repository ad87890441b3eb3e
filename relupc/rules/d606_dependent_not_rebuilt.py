"""D606 dependent-not-rebuilt: a module still has a record as it was, while its header has it with other fields."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.code import Module
from relupc.model.codes import D606
from relupc.model.diagnostic import Diagnostic, Subject
from relupc.model.headers import disagree, header_of
from relupc.model.program import UpgradeCode, code_finding
from relupc.model.spelling import module_name, spell_atom

ON = UpgradeCode


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    fresh = list(_reshaped(code)) if code.direction == "up" else []
    for module in code.new.modules.values() if fresh else ():
        old, said = code.old.modules.get(module.name), set[str]()
        for record, user in fresh if old and old.md5 == module.md5 else ():
            if (
                record not in said
                and module.may_use(record)
                and record in module.records
                and disagree(record, module, user)
            ):
                said.add(record)
                yield _stale(code, record, module, user)


def _reshaped(code: UpgradeCode) -> Iterator[tuple[str, Module]]:
    """The records of headers that have other fields in the new build, and each module that was built with these."""
    for name, module in code.new.modules.items():
        old = code.old.modules.get(name)
        for record, fields in module.records.items() if old and old.md5 != module.md5 else ():
            if old and len(old.records.get(record, fields)) != len(fields) and header_of(module, record):
                yield record, module


def _stale(code: UpgradeCode, record: str, module: Module, user: Module) -> Diagnostic:
    was, now, name = len(module.records[record]), len(user.records[record]), module_name(module.name)
    return code_finding(
        module,
        D606,
        None,
        f"`{name}` has `#{spell_atom(record)}{{}}` with {was} field{'' if was == 1 else 's'}, but "
        f"`{module_name(user.name)}`, built with a newer {header_of(module, record)}, with {now}",
        help=f"build `{name}` again",
        notes=("where one of them gives such a record to the other, that ends in `function_clause` or `badrecord`",),
        subject=Subject(module.app, module.name, None, "up", code.upgrade.base.vsn, code.upgrade.top.vsn),
    )
