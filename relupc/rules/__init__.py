"""What lint knows. A rule is a file of this folder, named by its code, with two names in it:

    ON      the type of the values that it looks at, one of those in FILES
    check   such a value -> the diagnostics; it may take the rule's options as a second argument, a dict

FILES names each. So a rule is imported only where there is a value for it to look at; most runs need few of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from relupc.model.bound import some
from relupc.model.codes import TABLE
from relupc.model.diagnostic import Diagnostic
from relupc.model.value import NamedTuple

# What must be at hand for each type of values; None: the text of the file alone.
NEEDS: dict[str, str | None] = {
    "Appup": None,
    "EntryPlan": None,
    "Mirror": None,
    "RelupFile": None,
    "Packaged": "app",
    "ReleaseFolder": "release",
    "Upgrade": "builds",
    "ModuleCode": "build",
    "TreeCode": "build",
    "EntryCode": "build",
    "UpgradeCode": "builds",
    "Products": "build",
}
# The rules for each type of values.
FILES: dict[str, tuple[str, ...]] = {
    "Appup": (
        "a003_upgrade_entry_missing",
        "a004_downgrade_entry_missing",
        "a005_version_pattern_never_matches",
        "a006_version_pattern_too_wide",
        "a007_entry_shadowed",
        "a008_version_key_bad_type",
        "a009_version_pattern_not_portable",
    ),
    "EntryPlan": (
        "a105_circular_depmods",
        "a107_code_change_not_suspended",
        "a109_emulator_restart_instruction",
        "a115_restart_mixed_with_modules",
        "a117_uninstallable_instruction",
        "a201_apply_target_unavailable",
        "a202_apply_result_ignored",
        "a203_apply_before_point_of_no_return",
        "a204_apply_sees_wrong_version",
        "a502_soft_purge_refusal",
        "a503_long_suspension",
        "a503_suspend_timeout",
        "a604_child_instruction_order",
    ),
    "Mirror": ("a306_downgrade_not_mirrored",),
    "Packaged": (
        "a002_appup_version_mismatch",
        "a102_module_not_in_app",
        "a304_deleted_module_still_needed",
    ),
    "ReleaseFolder": (
        "r011_sysconfig_unreadable",
        "r012_runtime_config_lost",
        "r014_heart_missing",
        "r022_application_listed_twice",
    ),
    "Upgrade": (
        "a108_restart_application_cost",
        "a116_object_code_of_another_version",
        "a302_new_module_not_added",
        "a303_removed_module_not_deleted",
        "a304_deleted_in_the_release",
        "a406_module_moved_between_apps",
        "a407_module_lost_by_restart",
        "r001_same_version_different_code",
        "r003_runtime_or_core_app_changed",
        "r005_new_app_order",
        "r006_start_type_change_ignored",
        "r008_app_start_not_rerun",
        "r009_included_app_started_standalone",
        "r010_no_relup_path",
        "r015_sticky_module",
        "r019_old_not_older",
        "r020_removed_app_order",
        "r021_new_app_meets_old_code",
        "r024_vm_args_not_applied",
        "r025_start_parameter_not_applied",
    ),
    "ModuleCode": (
        "c101_receive_loop_local_call",
        "c102_blocking_loop_local_call",
        "c103_qualified_loop_not_tail",
        "c104_qualified_loop_may_idle",
        "c105_loop_leaves_old_code_on_demand",
        "c106_callback_never_returns",
        "c107_process_waits_once_forever",
        "c108_fun_driven_loop",
        "c201_local_fun_stored",
        "c203_fun_in_timer",
        "c204_fun_as_handler",
        "c205_fun_to_remote_node",
        "c206_fun_in_message",
        "c207_fun_in_process_state",
        "c301_special_process_callback_missing",
        "c303_code_change_bad_return",
        "c304_code_change_version_literal",
        "c306_code_change_blocks",
        "c307_gen_event_handler_not_dynamic",
        "c406_supervisor_init_side_effect",
        "c407_supervisor_init_ignore",
        "r012_set_in_code",
        "r023_absent_application_called",
    ),
    "TreeCode": (
        "c202_fun_in_child_spec",
        "c401_child_spec_modules_mismatch",
        "c402_child_spec_type_mismatch",
        "c403_child_spec_dynamic_misuse",
        "c404_application_root_not_supervisor",
        "c405_process_outside_tree",
    ),
    "EntryCode": (
        "a106_wrong_verb_for_module",
        "a110_supervisor_update_verb",
        "a111_update_lacks_code_change",
        "a201_function_not_there",
        "a304_deleted_module_called",
        "a403_update_group_deadlock",
        "a404_supervisor_suspended_by_hand",
        "a501_purge_kills_lingering_process",
        "a502_process_in_old_code",
        "c302_special_process_deaf",
        "c305_code_change_no_downgrade_clause",
        "c408_supervisor_not_registered",
        "c501_nif_no_upgrade",
        "c502_on_load_not_repeatable",
        "d604_beam_lacks_attributes",
    ),
    "UpgradeCode": (
        "a301_changed_module_not_listed",
        "a305_unchanged_module_listed",
        "a401_depmods_missing",
        "a405_cross_app_downgrade_order",
        "a601_supervisor_only_loaded",
        "a602_added_child_not_started",
        "a603_removed_child_not_stopped",
        "d101_removed_export_still_called",
        "d102_configured",
        "d102_removed_export_still_referenced",
        "d103_start_function_changed",
        "d201_state_shape_changed",
        "d202_shared_record_changed",
        "d203_struct_fields_changed",
        "d203_struct_kept",
        "d301_behaviour_changed",
        "d302_callback_mode_changed",
        "d303_callback_removed",
        "d402_supervisor_to_simple_one_for_one",
        "d501_protocol_consolidation_stale",
        "d602_native_library_changed_alone",
        "d606_dependent_not_rebuilt",
        "r001_same_version_other_code",
        "r007_removed_app_still_called",
        "r008_start_changed",
        "r013_config_change_callback_missing",
    ),
    "Products": (
        "d601_beam_not_loadable",
        "d605_beam_missing",
    ),
}

# The instructions without any of which a rule has nothing to say of an entry, or of an upgrade.
WANTS: dict[str, tuple[str, ...]] = {
    "a107_code_change_not_suspended": ("code_change",),
    "a108_restart_application_cost": ("restart_application",),
    "a109_emulator_restart_instruction": ("restart_emulator", "restart_new_emulator"),
    "a115_restart_mixed_with_modules": ("restart_application",),
    "a116_object_code_of_another_version": ("load_object_code",),
    "a117_uninstallable_instruction": ("restart", "reboot", "restart_new_emulator"),
    "a201_apply_target_unavailable": ("apply", "add_application", "remove_application", "restart_application"),
    "a202_apply_result_ignored": ("apply",),
    "a203_apply_before_point_of_no_return": ("apply",),
    "a204_apply_sees_wrong_version": ("apply",),
    "a304_deleted_in_the_release": ("delete_module", "remove"),
    "a407_module_lost_by_restart": ("delete_module", "remove", "remove_application", "restart_application"),
    "a503_long_suspension": ("update", "suspend"),
    "a503_suspend_timeout": ("update", "suspend"),
    "a604_child_instruction_order": ("apply",),
    "r005_new_app_order": ("add_application",),
    "r009_included_app_started_standalone": ("add_application",),
    "r020_removed_app_order": ("remove_application",),
    "r021_new_app_meets_old_code": ("add_application",),
}
# Rules that have nothing to say of an appup, or of two ways, where those are plain: as most are.
PLAIN = frozenset(
    {
        "a005_version_pattern_never_matches",
        "a006_version_pattern_too_wide",
        "a007_entry_shadowed",
        "a008_version_key_bad_type",
        "a009_version_pattern_not_portable",
        "a306_downgrade_not_mirrored",
    }
)
NOTES = frozenset({"a502_soft_purge_refusal", "a503_long_suspension"})  # rules that say nothing worse than a note


class Rule(NamedTuple):
    """A rule: its code, the name of the type of values that it looks at, and its file."""

    code: str
    on: str
    file: str


class Check(NamedTuple):
    """The function of a rule, and its code."""

    code: str
    function: Callable[..., Iterator[Diagnostic]]
    takes_options: bool


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by code; none is imported."""
    return tuple(sorted(Rule(file[:4].upper(), on, file) for on, files in FILES.items() for file in files))


