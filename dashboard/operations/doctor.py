"""The doctor: what is wrong with a set-up, and the remedy. It changes nothing."""

from collections.abc import Iterator

from dashboard.operations.data_checks import check_data
from dashboard.operations.findings import Check, Finding, State
from dashboard.operations.machine_checks import check_disk, check_fonts, check_port, check_python, check_record
from dashboard.operations.settings_checks import (
    check_access,
    check_marking,
    check_names,
    check_settings,
    check_states,
    check_template,
)

CHECKS: tuple[Check, ...] = (
    check_python, check_names, check_access, check_states, check_marking, check_template, check_port, check_fonts,
    check_disk, check_record, check_data,
)  # fmt: skip


def examine() -> Iterator[Finding]:
    """Look at the whole set-up; without settings that can be read, at nothing else."""
    for finding in check_settings():
        yield finding
        if finding.state == State.FAULT:
            return
    for check in CHECKS:
        yield from check()
