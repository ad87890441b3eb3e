"""A release as read -> the same, checked as a whole, its applications sorted by who needs whom.

Counterpart: `systools_make:check_applications/1`, `normalize_release`, `sort_appls/1`.
"""

from __future__ import annotations

from relupc.model.build import Release
from relupc.model.codes import R108, R110
from relupc.model.diagnostic import Problems
from relupc.model.value import replace
from relupc.validate.applications import (
    check_includes,
    check_modules,
    check_registered,
    check_undefined,
    includes_itself,
)
from relupc.validate.order import rewrite, sort


def validate(release: Release, problems: Problems) -> Release | None:
    """The release with its `sorted` applications; None if it has problems, all of which are reported."""
    found = Problems()
    check_undefined(release, found)
    check_registered(release, found)
    check_includes(release, found)
    check_modules(release, found)
    told = {diagnostic.code for diagnostic in found.found}
    # The order is worth a look only where it does not repeat what is told already.
    if not includes_itself(release, found) and not told & {R108, R110}:
        apps = rewrite(release.apps)
        release = replace(release, apps=apps, sorted=sort(release, apps, found))
    problems.found += found.found
    return None if found.fatal else release
