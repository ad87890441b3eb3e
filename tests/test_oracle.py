"""relupc against a real OTP, over random releases: sound ones and broken ones.

A mismatch names the seed and the directory, where the case stays with its `case.json`.
`benchmarks/conformance.py` does the same for any number of cases.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.otp import case, conformance, faults, oracle, releases

PLAIN, BROKEN = 1000, 4 * len(faults.FAULTS)
#: What OTP can refuse a release or an appup for. Each must occur, or the broken cases are no test of it.
#: Not among them: a call that never ends, which costs seconds (fixtures/compile/error-includes-itself), and a
#: file that cannot be written (error-nowhere-to-write).
REFUSALS = {
    "systools_make": "not_found read parse badly_formatted_release illegal_name illegal_form illegal_applications "
    "missing_mandatory_app mandatory_app undefined_applications duplicate_register duplicate_include "
    "duplicate_modules circular_dependencies bad_application_name",
    "systools_make/error_reading": "not_found no_valid_version parse_error missing_param bad_param "
    "badly_formatted_application override_include",
    "systools_relup": "missing_sasl no_relup",
    "systools_relup/file_problem": "open read parse bad_shape",
    "systools_rc": "bad_op_before_point_of_no_return too_many_point_of_no_return no_object_code suspended_not_resumed "
    "resumed_not_suspended start_not_stop stop_not_start no_such_application removed_application_present "
    "conflicting_versions no_such_module undef_module muldef_module bad_instruction bad_module bad_code_change "
    "bad_change bad_mod_type bad_purge_method bad_list bad_args_list bad_node bad_application bad_func bad_lib "
    "bad_lib_vsn bad_timeout bad_start_type bad_mode not_yet_implemented",
    "crash": "badarg function_clause",
}


def test_plain_releases(erl: str, tmp_path: Path) -> None:
    found = conformance.compare(erl, tmp_path, releases.plain, range(PLAIN))
    assert not found.mismatches, "\n".join(found.mismatches)
    assert found.outcomes["ok"] > PLAIN * 0.8
    assert found.outcomes["ok, order left to chance"] > PLAIN * 0.1
    assert set(found.warnings) == {
        "systools_relup/bad_vsn",
        "systools_relup/erts_vsn_changed",
        "systools_relup/pre_R15_emulator_upgrade",
    }


def test_broken_releases(erl: str, tmp_path: Path) -> None:
    found = conformance.compare(erl, tmp_path, releases.broken, range(BROKEN))
    assert not found.mismatches, "\n".join(found.mismatches)
    expected = {f"{module}/{reason}" for module, reasons in REFUSALS.items() for reason in reasons.split()}
    assert not expected - set(found.refusals)


@pytest.mark.parametrize("make", [releases.plain, releases.broken])
def test_lint_refuses_what_otp_refuses(erl: str, tmp_path: Path, make: conformance.Make) -> None:
    found = conformance.compare_lint(erl, tmp_path, make, range(9000, 9200))
    assert not found.mismatches, "\n".join(found.mismatches)
    assert sum(found.refusals.values()) > 20


@pytest.mark.parametrize("make", [releases.plain, releases.broken])
def test_ties_are_all_that_is_settled(erl: str, tmp_path: Path, make: conformance.Make) -> None:
    """OTP as it stands and OTP with ties settled say the same where there is no tie; `settled` insists on it."""
    directories = [conformance.lay_down(tmp_path, make, seed) for seed in range(5000, 5120)]
    answers = oracle.settled(erl, directories)
    assert Counter(answer.free for answer in answers)[False] > 60


def test_a_case_is_the_same_for_the_same_seed() -> None:
    for seed in range(40):
        assert releases.plain(seed) == releases.plain(seed)
        assert releases.broken(seed) == releases.broken(seed)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(made=releases.plain_cases())
def test_a_case_reads_as_it_was_written(tmp_path: Path, made: releases.Made) -> None:
    case.write(tmp_path, made.call, made.files)
    assert case.read(tmp_path) == made.call