@cache
def check_of(rule: Rule) -> Check:
    """Import a rule."""
    import importlib  # noqa: PLC0415 - not where there is nothing to look at

    module: Any = importlib.import_module(f"{__name__}.{rule.file}")
    return Check(rule.code, module.check, module.check.__code__.co_argcount > 1)


def run(
    values: Iterable[object], codes: Collection[str], options: Mapping[str, Mapping[str, int]], *, notes: bool = True
) -> Iterator[Diagnostic]:
    """What the rules of these codes say, with their settings by code; without `notes` not those that say no worse."""
    by_type: dict[str, list[Rule]] = {}
    for rule in rules():
        if rule.code in codes and (notes or rule.file not in NOTES):
            by_type.setdefault(rule.on, []).append(rule)
    for value in values:
        if type(value).__name__ == "Bounded":
            from relupc.rules.both import of_both  # noqa: PLC0415 - only for source text

            yield from of_both(value, lambda one: _said(one, by_type, options))
        else:
            yield from _said(value, by_type, options)


def _said(
    value: Any, by_type: Mapping[str, Sequence[Rule]], options: Mapping[str, Mapping[str, int]]
) -> Iterator[Diagnostic]:
    """What the rules say of one value."""
    only: Collection[str] | None = getattr(value, "only", None)  # see ModuleCode
    for rule in by_type.get(type(value).__name__, ()):
        if (only is not None and rule.code not in only) or _is_idle(rule, value):
            continue
        check = check_of(rule)
        if check.takes_options:
            known = {**dict(TABLE[check.code].options), **options.get(check.code, {})}
            yield from some(check.function(value, known))
        else:
            yield from some(check.function(value))


def _is_idle(rule: Rule, value: Any) -> bool:
    """Whether a value surely has nothing that a rule is about."""
    if rule.file in PLAIN:
        return bool(value.plain)
    wanted = WANTS.get(rule.file, ())
    return bool(wanted) and not any(name in value.named for name in wanted)


def skipped(values: Iterable[object], codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What would have to be at hand -> the codes of the rules that had nothing to look at for want of it."""
    only: dict[str | None, set[frozenset[str] | None]] = {}
    for value in values:
        whole = getattr(value, "most", value)  # see Bounded
        only.setdefault(NEEDS[type(whole).__name__], set()).add(getattr(whole, "only", None))
    ran = {need: codes if None in of_need else set().union(*filter(None, of_need)) for need, of_need in only.items()}
    wanted: dict[str, list[str]] = {need: [] for need in NEEDS.values() if need}
    for rule in rules():
        need = NEEDS[rule.on]
        if need and rule.code in codes and rule.code not in ran.get(need, ()):
            wanted[need].append(rule.code)
    return {need: tuple(found) for need, found in wanted.items() if found}
