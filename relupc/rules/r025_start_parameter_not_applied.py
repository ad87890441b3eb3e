"""R025 start-parameter-not-applied: kernel and sasl read some of their configuration at the start only."""

from __future__ import annotations

from collections.abc import Iterator

from relupc.model.changes import restarts_emulator
from relupc.model.codes import R025
from relupc.model.diagnostic import Diagnostic
from relupc.model.environment import differing, of_config
from relupc.model.lint import Upgrade

ON = Upgrade
# What is read once, in init/1 or start/2. kernel:config_change/3 looks at `distributed` and `global_groups` alone.
KERNEL = """
logger logger_level logger_sasl_compatible logger_metadata error_logger net_ticktime net_tickintensity connect_all
prevent_overlapping_partitions inet_backend inet_dist_listen_min inet_dist_listen_max inet_dist_use_interface
start_distribution start_boot_server boot_server_slaves start_compile_server start_disk_log start_dist_ac start_pg
start_timer sync_nodes_mandatory sync_nodes_optional sync_nodes_timeout shell_history
"""
SASL = """
sasl_error_logger errlog_type error_logger_mf_dir error_logger_mf_maxbytes error_logger_mf_maxfiles releases_dir
start_prg static_emulator
"""
ONCE = {"kernel": set(KERNEL.split()), "sasl": set(SASL.split())}
LIVE = {"logger_level": "`logger:set_primary_config(level, Level)`", "logger": "functions of `logger`"}


def check(upgrade: Upgrade) -> Iterator[Diagnostic]:
    if upgrade.direction == "down" or upgrade.base_folder is None or restarts_emulator(upgrade):
        return
    for app, once in ONCE.items():
        old, new = (of_config(folder, app) for folder in (upgrade.base_folder, upgrade.folder))
        for key in differing(old, new):
            if key in once:
                said, fate = new.get(key) or old[key], "differs" if key in new else "is gone"
                yield R025.at(
                    said[0].span,
                    f"`{key}` of {app} {fate}, but {app} reads it at the start only",
                    help=f"set it by an `apply` of {LIVE[key]}" if key in LIVE else "restart the node some time after",
                    subject=upgrade.both_ways(app),
                )
