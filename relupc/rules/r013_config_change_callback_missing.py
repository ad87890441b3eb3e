"""R013 config-change-callback-missing: new configuration that a process has read long ago."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relupc.model.beam import FA
from relupc.model.changes import ends_in_restart, kept, restarted
from relupc.model.code import Module
from relupc.model.codes import R013
from relupc.model.diagnostic import Diagnostic
from relupc.model.environment import differing, environment
from relupc.model.program import UpgradeCode, code_finding
from relupc.model.settings import Setting, only_at_start, reads
from relupc.model.spelling import module_name, spell_atom
from relupc.model.starting import callback_of

ON = UpgradeCode
NOTE = "install_release sets the new values, and tells the application by config_change/3 of its callback module alone"


def check(code: UpgradeCode) -> Iterator[Diagnostic]:
    upgrade = code.upgrade
    if code.direction == "down" or upgrade.base_folder is None or ends_in_restart(upgrade):
        return
    whole = restarted(upgrade) | upgrade.left_out
    for pre, post in kept(upgrade):
        callback = code.post.modules.get(callback_of(post) or "")
        if post.name in whole or callback is None or FA("config_change", 3) in callback.exports:
            continue
        keys = differing(environment(upgrade.base_folder, pre), environment(upgrade.folder, post))
        readers = list(_readers(post.name, code.post.modules)) if keys else []
        for key in keys:
            of_key = [reader for reader in readers if reader[1].key in (key, None, "")]
            if of_key and all(setting.key == key and is_late for _, setting, is_late in of_key):
                module, setting, _ = of_key[0]
                yield code_finding(
                    module,
                    R013,
                    setting.call.place,
                    f"`{key}` of {spell_atom(post.name)} differs, but it is read here only, when this starts",
                    help=f"give `{module_name(callback.name)}` a config_change/3 that passes it on, "
                    f"or restart {spell_atom(post.name)}",
                    notes=(NOTE,),
                    subject=upgrade.subject(post.name, module.name),
                )


def _readers(app: str, modules: Mapping[str, Module]) -> Iterator[tuple[Module, Setting, bool]]:
    """The calls that read configuration of an application, or of any, and whether that is at the start only."""
    for module in modules.values():
        found = [setting for setting in reads(module) if setting.app in (app, "")]
        early = only_at_start(module) if found else frozenset()
        yield from ((module, setting, setting.function in early) for setting in found)
